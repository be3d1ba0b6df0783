import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import ICAL from 'ical.js';
import jsQR from 'jsqr';
import nodeIcal from 'node-ical';
import sharp from 'sharp';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { sessionDays } from '../domain/series.ts';
import { settle } from '../use-cases/settle.ts';
import { remindPeople, tellPeopleJob } from '../use-cases/tell-people.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe('events', () => {
  let site: Site;
  let editor: Visitor;
  let start: Date;
  before(async () => {
    site = await openSite('example');
    editor = await site.as('edward.editor@department.example');
    start = site.ctx.clock();
  });
  after(() => site.close());

  /** Sends a form, a moment later than what came before: messages are told apart by their time. */
  const post: Site['post'] = (...sent) => {
    site.setTime(new Date(site.ctx.clock().getTime() + 10));
    return site.post(...sent);
  };
  const dayFromNow = (days: number): string => new Date(start.getTime() + days * day).toISOString().slice(0, 10);
  const written = (more: Readonly<Record<string, string>> = {}) => ({
    id: randomUUID(),
    title: 'Laboratory skills <and> more',
    summary: 'What laboratories look for.',
    day: dayFromNow(30),
    starts: '11:00',
    ends: '12:35',
    inPerson: '2',
    place: 'The Hall\n1 Example Street',
    online: '3',
    joiningLink: 'https://meeting.department.example/secret-room',
    contact: 'events@department.example',
    questions: 'What do you make?',
    routes: 'Health and science',
    ...more,
  });
  const publish = async (more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const form = written(more);
    assert.equal((await post('/events/new', form, editor)).to, `/events/${form.id}?done=drafted`);
    assert.equal((await post(`/events/${form.id}/publish`, {}, editor)).to, `/events/${form.id}?done=published`);
    return form.id;
  };
  let guests = 0;
  const ask = (more: Readonly<Record<string, string>> = {}) => {
    guests += 1;
    return {
      id: randomUUID(),
      way: 'in person',
      name: `Guest ${guests}`,
      address: `guest-${guests}@laboratory.example`,
      organisation: 'A Laboratory Ltd',
      for: 'employer',
      share: 'yes',
      ...more,
    };
  };
  const mails = async (address: string) => (await keptMail(site.ctx, 1000)).filter((one) => one.to === address);
  /** The page of the booking, by the link in the newest message to an address. */
  const bookingOf = async (address: string): Promise<string> => {
    const link = (await mails(address))
      .flatMap((one) => one.body)
      .find((one) => one.kind === 'link' && one.href.includes('/bookings/'));
    assert.ok(link?.kind === 'link');
    return new URL(link.href).pathname;
  };
  const come = async (event: string, more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const form = ask(more);
    assert.match((await post(`/events/${event}/book`, form)).to, /done=(?:held|waiting)$/);
    const booking = await bookingOf(form.address);
    assert.equal((await post(`${booking}/confirm`, {})).to, `${booking}?done=confirmed`);
    return booking;
  };

  it('has the events of 2021 in every store, one of them by its month alone', async () => {
    const { text } = await site.get('/events');
    for (const words of [
      'Wednesday 3 November 2021, 09:30 to 11:00',
      'Wednesday 1 December 2021, 11:00 to 12:35',
      'Tuesday 25 January 2022, 11:00 to 12:35',
      'September 2021',
    ])
      assert.ok(text.includes(words), words);
    const ambassadors = /href="(\/events\/[^"]+)">Apprenticeship ambassadors/.exec(text)?.[1] ?? '';
    const page = (await site.get(ambassadors)).text;
    assert.match(page, /Known from: Higher Technical Qualifications: provider delivery toolkit/);
    assert.match(page, /apprenticeship ambassadors/);
    assert.doesNotMatch(page, />Routes?</, 'an audience is not a route');
    assert.doesNotMatch(page, /Sign up/);
  });

  it('is written by an editor alone, and keeps what was typed', async () => {
    assert.equal((await site.get('/events/new')).status, 303);
    assert.equal((await site.get('/events/new', await site.as('tom.member@northfield.example'))).status, 403);
    const wrong = await post(
      '/events/new',
      written({ ends: '10:00', day: '2027-03-28', starts: '01:30', online: 'many' }),
      editor,
    );
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /an hour is left out/);
    assert.match(wrong.text, /places online as a whole number/);
    assert.match(wrong.text, /Laboratory skills &lt;and&gt; more/);
    const draft = written({ place: '', inPerson: '', contact: '' });
    await post('/events/new', draft, editor);
    assert.equal((await site.get(`/events/${draft.id}`)).status, 404, 'a draft is nobody else’s');
    assert.match((await site.get(`/events/${draft.id}`, editor)).text, /needs an address for questions/);
    assert.equal((await post(`/events/${draft.id}/publish`, {}, editor)).status, 404);
  });

  it('is signed up for, confirmed by mail, put into a calendar, and its link shown when due', async () => {
    const event = await publish();
    const wrong = await post(
      `/events/${event}/book`,
      ask({ address: 'nonsense', name: '', for: '', organisation: '<b>Us</b>' }),
    );
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Enter your name/);
    assert.match(wrong.text, /email address such as/);
    assert.match(wrong.text, /&lt;b&gt;Us/);
    const form = ask({ way: 'online', colleagues: 'A Colleague', needs: 'Captions, please', 'answer-1': 'Medicines' });
    assert.equal((await post(`/events/${event}/book`, form)).to, `/events/${event}/book?done=held`);
    assert.match((await site.get(`/events/${event}/book?done=held`)).text, /held for 30 minutes/);
    const booking = await bookingOf(form.address);
    assert.match((await site.get(booking)).text, /Confirm your place/);
    await post(`${booking}/confirm`, {});
    const page = (await site.get(booking)).text;
    assert.match(page, /You have a place/);
    assert.doesNotMatch(page, /secret-room/, 'not due yet');
    const [confirmation] = await mails(form.address);
    assert.equal(confirmation?.calendar?.method, 'REQUEST');
    assert.doesNotMatch(JSON.stringify(confirmation), /secret-room/);
    const eventPage = (await site.get(`/events/${event}`)).text;
    assert.doesNotMatch(eventPage, /secret-room|Captions, please/);
    assert.match(eventPage, /Online: 1 place free/);
    site.setTime(new Date(start.getTime() + 29.9 * day));
    assert.match((await site.get(booking)).text, /secret-room/);
    site.setTime(start);
  });

  it('fills up, has a waiting list with offers, and each step has its message', async () => {
    const event = await publish({ inPerson: '1', online: '' });
    const holder = await come(event);
    const form = ask();
    assert.equal((await post(`/events/${event}/book`, form)).to, `/events/${event}/book?done=waiting`);
    const waits = await bookingOf(form.address);
    await post(`${waits}/confirm`, {});
    assert.match((await site.get(waits)).text, /You are first in line/);
    await post(`${holder}/cancel`, {});
    assert.match((await site.get(waits)).text, /A place is free for you/);
    assert.equal((await post(`${waits}/accept`, {})).to, `${waits}?done=accepted`);
    assert.deepEqual((await mails(form.address)).map((one) => one.subject.split(':')[0]).toReversed(), [
      'Confirm that you want to wait',
      'You are on the waiting list',
      'A place is free for you',
      'Your place',
    ]);
    assert.match((await site.get(`/events/${event}`)).text, /Join the waiting list/);
  });

  const componentOf = (text: string) => {
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, `a line is too long: ${line}`);
    assert.doesNotMatch(text, /DTSTAMP:\d{8}T\d{6}(?!Z)/, 'DTSTAMP is UTC (RFC 5545, 3.8.7.2)');
    const found = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent');
    assert.ok(found);
    const other = Object.values(nodeIcal.sync.parseICS(text)).find((one) => one?.type === 'VEVENT');
    assert.ok(other?.type === 'VEVENT');
    return { vevent: new ICAL.Event(found), status: found.getFirstPropertyValue('status'), other };
  };

  it('a calendar entry is updated and cancelled, as two parsers read it', async () => {
    const form = written({
      title: 'Größe, Länge; “Maß”: a title that is long enough to be folded more than once in a calendar file',
    });
    await post('/events/new', form, editor);
    await post(`/events/${form.id}/publish`, {}, editor);
    const guest = ask();
    await post(`/events/${form.id}/book`, guest);
    const booking = await bookingOf(guest.address);
    await post(`${booking}/confirm`, {});
    const request = (await mails(guest.address))[0]?.calendar;
    assert.equal(request?.method, 'REQUEST');
    const first = componentOf(request?.text ?? '');
    assert.equal(first.vevent.summary, form.title);
    assert.equal(first.vevent.startDate.toJSDate().toISOString(), `${form.day}T${'11:00'}:00.000Z`);
    assert.match(request?.text ?? '', /ORGANIZER[^\r]*mailto:events@department\.example/i);
    // Moved across a clock change: 11:00 in London is 10:00 UTC in summer.
    const revision =
      /name="revision" value="(\d+)"/.exec((await site.get(`/events/${form.id}/edit`, editor)).text)?.[1] ?? '';
    const year = start.getUTCFullYear() + 1;
    const moved = await post(`/events/${form.id}/edit`, { ...form, day: `${year}-07-01`, revision }, editor);
    assert.equal(moved.to, `/events/${form.id}?done=told`);
    const again = await post(`/events/${form.id}/edit`, { ...form, revision }, editor);
    assert.match(again.text, /Someone else has changed this event/);
    const job = { id: 'x', lastTry: false, signal: new AbortController().signal, progress: async () => {} };
    const tellAll = async (sequence: number) => {
      site.setTime(new Date(site.ctx.clock().getTime() + 10));
      if (tellPeopleJob.kind === 'stepwise') await tellPeopleJob.run(site.ctx, { event: form.id, sequence }, job);
    };
    await tellAll(1);
    const update = (await mails(guest.address))[0]?.calendar?.text ?? '';
    const second = componentOf(update);
    assert.equal(second.vevent.uid, first.vevent.uid);
    assert.ok(second.vevent.sequence > first.vevent.sequence);
    assert.equal(second.vevent.startDate.toJSDate().toISOString(), `${year}-07-01T10:00:00.000Z`);
    assert.equal(second.other.start.toISOString(), `${year}-07-01T10:00:00.000Z`);
    const page = (await site.get(`/events/${form.id}`)).text;
    assert.match(page, new RegExp(`1 July ${year}, 11:00 to 12:35`));
    assert.match(page, /This event was changed on /);
    assert.match((await site.get('/events')).text, /govuk-tag--yellow">Changed</);
    await post(`/events/${form.id}/cancel`, {}, editor);
    await tellAll(2);
    const cancel = (await mails(guest.address))[0]?.calendar;
    assert.equal(cancel?.method, 'CANCEL');
    const third = componentOf(cancel?.text ?? '');
    assert.equal(third.vevent.uid, first.vevent.uid);
    assert.equal(third.status, 'CANCELLED');
    assert.ok(third.vevent.sequence > second.vevent.sequence);
    const subscription = (await site.get('/events/calendar.ics')).text;
    assert.doesNotMatch(subscription, /METHOD:/);
    const inIt = new ICAL.Component(ICAL.parse(subscription))
      .getAllSubcomponents('vevent')
      .find((one) => one.getFirstPropertyValue('uid') === first.vevent.uid);
    assert.equal(inIt?.getFirstPropertyValue('status'), 'CANCELLED');
    assert.match((await site.get(`/events/${form.id}/book`)).text, /cancelled/);
    assert.equal((await post(`/events/${form.id}/book`, ask())).status, 410, 'a late sign-up');
  });

  it('offers the forms of Google, Outlook and Apple', async () => {
    const event = await publish();
    const { text } = await site.get(`/events/${event}`);
    const links = [...text.matchAll(/href="(https:\/\/(?:calendar|outlook)[^"]+)"/g)].map(
      (one) => new URL((one[1] ?? '').replaceAll('&amp;', '&')),
    );
    const [google, outlook] = links;
    const compact = dayFromNow(30).replaceAll('-', '');
    assert.equal(google?.searchParams.get('dates'), `${compact}T110000Z/${compact}T123500Z`);
    assert.equal(google?.searchParams.get('text'), 'Laboratory skills <and> more');
    assert.equal(outlook?.searchParams.get('startdt'), `${dayFromNow(30)}T11:00:00.000Z`);
    assert.doesNotMatch(outlook?.search ?? '', /\+/, 'Outlook shows a plus sign');
    assert.match((await site.get('/events')).text, /href="webcal:\/\/localhost\/events\/calendar\.ics"/);
  });

  it('a promotion kit has words that fit, pictures in their sizes, and a code that a phone reads', async () => {
    const event = await publish({ title: `${'W'.repeat(60)} & <friends> of a long title that goes on` });
    const amina = await site.as('amina.lead@northfield.example');
    const kit = (await site.get(`/events/${event}/promote`, amina)).text;
    assert.match(kit, /from=northfield-college/);
    assert.match(kit, /0 people have signed up through your links/);
    const short = /For a short post[\s\S]*?<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(kit)?.[1] ?? '';
    const post = short.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    assert.ok(post.replace(/https?:\S+/, 'x'.repeat(23)).length <= 280, post);
    await come(event, { from: 'Northfield College' });
    assert.match((await site.get(`/events/${event}/promote`, amina)).text, /1 person has signed up through your links/);
    assert.doesNotMatch(
      (await site.get(`/events/${event}/promote?from=northfield-college`)).text,
      /signed up through your links/,
    );
    for (const [shape, width, height] of [
      ['wide', 1200, 630],
      ['square', 1080, 1080],
      ['tall', 1080, 1920],
    ] as const) {
      const answer = await site.server.inject({ url: `/events/${event}/pictures/${shape}.png` });
      const picture = await sharp(answer.rawPayload).metadata();
      assert.deepEqual([picture.format, picture.width, picture.height], ['png', width, height]);
    }
    const qr = await site.server.inject({ url: `/events/${event}/qr.png?from=northfield-college` });
    const { data, info } = await sharp(qr.rawPayload).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const decode = jsQR as unknown as (
      data: Uint8ClampedArray,
      width: number,
      height: number,
    ) => { data: string } | null;
    assert.equal(
      decode(new Uint8ClampedArray(data), info.width, info.height)?.data,
      `http://localhost/events/${event}?from=northfield-college`,
    );
    const feed = JSON.parse((await site.get('/events/feed.json?from=northfield-college')).text) as {
      items: { url: string }[];
    };
    assert.ok(feed.items.every((one) => one.url.endsWith('?from=northfield-college')));
  });

  it('copies keep their hour in London right across a clock change', async () => {
    const year = start.getUTCFullYear() + 1;
    const event = await publish({ day: `${year}-03-17` });
    const wrong = await post(`/events/${event}/copy`, { day: 'x', sessions: '99', weeks: '0' }, editor);
    assert.equal(wrong.status, 422);
    const copied = await post(
      `/events/${event}/copy`,
      { day: `${year}-03-24`, sessions: '3', weeks: '1', series: 'yes' },
      editor,
    );
    assert.match(copied.to, /done=copied$/);
    const drafts = (await site.get('/events', editor)).text;
    for (const on of sessionDays(`${year}-03-24`, 1, 3))
      assert.match(drafts, new RegExp(`${Number(on.slice(8))} (?:March|April) ${year}, 11:00 to 12:35`));
    const first = copied.to.replace(/\?.*/, '');
    await post(`${first}/publish`, {}, editor);
    assert.match((await site.get(first)).text, /Other sessions of this series/);
  });

  it('reminders and settled offers go on without anyone at the door', async () => {
    const event = await publish({ inPerson: '1', online: '' });
    const form = ask();
    await post(`/events/${event}/book`, form);
    const booking = await bookingOf(form.address);
    site.setTime(new Date(start.getTime() + 31 * 60_000));
    await settle(site.ctx);
    assert.match((await site.get(booking)).text, /The place was let go/);
    assert.equal((await post(`${booking}/confirm`, {})).to, `${booking}?done=confirmed`, 'late, and still there');
    site.setTime(new Date(start.getTime() + 29.5 * day));
    await remindPeople(site.ctx);
    assert.match((await mails(form.address))[0]?.subject ?? '', /^Soon: /);
    site.setTime(start);
  });
});
