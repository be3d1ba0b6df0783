import { randomUUID } from 'node:crypto';
import { dayWords, londonTime } from '#kernel/london-time.ts';
import { isAllowed } from '#kernel/permission.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { listed, longDay } from '#web/words.ts';
import { freePlaces, type HeldEvent, isChanged, lacking, phaseOf, signUpOf, wayWords } from '../domain/event.ts';
import { clockTime, whenWords } from '../domain/event-words.ts';
import { readTag } from '../domain/promotion.ts';
import { mostSessions, sessionDays } from '../domain/series.ts';
import {
  bookPath,
  cancelEventPath,
  editEventPath,
  eventActPath,
  eventCalendarPath,
  eventPath,
  peoplePath,
  promotePath,
} from '../paths.ts';
import { runEvents } from '../policy.ts';
import { calendarLinks, eventsCalendar } from '../use-cases/calendars.ts';
import { listSeries, readEvent } from '../use-cases/read-events.ts';
import { copyEvent, publishEvent } from '../use-cases/run-events.ts';
import { placesWords } from './event-words.ts';
import { eventData } from './linked-data.ts';
import { eventsCrumbs } from './listing.ts';

type Link = { readonly text: string; readonly href: string };
type CopyTyped = {
  readonly id: string;
  readonly day: string;
  readonly sessions: string;
  readonly weeks: string;
  readonly series: boolean;
};
type EventModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly caption: string;
  readonly title: string;
  readonly notice: string;
  readonly summary: string;
  readonly rows: readonly { readonly name: string; readonly words: string }[];
  readonly bookHref: string;
  readonly bookText: string;
  readonly places: string;
  readonly description: string;
  readonly agenda: readonly string[];
  readonly speakers: readonly string[];
  readonly afterwards: readonly Link[];
  readonly sessions: readonly Link[];
  readonly source: string;
  readonly calendars: readonly Link[];
  readonly promoteHref: string;
  readonly contact: string;
  readonly run: {
    readonly editHref: string;
    readonly peopleHref: string;
    readonly counts: readonly string[];
    readonly lacking: string;
    readonly publish: string;
    /** Its day is over already. */
    readonly over: boolean;
    readonly cancel: string;
    readonly copy: string;
    readonly dayHint: string;
    readonly typed: CopyTyped;
  } | null;
};
const eventView = view<EventModel>('capabilities/events/pages/event/page.njk');

export const eventAsked = async (request: PageRequest, ctx: Context): Promise<HeldEvent> => {
  const event = await readEvent(ctx, request.params.event ?? '');
  if (!event) throw notFound('There is no event at this address.');
  return event;
};

const doneWords: Readonly<Record<string, string>> = {
  drafted: 'The draft is kept.',
  edited: 'The event is changed.',
  told: 'The event is changed, and who signed up is told.',
  published: 'The event is published.',
  cancelled: 'The event is cancelled, and everyone who signed up is told.',
  copied: 'The copies are among the drafts. This is the first.',
};

const noticeOf = (event: HeldEvent, now: Date): string => {
  switch (phaseOf(event, now)) {
    case 'draft':
      return 'This is a draft. Only people who run events see it.';
    case 'cancelled':
      return `This event is cancelled. It does not take place. ${event.text.cancelledBecause}`.trim();
    case 'past':
      return 'This event is over.';
    case 'on now':
      return 'This event is on now.';
    case 'upcoming':
      return isChanged(event)
        ? `This event was changed on ${longDay(event.changedAt)}. What stands here is what holds; whoever signed up was told.`
        : '';
  }
};

const countsOf = (event: HeldEvent): readonly string[] =>
  event.ways.map((one) => {
    const over = one.taken - one.capacity;
    return `${wayWords[one.way]}: ${one.taken} of ${one.capacity} places taken, ${one.waiting} waiting.${over > 0 ? ` That is ${over} more than there are: nobody loses a place, and none is given out until it fits.` : ''}`;
  });

const overWords =
  'The day of this event is over, so nobody can sign up. Change its day, or publish it among the past events';

const noCopy: Omit<CopyTyped, 'id'> = { day: '', sessions: '1', weeks: '1', series: false };

