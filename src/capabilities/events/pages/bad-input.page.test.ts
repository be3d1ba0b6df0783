import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

/** The example event to come, and the one that is over. */
const toCome = '/events/00000000-0000-4000-8000-00000000e001';
const over = '/events/00000000-0000-4000-8000-00000000e004';

describe('events: what is typed wrong, or comes too late', () => {
  let site: Site;
  let editor: Visitor;
  before(async () => {
    site = await openSite('example');
    editor = await site.as('edward.editor@department.example');
  });
  after(() => site.close());

  const monthOnlyPath = async (): Promise<string> => {
    const { text } = await site.get('/events');
    for (const [, path] of text.matchAll(/href="(\/events\/[0-9a-f-]{36})"/g))
      if ((await site.get(path ?? '')).text.includes('>September 2021<')) return path ?? '';
    assert.fail('no event is known to the month only');
  };

  it('a copy of an event that has no day wants a day all the same', async () => {
    const path = await monthOnlyPath();
    const form = { id: randomUUID(), sessions: '2', weeks: '1' };
    const without = await site.post(`${path}/copy`, { ...form, day: '' }, editor);
    assert.equal(without.status, 422);
    assert.match(without.text, /Enter the day of the first copy/);
    const copied = await site.post(`${path}/copy`, { ...form, day: '2027-05-03' }, editor);
    assert.equal(copied.to, `/events/${form.id}?done=copied`);
    assert.match((await site.get(`/events/${form.id}`, editor)).text, /May 2027/);
  });

  it('a session on the night when its hour is left out is refused, and named', async () => {
    const id = randomUUID();
    const night = {
      id,
      title: 'By night',
      summary: 'Early.',
      day: '2027-03-21',
      starts: '01:30',
      ends: '02:30',
      online: '5',
    };
    assert.equal((await site.post('/events/new', night, editor)).to, `/events/${id}?done=drafted`);
    const copied = await site.post(
      `/events/${id}/copy`,
      { id: randomUUID(), day: '2027-03-21', sessions: '2', weeks: '1' },
      editor,
    );
    assert.equal(copied.status, 422);
    assert.match(copied.text, /On 28 March 2027 clocks go forward/);
  });

  it('a booking is changed within the bounds of the form that made it', async () => {
    const changed = await site.post('/bookings/example-booking/change', {
      way: 'in person',
      names: `${'N'.repeat(300)}\nOwen Hughes`,
      organisation: 'O'.repeat(5000),
      needs: 'W'.repeat(50_000),
    });
    assert.equal(changed.status, 422);
    assert.match(changed.text, /200 characters for a name/);
    assert.match(changed.text, /Use up to 200 characters for your organisation/);
    assert.match(changed.text, /Use up to 1,000 characters for what you need/);
  });

  it('the words to spread are there as long as somebody can come', async () => {
    assert.equal((await site.get(`${toCome}/promote`)).status, 200);
    assert.equal((await site.get(`${over}/promote`)).status, 404);
    assert.equal((await site.get(`${await monthOnlyPath()}/promote`)).status, 404);
  });

  it('words to spread say the same everywhere, and a tag keeps its letters', async () => {
    const { text } = await site.get(`${toCome}/promote?from=S%C3%B6ns+%26+Co`);
    assert.match(text, /from=sons-co/);
    assert.match(text, /Sign up: localhost\/events"/, 'the picture and the words for it');
    for (const [, rows, words] of text.matchAll(/id="text-\d" rows="(\d+)" readonly[^>]*>([^<]*)</g))
      assert.ok(Number(rows) * 45 > (words ?? '').length, `${rows} rows for ${words}`);
    const calendar = (await site.get(`${toCome}/calendar.ics`)).text.replaceAll('\r\n ', '');
    assert.match(calendar, /LOCATION:Exchange Hall.*\\, or online/);
  });

  it('after signing up in an example store it says where the message is, to who may read it there', async () => {
    const visitor = { token: '', cookies: { htq_example: 'example-token' } };
    assert.match((await site.get(`${toCome}/book?done=held`, visitor)).text, /href="\/mailbox">its mailbox/);
    assert.doesNotMatch((await site.get(`${toCome}/book?done=held`)).text, /mailbox/);
  });

  it('a calendar that a provider passes on carries its tag', async () => {
    const { text } = await site.get(`${toCome}/promote?from=northfield-college`);
    assert.match(text, /href="\/events\/calendar\.ics\?from=northfield-college"/);
    const calendar = (await site.get('/events/calendar.ics?from=northfield-college')).text.replaceAll('\r\n ', '');
    assert.match(calendar, new RegExp(`${toCome}\\?from=northfield-college`));
  });
});
