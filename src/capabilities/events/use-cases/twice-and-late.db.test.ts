import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { day, type Events, openEvents } from '../../../../test/support/events.ts';
import { findByToken } from '../store/bookings.ts';
import { findEvent } from '../store/events.ts';
import { checkIn, dayList } from './attendance.ts';
import { book } from './book.ts';
import { eventAttendances } from './event-attendances.ts';
import { acceptOffer, cancelBooking, changeTheBooking, confirm, declineOffer } from './look-after-booking.ts';
import { cancelEvent, copyEvent, editEvent } from './run-events.ts';
import { settle } from './settle.ts';
import { remindPeople } from './tell-people.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('what is sent twice, too late, or after something else was changed', () => {
  let events: Events;
  let ctx: Context;
  before(async () => {
    events = await openEvents();
    ctx = events.ctx;
  });
  after(() => events.close());

  const later = (ms: number): void => events.setTime(new Date(events.instant().getTime() + ms));
  const wish = { way: 'in person' as const, organisation: '', accessNeeds: '' };
  const edit = async (id: string, keep: ReturnType<Events['keep']>, inPerson: number | null = 5) => {
    const event = await findEvent(ctx, id);
    assert.ok(event);
    return editEvent(ctx, id, keep, { 'in person': inPerson, online: null }, event.revision, false);
  };
  /** SEQUENCE of the newest calendar file that was mailed to an address. */
  const sequenceTo = async (address: string): Promise<number> => {
    const newest = (await events.mailsTo(address)).find((one) => one.calendar !== null);
    return Number(/SEQUENCE:(\d+)/.exec(newest?.calendar?.text ?? '')?.[1] ?? -1);
  };

  it('the form that took the last place says the same when it is sent again', async () => {
    const event = await events.makeEvent(1);
    const asked = events.ask();
    assert.deepEqual(await book(ctx, event, asked), { kind: 'ok', value: 'held' });
    assert.deepEqual(await book(ctx, event, asked), { kind: 'ok', value: 'held' });
    assert.equal((await events.placesOf(event)).waiting, 0);
    assert.equal((await events.subjectsTo(asked.address)).length, 1);
  });

  it('a form that went back for the right address books for that address', async () => {
    const event = await events.makeEvent(5);
    const asked = events.ask({ address: 'gest@company.example' });
    await book(ctx, event, asked);
    await book(ctx, event, { ...asked, address: 'guest@company.example' });
    assert.match((await events.subjectsTo('guest@company.example'))[0] ?? '', /^Confirm your place/);
  });

  it('an address that did not ask is written to once in a while, however often others type it', async () => {
    const event = await events.makeEvent(5);
    const asked = events.ask();
    for (let sent = 0; sent < 20; sent += 1) {
      later(1000);
      await book(ctx, event, { ...asked, id: randomUUID() });
    }
    assert.ok((await events.subjectsTo(asked.address)).length <= 2);
    later(20 * minute);
    await book(ctx, event, { ...asked, id: randomUUID() });
    assert.ok((await events.subjectsTo(asked.address)).length <= 3, 'whoever lost the message gets it again later');
  });

  it('a hold that ran out takes no place before those who wait, even before the clock work saw it', async () => {
    const event = await events.makeEvent(1);
    const slow = events.ask();
    await book(ctx, event, slow);
    const token = await events.tokenOf(event, slow.address);
    const waits = await events.come(event);
    later(31 * minute);
    assert.deepEqual(await confirm(ctx, token), { kind: 'refused', refusal: 'gone' });
    assert.equal((await events.stateOf(waits))?.state, 'offered');
    await events.placesOf(event);
  });

  it('no to an offer that was taken in another tab changes nothing, and says so', async () => {
    const event = await events.makeEvent(1);
    const holder = await events.come(event);
    const waits = await events.come(event);
    await cancelBooking(ctx, holder);
    assert.equal((await acceptOffer(ctx, waits)).kind, 'ok');
    assert.deepEqual(await declineOffer(ctx, waits), { kind: 'refused', refusal: 'taken' });
    assert.equal((await events.stateOf(waits))?.state, 'confirmed');
  });

  it('an offer that is declined has its message', async () => {
    const event = await events.makeEvent(1);
    const holder = await events.come(event);
    const asked = events.ask();
    const waits = await events.come(event, { address: asked.address });
    await cancelBooking(ctx, holder);
    later(10);
    assert.equal((await declineOffer(ctx, waits)).kind, 'ok');
    assert.equal((await declineOffer(ctx, waits)).kind, 'ok', 'twice is once');
    assert.match((await events.subjectsTo(asked.address))[0] ?? '', /^You said no/);
  });

  it('whoever still waits when the event begins is told so, once, and waits no more', async () => {
    const event = await events.makeEvent(1);
    await events.come(event);
    const asked = events.ask();
    const waits = await events.come(event, { address: asked.address });
    const told = async () => (await events.subjectsTo(asked.address)).filter((one) => /^No place came free/.test(one));
    events.setTime(new Date(events.starts.getTime() - minute));
    await settle(ctx);
    assert.deepEqual(await told(), []);
    later(2 * minute);
    await Promise.all([settle(ctx), settle(ctx)]);
    await settle(ctx);
    assert.equal((await told()).length, 1);
    assert.equal((await events.stateOf(waits))?.state, 'lapsed');
    assert.equal((await events.placesOf(event)).waiting, 0);
  });

  it('leaving the waiting list takes nothing out of a calendar that it never was in', async () => {
    const event = await events.makeEvent(1);
    await events.come(event);
    const asked = events.ask();
    const waits = await events.come(event, { address: asked.address });
    later(10);
    await cancelBooking(ctx, waits);
    const [mail] = await events.mailsTo(asked.address);
    assert.match(mail?.subject ?? '', /waiting list/);
    assert.equal(mail?.calendar, null);
  });

  it('who cancels and signs up again has it in the calendar again', async () => {
    const event = await events.makeEvent(5);
    const asked = events.ask();
    const first = await events.come(event, { address: asked.address });
    later(10);
    await cancelBooking(ctx, first);
    const cancelled = await sequenceTo(asked.address);
    later(10);
    await events.come(event, { address: asked.address });
    later(10);
    // RFC 5546, 2.1.5: a lower SEQUENCE is older, and is not taken.
    assert.ok((await sequenceTo(asked.address)) >= cancelled);
  });

  it('what somebody needs is forgotten when they cancel', async () => {
    const event = await events.makeEvent(5);
    const token = await events.come(event, { accessNeeds: 'A seat near the front' });
    assert.equal((await findByToken(ctx, token))?.accessNeeds, 'A seat near the front');
    await cancelBooking(ctx, token);
    assert.equal((await findByToken(ctx, token))?.accessNeeds, '');
  });

  it('who stays keeps the code and the attendance when a colleague is taken out', async () => {
    const event = await events.makeEvent(5);
    const token = await events.come(event, { names: ['Ann One', 'Ben Two'] });
    const before = (await findByToken(ctx, token))?.attendees ?? [];
    const code = before[1]?.code ?? '';
    events.setTime(new Date(events.starts.getTime() + 5 * minute));
    assert.deepEqual(await checkIn(ctx, event, code), { kind: 'in', name: 'Ben Two' });
    assert.equal((await changeTheBooking(ctx, token, { ...wish, names: ['Ben Two', 'Cy Three'] })).kind, 'ok');
    const [ben, cy] = (await findByToken(ctx, token))?.attendees ?? [];
    assert.deepEqual([ben?.name, ben?.code, ben?.attended], ['Ben Two', code, 'in person']);
    assert.equal(cy?.attended, null);
    assert.equal((await changeTheBooking(ctx, token, { ...wish, names: ['BEN  TWO', 'Cy Three'] })).kind, 'ok');
    assert.equal(
      (await findByToken(ctx, token))?.attendees[0]?.code,
      code,
      'a name that is spelt otherwise keeps its code',
    );
    assert.deepEqual(
      await changeTheBooking(ctx, token, { ...wish, names: ['Cy Three'] }),
      { kind: 'refused', refusal: 'came' },
      'who has come is not taken out',
    );
    assert.deepEqual(await cancelBooking(ctx, token), { kind: 'refused', refusal: 'came' });
  });

  it('an event that took place is not called off: who came has come', async () => {
    const event = await events.makeEvent(5);
    await events.come(event, { names: ['Ann One'] });
    events.setTime(new Date(events.starts.getTime() + 5 * minute));
    const [one] = await dayList(ctx, event);
    await checkIn(ctx, event, one?.person.code ?? '');
    later(day);
    assert.equal(await cancelEvent(ctx, event), false);
    assert.equal((await eventAttendances(ctx)).filter((each) => each.event.id === event).length, 1);
  });

  it('nobody is written to because an event of the past was put right', async () => {
    const event = await events.makeEvent(5);
    await events.come(event);
    events.setTime(new Date(events.starts.getTime() + day));
    const keep = events.keep();
    const edited = await edit(event, { ...keep, text: { ...keep.text, title: 'The meeting' } });
    assert.deepEqual(edited, { kind: 'ok', value: { told: false } });
  });

  it('a published event keeps what it could not be published without', async () => {
    const event = await events.makeEvent(5);
    assert.deepEqual(await edit(event, events.keep(), null), { kind: 'refused', refusal: 'lacking' });
    const keep = events.keep();
    const noContact = { ...keep, text: { ...keep.text, contact: '' } };
    assert.deepEqual(await edit(event, noContact), { kind: 'refused', refusal: 'lacking' });
  });

  it('an event that is moved reminds of its new day, and its offers end before it begins', async () => {
    const event = await events.makeEvent(1);
    const asked = events.ask();
    const holder = await events.come(event, { address: asked.address });
    const waits = await events.come(event);
    events.setTime(new Date(events.starts.getTime() - 20 * hour));
    await remindPeople(ctx);
    const moved = new Date(events.starts.getTime() + 20 * day);
    assert.equal((await edit(event, events.keep(moved), 1)).kind, 'ok');
    events.setTime(new Date(moved.getTime() - 20 * hour));
    await remindPeople(ctx);
    const reminders = (await events.subjectsTo(asked.address)).filter((one) => /^Soon: /.test(one));
    assert.equal(reminders.length, 2);
    await cancelBooking(ctx, holder);
    const sooner = new Date(events.instant().getTime() + hour);
    assert.equal((await edit(event, events.keep(sooner), 1)).kind, 'ok');
    const offer = await findByToken(ctx, waits);
    assert.equal(offer?.state, 'offered');
    assert.ok(offer.until && offer.until <= sooner, `${offer.until?.toISOString()} is after it begins`);
  });

  it('copies are made once, however often the form is sent', async () => {
    const event = await events.makeEvent(5);
    const form = randomUUID();
    const { time, month } = events.keep();
    const copies = [
      { time, month },
      { time, month },
    ];
    const [first, second] = await Promise.all([
      copyEvent(ctx, event, form, copies, true),
      copyEvent(ctx, event, form, copies, true),
    ]);
    assert.equal(first, form);
    assert.equal(second, form);
    const series = (await findEvent(ctx, form))?.series ?? '';
    const { rows } = await sql`select id from events.event where series = ${series}`.execute(ctx.db);
    assert.equal(rows.length, 3, 'the event and two copies');
  });
});
