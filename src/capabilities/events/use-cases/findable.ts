import type { Context } from '#platform/context.ts';
import { putEntries, removeEntry } from '#platform/search/search-entry.ts';
import type { HeldEvent } from '../domain/event.ts';
import { whenWords } from '../domain/event-words.ts';
import { eventPath } from '../paths.ts';
import { eventKind } from './references.ts';

/** Lets the search find an event, in the transaction that changes it. */
export const makeFindable = async (ctx: Context, event: HeldEvent): Promise<void> => {
  if (event.state !== 'published') return removeEntry(ctx, eventKind, event.id);
  const { text } = event;
  await putEntries(ctx, [
    {
      kind: eventKind,
      id: event.id,
      href: eventPath(event.id),
      title: text.title,
      summary: `${whenWords(event.time, event.month)}. ${text.summary}`,
      body: [text.description, ...text.agenda, ...text.speakers, text.audience, text.place].join('\n'),
      codes: [],
      route: text.routes[0] ?? null,
      level: null,
      changedAt: ctx.clock(),
    },
  ]);
};
