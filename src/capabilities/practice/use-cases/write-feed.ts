import type { Context } from '#platform/context.ts';
import { writeAtom } from '#platform/feed/write-atom.ts';
import { type Example, notARecommendation } from '../domain/example.ts';
import { examplePath, feedPath, practicePath } from '../paths.ts';

/** New examples as a feed, the newest first. */
export const writeFeed = (ctx: Context, examples: readonly Example[]): string =>
  writeAtom(
    ctx,
    { title: 'practice', path: practicePath, feedPath },
    examples.map((one) => ({
      path: examplePath(one.id),
      title: one.text.title,
      words: `${one.text.summary} (${notARecommendation})`,
      at: one.publishedAt ?? ctx.clock(),
    })),
  );
