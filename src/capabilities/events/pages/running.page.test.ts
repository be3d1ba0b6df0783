import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type EventsSite, openEventsSite } from '../../../../test/support/events-site.ts';
import { tellPeopleJob } from '../use-cases/tell-people.ts';

describe('running an event', () => {
  let events: EventsSite;
  before(async () => {
    events = await openEventsSite();
  });
  after(() => events.site.close());

  it('takes days and times as British people write them, and names each fault once', async () => {
    const year = events.site.ctx.clock().getUTCFullYear() + 1;
    const form = events.written({ day: `4/3/${year}`, starts: '9.30', ends: '2pm', opens: `1 Feb ${year}, 9:00` });
    const event = await events.publish(form);
    assert.match((await events.site.get(event)).text, new RegExp(`day 4 March ${year}, 09:30 to 14:00`));
    const edit = (await events.site.get(`${event}/edit`, events.editor)).text;
    assert.match(edit, new RegExp(`name="day"[^>]*value="4 March ${year}"`));
    assert.match(edit, new RegExp(`name="opens"[^>]*value="1 February ${year}, 09:00"`));
    const summaryOf = async (more: Readonly<Record<string, string>>) => {
      const { text } = await events.post('/events/new', events.written(more), events.editor);
      const list = /govuk-error-summary__list">([\s\S]*?)<\/ul>/.exec(text)?.[1] ?? '';
      return [...list.matchAll(/>([^<]+)<\/a>/g)].map((one) => one[1]);
    };
    assert.deepEqual(await summaryOf({ day: '30/2/2027' }), ['Enter the day, such as 4 March 2027 or 4/3/2027']);
    assert.deepEqual(await summaryOf({ ends: '' }), ['Enter when it ends, such as 12:35']);
    assert.deepEqual(await summaryOf({ inPerson: 'x', online: '1.5' }), [
      'Enter the places in person as a whole number',
      'Enter the places online as a whole number',
    ]);
    assert.deepEqual(await summaryOf({ title: 'x'.repeat(200), audience: 'x'.repeat(6000) }), [
      'Use up to 120 characters for the title',
      'Use up to 5,000 characters for who it is for',
    ]);
  });

  it('asks before it lowers the places below those that are taken', async () => {
    const form = events.written({ inPerson: '3', online: '' });
    const event = await events.publish(form);
    await events.come(event, { colleagues: 'A Colleague' });
    const lowered = { ...form, inPerson: '1', revision: await events.revisionOf(event) };
    const asked = await events.post(`${event}/edit`, lowered, events.editor);
    assert.equal(asked.status, 422);
    assert.match(asked.text, /2 places in person are taken, 1 more than you enter/);
    assert.match(asked.text, /name="below" type="checkbox"/);
    assert.match((await events.site.get(event, events.editor)).text, /2 of 3 places taken/);
    const meant = await events.post(`${event}/edit`, { ...lowered, below: 'yes' }, events.editor);
    assert.equal(meant.to, `${event}?done=edited`);
    assert.match(
      (await events.site.get(event, events.editor)).text,
      /2 of 1 places taken[\s\S]*?1 more than there are/,
    );
    // To lower nothing more is asked nothing more.
    const again = { ...lowered, summary: 'Another.', revision: await events.revisionOf(event) };
    assert.equal((await events.post(`${event}/edit`, again, events.editor)).to, `${event}?done=edited`);
  });

  it('an event whose day is over is published as a past one, and only where that is meant', async () => {
    const form = events.written({ day: events.dayFromNow(-3) });
    await events.post('/events/new', form, events.editor);
    const event = `/events/${form.id}`;
    assert.match((await events.site.get(event, events.editor)).text, /Publish it as a past event/);
    const refused = await events.post(`${event}/publish`, {}, events.editor);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /nobody can sign up/);
    assert.equal((await events.site.get(event)).status, 404);
    const meant = await events.post(`${event}/publish`, { over: 'yes' }, events.editor);
    assert.equal(meant.to, `${event}?done=published`);
    assert.match((await events.site.get(event)).text, /This event is over/);
  });

  it('is cancelled on a page of its own, with a reason that everyone is told', async () => {
    const event = await events.publish();
    const address = 'told@laboratory.example';
    await events.come(event, { address });
    assert.equal((await events.site.get(`${event}/cancel`)).status, 303, 'not for everyone');
    const { text } = await events.site.get(event, events.editor);
    assert.doesNotMatch(text, /<form action="[^"]+\/cancel"/, 'no single press');
    const page = (await events.site.get(`${event}/cancel`, events.editor)).text;
    assert.match(page, /1 place is taken, and 0 bookings wait/);
    const long = await events.post(`${event}/cancel`, { because: 'x'.repeat(2000) }, events.editor);
    assert.equal(long.status, 422);
    const because = 'The hall <flooded>.';
    assert.equal((await events.post(`${event}/cancel`, { because }, events.editor)).to, `${event}?done=cancelled`);
    assert.match((await events.site.get(event)).text, /The hall &lt;flooded&gt;\./);
    const job = { id: 'x', lastTry: false, signal: new AbortController().signal, progress: async () => {} };
    events.later(1000);
    if (tellPeopleJob.kind === 'stepwise')
      await tellPeopleJob.run(events.site.ctx, { event: event.slice('/events/'.length), sequence: 1 }, job);
    const [mail] = await events.mails(address);
    assert.match(mail?.subject ?? '', /^Cancelled: /);
    assert.match(JSON.stringify(mail?.body), /The hall <flooded>\./);
    assert.equal((await events.site.get(`${event}/cancel`, events.editor)).status, 404);
  });
});
