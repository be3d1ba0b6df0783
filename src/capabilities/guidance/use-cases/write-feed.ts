import type { Context } from '#platform/context.ts';
import { writeAtom } from '#platform/feed/write-atom.ts';
import type { PageVersion } from '../domain/guide-page.ts';
import { feedPath, guidancePath, versionPath } from '../paths.ts';

/** The guide's updates as a feed, the newest first. */
export const writeFeed = (ctx: Context, updates: readonly PageVersion[]): string =>
  writeAtom(
    ctx,
    { title: 'updates of the guidance', path: guidancePath, feedPath },
    updates.map((one) => ({
      path: versionPath(one.page, one.number),
      title: one.title,
      words: one.changeNote ?? '',
      at: one.publishedAt,
    })),
  );
