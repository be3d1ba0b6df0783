import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type EventsSite, openEventsSite } from '../../../../test/support/events-site.ts';

describe('looking after a booking', () => {
  let events: EventsSite;
  before(async () => {
    events = await openEventsSite();
  });
  after(() => events.site.close());

  const calendarOf = async (booking: string) => {
    const { text } = await events.site.get(`${booking}/calendar.ics`);
    return {
      text,
      sequence: Number(/SEQUENCE:(\d+)/.exec(text)?.[1]),
      stamp: /DTSTAMP:(\S+)/.exec(text)?.[1] ?? '',
      uid: /UID:(\S+)/.exec(text)?.[1],
    };
  };

  it('its calendar file follows a change and a cancellation, and a mailed one is never newer', async () => {
    const event = await events.publish();
    const address = 'calendar@laboratory.example';
    const booking = await events.come(event, { name: 'Ada One', address });
    const first = await calendarOf(booking);
    assert.match(first.text, /LOCATION:The Hall/);
    const moved = { way: 'online', names: 'Ada One', organisation: '', needs: '' };
    assert.equal((await events.post(`${booking}/change`, moved)).to, `${booking}?done=changed`);
    const second = await calendarOf(booking);
    assert.match(second.text, /LOCATION:Online/);
    assert.equal(second.uid, first.uid);
    assert.ok(second.sequence > first.sequence, `${second.sequence} after ${first.sequence}`);
    assert.ok(second.stamp > first.stamp, `${second.stamp} after ${first.stamp}`);
    await events.post(`${booking}/cancel`, {});
    const page = (await events.site.get(booking)).text;
    assert.match(page, /href="\/bookings\/[^"]+\/calendar\.ics">Take it out of your calendar/);
    const third = await calendarOf(booking);
    assert.match(third.text, /METHOD:CANCEL/);
    assert.match(third.text, /STATUS:CANCELLED/);
    assert.ok(third.sequence > second.sequence);
    assert.ok(third.stamp > second.stamp);
    const mailed = (await events.mails(address))[0]?.calendar?.text ?? '';
    assert.equal(Number(/SEQUENCE:(\d+)/.exec(mailed)?.[1]), third.sequence);
    const again = await calendarOf(await events.come(event, { name: 'Ada One', address }));
    assert.ok(again.sequence > third.sequence, 'a booking after a cancelled one is newer');
  });

  it('a new name has a new code, and who comes online is told of none', async () => {
    const event = await events.publish();
    const address = 'names@laboratory.example';
    const booking = await events.come(event, { name: 'Ann One', colleagues: 'Bob Two', address });
    const codes = async () =>
      [...(await events.site.get(booking)).text.matchAll(/<code>([A-Z2-9]{6})<\/code>/g)].map((one) => one[1]);
    const [ann, bob] = await codes();
    const changed = { way: 'in person', names: 'ann one\nDora Two', organisation: '', needs: '' };
    await events.post(`${booking}/change`, changed);
    const after = await codes();
    assert.equal(after[0], ann);
    assert.equal(after.length, 2);
    assert.notEqual(after[1], bob);
    await events.post(`${booking}/change`, { ...changed, way: 'online' });
    assert.deepEqual(await codes(), []);
    assert.doesNotMatch((await events.site.get(booking)).text, /door/);
    const [mail] = await events.mails(address);
    assert.match(mail?.subject ?? '', /^Your booking was changed/);
    assert.doesNotMatch(JSON.stringify(mail?.body), /door|: [A-Z2-9]{6}"/);
    assert.match(JSON.stringify(mail?.body), /Dora Two/);
  });

  it('what was answered stands on the booking, can be changed there, and is in the list for a spreadsheet', async () => {
    const event = await events.publish({ questions: 'What do you make?\nWhom do you look for?' });
    const booking = await events.come(event, { name: 'Ann One', colleagues: 'Bob Two', 'answer-2': '=Technicians' });
    assert.match((await events.site.get(booking)).text, /Whom do you look for\?<\/dt>[\s\S]*?=Technicians/);
    const changed = { way: 'in person', names: 'Ann One\nBob Two', organisation: '', needs: '' };
    const form = { ...changed, 'answer-1': 'Medicines', 'answer-2': '=Technicians' };
    assert.equal((await events.post(`${booking}/change`, form)).status, 303);
    const tooLong = await events.post(`${booking}/change`, { ...form, 'answer-1': 'x'.repeat(2000) });
    assert.equal(tooLong.status, 422);
    const sheet = (await events.site.get(`${event}/people.csv`, events.editor)).text.split('\r\n');
    assert.match(sheet[0] ?? '', /"Needs","What do you make\?","Whom do you look for\?"$/);
    assert.match(sheet[1] ?? '', /^"Ann One",.*,"Medicines","'=Technicians"$/);
    assert.match(sheet[2] ?? '', /^"Bob Two",.*,"",""$/);
  });

  it('says to a group that others may pass it, and to who waits alone that one place will do', async () => {
    const event = await events.publish({ inPerson: '1', online: '' });
    await events.come(event);
    const address = 'pair@laboratory.example';
    assert.match((await events.site.get(`${event}/book`)).text, /link within 30 minutes</, 'nothing is held');
    const pair = await events.come(event, { name: 'Ann One', colleagues: 'Bob Two', address });
    const page = (await events.site.get(pair)).text;
    assert.match(page, /You are first in line\. You asked for all 2 at once: while fewer are free/);
    assert.match(page, /When 2 places come free/);
    assert.match(JSON.stringify((await events.mails(address))[0]?.body), /When 2 places come free, they go/);
    const single = 'single@laboratory.example';
    const alone = (await events.site.get(await events.come(event, { address: single }))).text;
    assert.match(alone, /When 1 place comes free/);
    assert.doesNotMatch(alone, /at once/);
    assert.match(JSON.stringify((await events.mails(single))[0]?.body), /When a place comes free, it goes to whoever/);
  });

  it('does not promise a freed place to someone who waits where nobody does', async () => {
    const event = await events.publish();
    const address = 'only@laboratory.example';
    const booking = await events.come(event, { address });
    assert.match((await events.site.get(booking)).text, /Your places are free for others/);
    await events.post(`${booking}/cancel`, {});
    assert.doesNotMatch(JSON.stringify((await events.mails(address))[0]?.body), /someone who waits/);
  });

  it('what never stood in a calendar is not to be taken out of one', async () => {
    const event = await events.publish({ inPerson: '1', online: '' });
    await events.come(event);
    const waits = await events.come(event);
    await events.post(`${waits}/cancel`, {});
    assert.doesNotMatch((await events.site.get(waits)).text, /calendar/i);
  });
});
