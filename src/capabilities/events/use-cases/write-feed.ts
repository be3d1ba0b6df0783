import type { Context } from '#platform/context.ts';
import type { HeldEvent } from '../domain/event.ts';
import { whenWords } from '../domain/event-words.ts';
import { tagged } from '../domain/promotion.ts';
import { eventPath, eventsPath, jsonFeedPath, picturePath } from '../paths.ts';

/**
 * Events as a JSON Feed (jsonfeed.org, version 1.1) for other sites, with what a list of events wants in `_event`.
 *
 * @param tag a provider's, for the links.
 */
export const jsonFeed = (ctx: Context, events: readonly HeldEvent[], tag: string): string =>
  JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title: `Events: ${ctx.name}`,
      home_page_url: `${ctx.address}${eventsPath}`,
      feed_url: `${ctx.address}${jsonFeedPath}`,
      language: 'en-GB',
      items: events.map((event) => ({
        id: `${ctx.address}${eventPath(event.id)}`,
        url: tagged(`${ctx.address}${eventPath(event.id)}`, tag),
        title: event.text.title,
        content_text: `${whenWords(event.time, event.month)}. ${event.text.summary}`,
        date_modified: event.changedAt.toISOString(),
        ...(event.time ? { image: `${ctx.address}${picturePath(event.id, 'wide')}` } : {}),
        tags: event.text.routes,
        _event: {
          state: event.state,
          starts: event.time?.starts.toISOString() ?? null,
          ends: event.time?.ends.toISOString() ?? null,
          month: event.month,
          ways: event.ways.map((one) => one.way),
          place: event.text.place,
        },
      })),
    },
    null,
    2,
  );
