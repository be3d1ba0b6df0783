import { randomUUID } from 'node:crypto';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { listed } from '#web/words.ts';
import { type HeldEvent, phaseOf } from '../domain/event.ts';
import { editEventPath, eventPath, newEventPath } from '../paths.ts';
import { runEvents } from '../policy.ts';
import { type Capacities, draftEvent, type EditRefusal, editEvent, loweredBelow } from '../use-cases/run-events.ts';
import { blankEvent, readEventForm, readTyped, type TypedEvent, typedOf } from './event-form.ts';
import { eventsCrumbs } from './listing.ts';
import { eventAsked } from './show-event.ts';

type FormModel = {
  readonly problems: readonly FormProblem[];
  readonly title: string;
  readonly action: string;
  readonly id: string;
  readonly revision: number;
  readonly routes: readonly string[];
  readonly typed: TypedEvent;
  readonly published: boolean;
  readonly mayTell: boolean;
  readonly asksBelow: boolean;
};
const formView = view<FormModel>('capabilities/events/pages/run/form.njk');

const showForm = (
  event: HeldEvent | null,
  typed: TypedEvent,
  now: Date,
  more: { readonly problems?: readonly FormProblem[]; readonly id?: string; readonly revision?: number } = {},
): Answer => {
  const problems = more.problems ?? [];
  const title = event ? 'Change the event' : 'Write a new event';
  return page(
    formView,
    {
      problems,
      title,
      action: event ? editEventPath(event.id) : newEventPath,
      id: more.id ?? event?.id ?? randomUUID(),
      revision: more.revision ?? event?.revision ?? 1,
      routes: occupationalRoutes,
      typed,
      published: event?.state === 'published',
      asksBelow: typed.below || problems.some((one) => one.field === 'below'),
      mayTell: event !== null && event.state === 'published' && phaseOf(event, now) !== 'past',
    },
    {
      title,
      crumbs: event ? [...eventsCrumbs, { text: event.text.title, href: eventPath(event.id) }] : eventsCrumbs,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

/** What lowering the places below those that are taken means, to be said yes to. */
const belowWords = (event: HeldEvent, capacities: Capacities): FormProblem => ({
  field: 'below',
  text: `${listed(
    loweredBelow(event, capacities).map(
      ({ way, taken, over }) => `${taken} places ${way} are taken, ${over} more than you enter`,
    ),
  )}. Nobody loses a place, and none is given out until they fit. Tick the box if you mean this`,
});

const refusalWords: Readonly<Record<Exclude<EditRefusal, 'below'>, FormProblem>> = {
  unknown: { field: '', text: 'The event is gone.' },
  changed: {
    field: '',
    text: 'Someone else has changed this event since you opened the form. Open it again to see what they wrote.',
  },
  cancelled: { field: '', text: 'The event is cancelled, and cannot be changed any more.' },
  'way is booked': {
    field: 'inPerson',
    text: 'People have booked, or wait, in a way that you took out. Lower its places instead.',
  },
  lacking: {
    field: '',
    text: 'A published event needs its day and times, places, where it is, and an address for questions.',
  },
};

export const runningRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: newEventPath,
    access: runEvents,
    audit: 'events.new-form',
    handle: (_request, ctx) => showForm(null, blankEvent, ctx.clock()),
  },
  {
    method: 'POST',
    path: newEventPath,
    access: runEvents,
    audit: 'events.new',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = readTyped(fields);
      const id = formId(fields);
      const read = readEventForm(typed, null, ctx.clock());
      if (read.kind === 'faulty') return showForm(null, typed, ctx.clock(), { problems: read.problems, id });
      await draftEvent(ctx, id, read.value.keep, read.value.capacities);
      return redirect(`${eventPath(id)}?done=drafted`);
    },
  },
  {
    method: 'GET',
    path: '/events/:event/edit',
    access: runEvents,
    audit: 'events.edit-form',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      return showForm(event, typedOf(event), ctx.clock());
    },
  },
  {
    method: 'POST',
    path: '/events/:event/edit',
    access: runEvents,
    audit: 'events.edit',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const { fields } = await request.form();
      const typed = readTyped(fields);
      const revision = Number(fields.get('revision') ?? 0);
      const read = readEventForm(typed, event, ctx.clock());
      if (read.kind === 'faulty') return showForm(event, typed, ctx.clock(), { problems: read.problems, revision });
      const edited = await editEvent(
        ctx,
        event.id,
        read.value.keep,
        read.value.capacities,
        revision,
        typed.tell,
        typed.below,
      );
      if (edited.kind === 'refused') {
        const problem =
          edited.refusal === 'below'
            ? belowWords(await eventAsked(request, ctx), read.value.capacities)
            : refusalWords[edited.refusal];
        return showForm(event, typed, ctx.clock(), { problems: [problem], revision });
      }
      return redirect(`${eventPath(event.id)}?done=${edited.value.told ? 'told' : 'edited'}`);
    },
  },
];
