import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { type EventsSite, openEventsSite } from '../../../../test/support/events-site.ts';
import type { Answered, Site } from '../../../../test/support/site.ts';
import { eventAttendances } from '../use-cases/event-attendances.ts';
import { thankPeople } from '../use-cases/tell-people.ts';

const day = 86_400_000;

describe('the list of the day', () => {
  let events: EventsSite;
  let site: Site;
  before(async () => {
    events = await openEventsSite();
    site = events.site;
  });
  after(() => site.close());

  const come: EventsSite['come'] = (event, more) =>
    events.come(event, { for: 'employer', organisation: 'A Laboratory Ltd', share: 'yes', ...more });

  it('lets in somebody without a booking where a place is free, and shows who waits', async () => {
    const event = await events.publish({ inPerson: '2', online: '' });
    await come(event, { name: 'Hanna Here' });
    const people = `${event}/people`;
    const walkIn = { id: randomUUID(), name: 'Wanda Walks', organisation: 'Door Ltd', employer: 'yes' };
    const early = await events.post(`${people}/let-in`, walkIn, events.editor);
    assert.equal(early.status, 422);
    assert.match(early.text, /Checking in opens on /);
    site.setTime(new Date(`${events.dayFromNow(30)}T09:00:00Z`));
    const door = await site.as('edward.editor@department.example');
    const nameless = await events.post(`${people}/let-in`, { ...walkIn, name: '' }, door);
    assert.match(nameless.text, /Enter the name of whoever came/);
    for (const time of ['once', 'twice'])
      assert.equal((await events.post(`${people}/let-in`, walkIn, door)).to, `${people}?done=let-in`, time);
    await come(event, { name: 'Wim Waits' });
    const list = (await site.get(people, door)).text;
    assert.match(list, /2 people have a place; 1 has come/);
    assert.match(list, /Wanda Walks<span[^>]*>In person, Door Ltd/);
    assert.match(list, /Waiting list, the longest first[\s\S]*Wim Waits/);
    const full = await events.post(`${people}/let-in`, { ...walkIn, id: randomUUID(), name: 'One Too Many' }, door);
    assert.equal(full.status, 422);
    assert.match(full.text, /No place in person is free/);
    assert.match(full.text, /value="One Too Many"/);
    const rows = (await eventAttendances(site.ctx)).filter((one) => event.endsWith(one.event.id));
    assert.deepEqual(
      rows.map((one) => [one.organisation, one.consentToShare]),
      [['Door Ltd', false]],
    );
    site.setTime(events.start);
  });

  it('checks in by code, takes the list of a meeting tool, and thanks with a certificate', async () => {
    const event = (await events.publish({ inPerson: '5', online: '5' })).slice('/events/'.length);
    const here = await come(`/events/${event}`, { name: 'Hanna Here', organisation: 'Door Ltd' });
    await come(`/events/${event}`, { way: 'online', name: 'Olu Online', organisation: 'Screen Ltd', share: '' });
    await come(`/events/${event}`, { way: 'online', name: 'Nia Never' });
    const code = /<code>([A-Z2-9]{6})<\/code>/.exec((await site.get(here)).text)?.[1] ?? '';
    const people = `/events/${event}/people`;
    const early = await events.post(`${people}/check-in`, { code }, events.editor);
    assert.equal(early.status, 422);
    assert.match(early.text, /Checking in opens on /);
    assert.match((await site.get(people, events.editor)).text, /nobody has come yet/);
    const tooSoon = { name: 'early.csv', bytes: Buffer.from('Name,Email\nHanna Here,\n') };
    assert.match((await site.upload(`${people}/import`, {}, tooSoon, events.editor)).text, /Checking in opens on /);
    site.setTime(new Date(`${events.dayFromNow(30)}T09:00:00Z`));
    // Whoever signed in a month ago signs in again.
    const door = await site.as('edward.editor@department.example');
    assert.equal((await site.get(people, await site.as('tom.member@northfield.example'))).status, 403);
    assert.equal((await events.post(`${people}/check-in`, { code: 'ZZZZZZ' }, door)).status, 422);
    assert.equal(
      (await events.post(`${people}/check-in`, { code: ` ${code.toLowerCase()} ` }, door)).to,
      `${people}?done=in`,
    );
    assert.match((await events.post(`${people}/check-in`, { code }, door)).text, /was checked in before/);
    assert.doesNotMatch((await site.get(here)).text, /Cancel the booking/);
    assert.match((await events.post(`${here}/cancel`, {})).text, /has been checked in/);
    const list = [
      '1. Summary',
      'Meeting title\tLaboratory skills',
      'Attended participants\t3',
      '',
      '2. Participants',
      'Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole',
      'Online, Olu (Guest)\t11:00\t11:40\t40m 2s\t\tAttendee',
      'Nia Never\t11:00\t11:01\t1m 5s\t\tAttendee',
      'Somebody Else\t11:00\t12:00\t1h\telse@nowhere.example\tAttendee',
      '',
      '3. In-Meeting Activities',
      'Name\tJoin Time\tLeave Time',
    ].join('\r\n');
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(list, 'utf16le')]);
    const imported: Answered = await site.upload(`${people}/import`, {}, { name: 'attendance.csv', bytes }, door);
    assert.match(imported.text, /Noted 1 person/);
    assert.match(imported.text, /1 person was there for less than 5 minutes/);
    assert.match(imported.text, /Somebody Else/);
    const nonsense = await site.upload(
      `${people}/import`,
      {},
      { name: 'x.csv', bytes: Buffer.from('a,b\n1,2\n') },
      door,
    );
    assert.equal(nonsense.status, 422);
    const bytesOfPng = Buffer.from('89504e470d0a1a0a0000000d494844522222', 'hex');
    const picture = await site.upload(`${people}/import`, {}, { name: 'x.csv', bytes: bytesOfPng }, door);
    assert.match(picture.text, /Choose the list as a CSV file/);
    const rows = (await eventAttendances(site.ctx)).filter((one) => one.event.id === event);
    assert.deepEqual(
      rows.map((one) => [one.organisation, one.attended, one.consentToShare]),
      [
        ['Door Ltd', 'in person', true],
        ['Screen Ltd', 'online', false],
      ],
    );
    assert.equal(rows[0]?.event.on, events.dayFromNow(30));
    assert.deepEqual(await eventAttendances(site.ctx, { since: events.dayFromNow(31) }), []);
    site.setTime(new Date(events.start.getTime() + 31 * day));
    await thankPeople(site.ctx);
    await thankPeople(site.ctx);
    assert.equal(
      (await keptMail(site.ctx, 1000)).filter((one) => /^Thank you for coming: A visit/.test(one.subject)).length,
      2,
    );
    const certificates =
      /href="(\/bookings\/[^"]+\/certificates\/1\.pdf)"/.exec((await site.get(here)).text)?.[1] ?? '';
    const pdf = await site.get(certificates);
    assert.equal(pdf.status, 200);
    assert.match(pdf.text, /^%PDF/);
    site.setTime(events.start);
  });
});
