import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { putEntries, removeEntry } from '#platform/search/search-entry.ts';
import { type Example, isStale, notARecommendation } from '../domain/example.ts';
import { examplePath } from '../paths.ts';

/** What examples are called among all that can be found. */
export const exampleKind = 'practice-example';

/** Lets the search find an example that somebody stands by, in the transaction that changes it. */
export const makeFindable = async (ctx: Context, example: Example): Promise<void> => {
  const today = londonDay(ctx.clock());
  if (example.state !== 'published' || isStale(example, today)) return removeEntry(ctx, exampleKind, example.id);
  const { text } = example;
  await putEntries(ctx, [
    {
      kind: exampleKind,
      id: example.id,
      href: examplePath(example.id),
      title: text.title,
      summary: notARecommendation,
      body: [text.summary, ...text.steps, text.result, text.differently, text.provider].join('\n'),
      codes: [],
      route: text.routes[0] ?? null,
      level: text.level,
      changedAt: example.publishedAt ?? ctx.clock(),
    },
  ]);
};
