import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { phaseOf } from '../domain/event.ts';
import { readTag } from '../domain/promotion.ts';
import { calendarPath, eventsPath, jsonFeedPath, newEventPath } from '../paths.ts';
import { runEvents } from '../policy.ts';
import { eventsCalendar, subscriptionAddress } from '../use-cases/calendars.ts';
import { listDrafts, listPublic } from '../use-cases/read-events.ts';
import { jsonFeed } from '../use-cases/write-feed.ts';
import { type EventRow, rowOf } from './event-words.ts';

type ListModel = {
  readonly drafts: readonly EventRow[];
  readonly upcoming: readonly EventRow[];
  readonly past: readonly EventRow[];
  readonly routes: readonly string[];
  readonly route: string;
  readonly newHref: string;
  readonly webcal: string;
};
const listView = view<ListModel>('capabilities/events/pages/list/page.njk');

export const crumbs = [{ text: 'Start', href: '/' }];
export const eventsCrumbs = [...crumbs, { text: 'Events', href: eventsPath }];

const routeAsked = (query: URLSearchParams): string =>
  occupationalRoutes.find((one) => one === query.get('route')) ?? '';

/** Those on a route, and those that name none: they are for all. */
const asked = async (ctx: Context, route: string) =>
  (await listPublic(ctx)).filter(
    ({ text }) => route === '' || text.routes.length === 0 || text.routes.some((one) => one === route),
  );

export const listingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: eventsPath,
    access: 'anyone',
    audit: 'events.list',
    handle: async (request, ctx) => {
      const route = routeAsked(request.query);
      const now = ctx.clock();
      const all = await asked(ctx, route);
      const over = (one: (typeof all)[number]) =>
        phaseOf(one, now) === 'past' || (one.state === 'cancelled' && one.time !== null && one.time.ends <= now);
      const mayRun = isAllowed(ctx.actor, runEvents);
      return page(
        listView,
        {
          drafts: mayRun ? (await listDrafts(ctx)).map((one) => rowOf(ctx, one)) : [],
          upcoming: all.filter((one) => !over(one)).map((one) => rowOf(ctx, one)),
          past: all
            .filter(over)
            .toReversed()
            .map((one) => rowOf(ctx, one)),
          routes: occupationalRoutes,
          route,
          newHref: mayRun ? newEventPath : '',
          webcal: subscriptionAddress(ctx, calendarPath),
        },
        {
          title: 'Events',
          crumbs,
          description:
            'Events on Higher Technical Qualifications: sign up without an account, with a calendar entry that keeps itself right.',
        },
      );
    },
  },
  {
    method: 'GET',
    path: calendarPath,
    access: 'anyone',
    audit: 'events.calendar',
    perMinute: 60,
    handle: async (request, ctx) => ({
      kind: 'file',
      name: 'events.ics',
      type: 'text/calendar; charset=utf-8',
      body: eventsCalendar(
        ctx,
        await asked(ctx, routeAsked(request.query)),
        `Events: ${ctx.name}`,
        readTag(request.query.get('from') ?? ''),
      ),
      inline: true,
    }),
  },
  {
    method: 'GET',
    path: jsonFeedPath,
    access: 'anyone',
    audit: 'events.json-feed',
    perMinute: 60,
    handle: async (request, ctx) => ({
      kind: 'file',
      name: 'events.json',
      type: 'application/feed+json; charset=utf-8',
      body: jsonFeed(ctx, await asked(ctx, routeAsked(request.query)), readTag(request.query.get('from') ?? '')),
      inline: true,
    }),
  },
];
