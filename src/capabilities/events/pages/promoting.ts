import { isAllowed } from '#kernel/permission.ts';
import { slugOf } from '#kernel/slug.ts';
import type { Context } from '#platform/context.ts';
import { page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import { phaseOf } from '../domain/event.ts';
import { whenWords } from '../domain/event-words.ts';
import { isShape, type Shape, shapes } from '../domain/picture.ts';
import { promotionTexts, readTag, tagged } from '../domain/promotion.ts';
import { calendarPath, eventPath, jsonFeedPath, picturePath, promotePath, qrPath } from '../paths.ts';
import { runEvents } from '../policy.ts';
import { eventPicture, pictureWords, qrPng, qrSvg } from '../use-cases/pictures.ts';
import { broughtIn } from '../use-cases/promotion.ts';
import { howWords } from './event-words.ts';
import { eventsCrumbs } from './listing.ts';
import { eventAsked } from './show-event.ts';

type PromoteModel = {
  readonly event: string;
  readonly action: string;
  readonly tag: string;
  readonly broughtIn: string;
  readonly tags: readonly { readonly tag: string; readonly bookings: number; readonly people: number }[];
  readonly link: string;
  readonly texts: readonly {
    readonly title: string;
    readonly where: string;
    readonly text: string;
    readonly rows: number;
  }[];
  readonly pictures: readonly {
    readonly shape: string;
    readonly href: string;
    readonly text: string;
    readonly alt: string;
    readonly width: number;
    readonly height: number;
  }[];
  readonly alt: string;
  readonly qr: { readonly svg: string; readonly png: string };
  readonly embed: string;
  readonly feeds: { readonly json: string; readonly ical: string };
};
const promoteView = view<PromoteModel>('capabilities/events/pages/promote/page.njk');

/** Pixels that a picture is shown at. */
const shownWidth = 360;

/** Characters of a line in the narrowest window that shows the text without scrolling: a tablet held upright. */
const lineLength = 45;

/** Rows in which a text is seen whole, with one to spare. */
const rowsOf = (text: string): number =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lineLength)), 1);

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The tag of the provider that somebody acts for. */
const ownTag = (ctx: Context): string => {
  const { actor } = ctx;
  if (actor.kind !== 'person') return '';
  const held = actor.memberships.find((one) => one.organisation === actor.actingFor) ?? actor.memberships[0];
  return held ? readTag(slugOf(held.name)) : '';
};

const tagAsked = (request: PageRequest, ctx: Context): string =>
  readTag(request.query.get('from') ?? '') || ownTag(ctx);

const promoted = async (request: PageRequest, ctx: Context) => {
  const event = await eventAsked(request, ctx);
  if (event.state !== 'published') throw notFound('There is nothing to promote at this address.');
  return event;
};

/** One that people can still come to. */
const toCome = async (request: PageRequest, ctx: Context) => {
  const event = await promoted(request, ctx);
  if (event.time === null || phaseOf(event, ctx.clock()) === 'past')
    throw notFound('This event is over, so there is nothing to promote.');
  return event;
};

export const promotingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/events/:event/promote',
    access: 'anyone',
    audit: 'events.promote',
    handle: async (request, ctx) => {
      const event = await toCome(request, ctx);
      const tag = tagAsked(request, ctx);
      const address = `${ctx.address}${eventPath(event.id)}`;
      const link = tagged(address, tag);
      const how = howWords(event);
      const when = whenWords(event.time, event.month);
      const counts = await broughtIn(ctx, event.id);
      const mine = counts.find((one) => one.tag === tag);
      const own = tag !== '' && tag === ownTag(ctx);
      const alt = pictureWords(ctx, event, how);
      const query = tag ? `?from=${tag}` : '';
      return page(
        promoteView,
        {
          event: event.text.title,
          action: promotePath(event.id),
          tag,
          broughtIn: own
            ? `${counted(mine?.people ?? 0, 'person has', 'people have')} signed up through your links so far.`
            : '',
          tags: isAllowed(ctx.actor, runEvents) ? counts : [],
          link,
          texts: promotionTexts(event, link, how).map((one) => ({ ...one, rows: rowsOf(one.text) })),
          pictures: (Object.keys(shapes) as Shape[]).map((shape) => ({
            shape,
            href: picturePath(event.id, shape),
            text: shapes[shape].words,
            alt,
            width: shownWidth,
            height: Math.round((shownWidth * shapes[shape].height) / shapes[shape].width),
          })),
          alt,
          qr: { svg: `${qrPath(event.id, 'svg')}${query}`, png: `${qrPath(event.id, 'png')}${query}` },
          embed: [
            `<article lang="en-GB">`,
            `  <h3><a href="${escaped(link)}">${escaped(event.text.title)}</a></h3>`,
            `  <p>${escaped(when)}. ${escaped(how)}.</p>`,
            `  <p>${escaped(event.text.summary)}</p>`,
            `  <p><a href="${escaped(link)}">Sign up</a></p>`,
            `</article>`,
          ].join('\n'),
          feeds: { json: `${jsonFeedPath}${query}`, ical: `${calendarPath}${query}` },
        },
        {
          title: `Spread the word: ${event.text.title}`,
          crumbs: [...eventsCrumbs, { text: event.text.title, href: eventPath(event.id) }],
        },
      );
    },
  },
  {
    method: 'GET',
    path: '/events/:event/pictures/:shape.png',
    access: 'anyone',
    audit: 'events.picture',
    perMinute: 60,
    handle: async (request, ctx) => {
      const event = await eventAsked(request, ctx);
      const shape = request.params.shape ?? '';
      if (!isShape(shape)) throw notFound('There is no picture of this shape.');
      return {
        kind: 'file',
        name: `event-${shape}.png`,
        type: 'image/png',
        body: await eventPicture(ctx, event, shape, howWords(event)),
        inline: true,
      };
    },
  },
  {
    method: 'GET',
    path: '/events/:event/qr.svg',
    access: 'anyone',
    audit: 'events.qr-svg',
    perMinute: 60,
    handle: async (request, ctx) => {
      const event = await promoted(request, ctx);
      const address = tagged(`${ctx.address}${eventPath(event.id)}`, readTag(request.query.get('from') ?? ''));
      return { kind: 'file', name: 'event-qr.svg', type: 'image/svg+xml', body: qrSvg(address), inline: true };
    },
  },
  {
    method: 'GET',
    path: '/events/:event/qr.png',
    access: 'anyone',
    audit: 'events.qr-png',
    perMinute: 60,
    handle: async (request, ctx) => {
      const event = await promoted(request, ctx);
      const address = tagged(`${ctx.address}${eventPath(event.id)}`, readTag(request.query.get('from') ?? ''));
      return { kind: 'file', name: 'event-qr.png', type: 'image/png', body: await qrPng(address), inline: true };
    },
  },
];