const show = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: CopyTyped } = {},
): Promise<Answer> => {
  const event = await eventAsked(request, ctx);
  const now = ctx.clock();
  const { text } = event;
  const open = signUpOf(event, now).kind === 'open';
  const tag = readTag(request.query.get('from') ?? '');
  const full = event.ways.every((one) => one.waiting > 0 || freePlaces(one) === 0);
  const lacks = lacking(event);
  const problems = more.problems ?? [];
  const future = event.time !== null && event.state === 'published' && now < event.time.ends;
  return page(
    eventView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      caption: 'Event',
      title: text.title,
      notice: noticeOf(event, now),
      summary: text.summary,
      rows: [
        { name: 'When', words: whenWords(event.time, event.month) },
        ...(event.ways.length > 0
          ? [
              {
                name: 'How',
                words: event.ways.length > 1 ? 'In person or online' : wayWords[event.ways[0]?.way ?? 'online'],
              },
            ]
          : []),
        ...(text.place ? [{ name: 'Where', words: text.place }] : []),
        ...(text.routes.length > 0
          ? [{ name: text.routes.length > 1 ? 'Routes' : 'Route', words: listed(text.routes) }]
          : []),
        ...(text.audience ? [{ name: 'For', words: text.audience }] : []),
      ],
      bookHref: open ? `${bookPath(event.id)}${tag ? `?from=${tag}` : ''}` : '',
      bookText: full ? 'Join the waiting list' : 'Sign up',
      places: placesWords(event, now),
      description: text.description,
      agenda: text.agenda,
      speakers: text.speakers,
      afterwards: [
        ...(text.recording ? [{ text: 'Recording', href: text.recording }] : []),
        ...(text.slides ? [{ text: 'Slides', href: text.slides }] : []),
      ],
      sessions: event.series
        ? (await listSeries(ctx, event.series))
            .filter((one) => one.id !== event.id)
            .map((one) => ({ text: `${one.text.title}: ${whenWords(one.time, one.month)}`, href: eventPath(one.id) }))
        : [],
      source: text.source,
      calendars: future
        ? [
            { text: 'Calendar file: Apple, Outlook and others', href: eventCalendarPath(event.id) },
            ...calendarLinks(ctx, event),
          ]
        : [],
      promoteHref: future ? promotePath(event.id) : '',
      contact: text.contact,
      run: isAllowed(ctx.actor, runEvents)
        ? {
            editHref: event.state === 'cancelled' ? '' : editEventPath(event.id),
            peopleHref: event.state === 'published' && event.ways.length > 0 ? peoplePath(event.id) : '',
            counts: countsOf(event),
            lacking: event.state === 'draft' ? listed(lacks) : '',
            publish: event.state === 'draft' ? eventActPath(event.id, 'publish') : '',
            over: phaseOf({ ...event, state: 'published' }, now) === 'past',
            cancel: future ? cancelEventPath(event.id) : '',
            copy: eventActPath(event.id, 'copy'),
            dayHint: dayWords(new Date(now.getTime() + 28 * 86_400_000)),
            typed: more.typed ?? { id: randomUUID(), ...noCopy },
          }
        : null,
    },
    {
      title: text.title,
      crumbs: eventsCrumbs,
      description: text.summary,
      ...(event.state !== 'draft' && event.time ? { linkedData: eventData(ctx, event) } : {}),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

/** The time of day of an event on another day. */
const onDay = (event: HeldEvent, day: string): HeldEvent['time'] => {
  if (!event.time) return null;
  const starts = londonTime(`${day} ${clockTime(event.time.starts)}`);
  return (
    starts && { starts, ends: new Date(starts.getTime() + event.time.ends.getTime() - event.time.starts.getTime()) }
  );
};

export const showEventRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/events/:event',
    access: 'anyone',
    audit: 'events.show',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'GET',
    path: '/events/:event/calendar.ics',
    access: 'anyone',
    audit: 'events.event-calendar',
    perMinute: 60,
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      return {
        kind: 'file',
        name: 'event.ics',
        type: 'text/calendar; charset=utf-8',
        body: eventsCalendar(ctx, [event], event.text.title),
      };
    },
  },
  {
    method: 'POST',
    path: '/events/:event/publish',
    access: runEvents,
    audit: 'events.publish',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const { fields } = await request.form();
      const published = await publishEvent(ctx, event.id, fields.get('over') === 'yes');
      if (published.kind === 'refused') {
        if (published.refusal === 'over') return show(request, ctx, { problems: [{ field: 'run', text: overWords }] });
        throw notFound('This event cannot be published now.');
      }
      return redirect(`${eventPath(event.id)}?done=published`);
    },
  },
  {
    method: 'POST',
    path: '/events/:event/copy',
    access: runEvents,
    audit: 'events.copy',
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const { fields } = await request.form();
      const typed: CopyTyped = {
        id: formId(fields),
        day: (fields.get('day') ?? '').trim(),
        sessions: (fields.get('sessions') ?? '').trim(),
        weeks: (fields.get('weeks') ?? '').trim(),
        series: fields.get('series') === 'yes',
      };
      const whole = (text: string, most: number) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most;
      const firstDay = readTypedDay(typed.day);
      const problems: FormProblem[] = [
        ...(firstDay === null ? [{ field: 'day', text: 'Enter the day of the first copy, such as 4 March 2027' }] : []),
        ...(whole(typed.sessions, mostSessions)
          ? []
          : [{ field: 'sessions', text: `Enter how many copies, 1 to ${mostSessions}` }]),
        ...(whole(typed.weeks, 52) ? [] : [{ field: 'weeks', text: 'Enter the weeks from one to the next, 1 to 52' }]),
      ];
      const copies =
        problems.length > 0 || firstDay === null
          ? []
          : sessionDays(firstDay, Number(typed.weeks), Number(typed.sessions)).map((day) => ({
              day,
              time: onDay(event, day),
              month: day.slice(0, 7),
            }));
      const leftOut = event.time && copies.find((one) => one.time === null);
      if (leftOut)
        problems.push({
          field: 'day',
          text: `On ${dayWords(leftOut.day)} clocks go forward and leave out the hour at which it begins. Choose another day`,
        });
      if (problems.length > 0) return show(request, ctx, { problems, typed });
      const first = await copyEvent(
        ctx,
        event.id,
        typed.id,
        copies.map(({ time, month }) => ({ time, month })),
        typed.series,
      );
      return redirect(`${eventPath(first ?? event.id)}?done=copied`);
    },
  },
];
