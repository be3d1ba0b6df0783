import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import { longestText } from '../domain/booking.ts';
import { type HeldEvent, phaseOf } from '../domain/event.ts';
import { whenWords } from '../domain/event-words.ts';
import { cancelEventPath, eventPath } from '../paths.ts';
import { runEvents } from '../policy.ts';
import { cancelEvent } from '../use-cases/run-events.ts';
import { eventsCrumbs } from './listing.ts';
import { eventAsked } from './show-event.ts';
import { tooLong } from './typed-text.ts';

type CancelModel = {
  readonly problems: readonly FormProblem[];
  readonly event: string;
  readonly when: string;
  readonly words: string;
  readonly because: string;
  readonly action: string;
  readonly eventHref: string;
};
const cancelView = view<CancelModel>('capabilities/events/pages/cancel/page.njk');

const show = (event: HeldEvent, because: string, problems: readonly FormProblem[]): Answer => {
  const taken = event.ways.reduce((sum, one) => sum + one.taken, 0);
  const waiting = event.ways.reduce((sum, one) => sum + one.waiting, 0);
  return page(
    cancelView,
    {
      problems,
      event: event.text.title,
      when: whenWords(event.time, event.month),
      words: `${counted(taken, 'place is', 'places are')} taken, and ${counted(waiting, 'booking waits', 'bookings wait')}.`,
      because,
      action: cancelEventPath(event.id),
      eventHref: eventPath(event.id),
    },
    {
      title: 'Cancel the event for everyone',
      crumbs: [...eventsCrumbs, { text: event.text.title, href: eventPath(event.id) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const cancellingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/events/:event/cancel',
    access: runEvents,
    audit: 'events.cancel-form',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      if (event.state !== 'published' || phaseOf(event, ctx.clock()) === 'past')
        throw notFound('This event cannot be cancelled now.');
      return show(event, '', []);
    },
  },
  {
    method: 'POST',
    path: '/events/:event/cancel',
    access: runEvents,
    audit: 'events.cancel',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const because = ((await request.form()).fields.get('because') ?? '').replaceAll('\r\n', '\n').trim();
      const problems = tooLong('because', because, longestText, 'the reason');
      if (problems.length > 0) return show(event, because, problems);
      if (!(await cancelEvent(ctx, event.id, because))) throw notFound('This event cannot be cancelled now.');
      return redirect(`${eventPath(event.id)}?done=cancelled`);
    },
  },
];
