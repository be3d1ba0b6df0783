import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from './site.ts';

const day = 86_400_000;

/** A site with an editor of events, and guests who come through the same pages as everyone. */
export const openEventsSite = async () => {
  const site = await openSite('example');
  const editor: Visitor = await site.as('edward.editor@department.example');
  const start = site.ctx.clock();
  const later = (ms: number): void => site.setTime(new Date(site.ctx.clock().getTime() + ms));
  /** Sends a form, a moment later than what came before: messages are told apart by their time. */
  const post: Site['post'] = (...sent) => {
    later(1000);
    return site.post(...sent);
  };
  const dayFromNow = (days: number): string => new Date(start.getTime() + days * day).toISOString().slice(0, 10);
  const written = (more: Readonly<Record<string, string>> = {}) => ({
    id: randomUUID(),
    title: 'A visit to a laboratory',
    summary: 'What laboratories look for.',
    day: dayFromNow(30),
    starts: '11:00',
    ends: '12:35',
    inPerson: '5',
    place: 'The Hall\n1 Example Street',
    online: '5',
    contact: 'events@department.example',
    ...more,
  });
  const publish = async (more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const form = written(more);
    assert.equal((await post('/events/new', form, editor)).to, `/events/${form.id}?done=drafted`);
    assert.equal((await post(`/events/${form.id}/publish`, {}, editor)).to, `/events/${form.id}?done=published`);
    return `/events/${form.id}`;
  };
  const mails = async (address: string) => (await keptMail(site.ctx, 1000)).filter((one) => one.to === address);
  let guests = 0;
  /** Signs up by the form and confirms by the link in the mail. @returns the booking's page. */
  const come = async (event: string, more: Readonly<Record<string, string>> = {}): Promise<string> => {
    guests += 1;
    const address = `guest-${guests}@laboratory.example`;
    const form = { id: randomUUID(), way: 'in person', name: `Guest ${guests}`, address, for: 'other', ...more };
    assert.match((await post(`${event}/book`, form)).to, /done=(?:held|waiting)$/);
    const link = (await mails(form.address)).flatMap((one) => one.body).find((one) => one.kind === 'link');
    assert.ok(link?.kind === 'link');
    const booking = new URL(link.href).pathname;
    assert.equal((await post(`${booking}/confirm`, {})).to, `${booking}?done=confirmed`);
    return booking;
  };
  const revisionOf = async (event: string): Promise<string> =>
    /name="revision" value="(\d+)"/.exec((await site.get(`${event}/edit`, editor)).text)?.[1] ?? '';
  return { site, editor, start, later, post, dayFromNow, written, publish, mails, come, revisionOf };
};
export type EventsSite = Awaited<ReturnType<typeof openEventsSite>>;
