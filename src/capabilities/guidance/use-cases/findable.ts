import type { Context } from '#platform/context.ts';
import { blockWords } from '#platform/documents/document.ts';
import { markdownBlocks } from '#platform/documents/markdown-blocks.ts';
import { putEntries, removeEntry } from '#platform/search/search-entry.ts';
import { guidePagePath } from '../paths.ts';
import { findPage } from '../store/guide.ts';
import { resolveIn } from './resolve-addresses.ts';

/** What pages of the guide are called among all that can be found. */
export const guidePageKind = 'guidance-page';

/** Lets the search find what a page says now, or no longer, in the transaction that changes it. */
export const makeFindable = async (ctx: Context, id: string): Promise<void> => {
  const page = await findPage(ctx, id);
  if (!page || page.withdrawn) return removeEntry(ctx, guidePageKind, id);
  const { current } = page;
  const resolve = await resolveIn(ctx, id, current.body, current.number);
  await putEntries(ctx, [
    {
      kind: guidePageKind,
      id,
      href: guidePagePath(id),
      title: current.title,
      summary: current.summary,
      body: blockWords(markdownBlocks(current.body, '', resolve)),
      codes: [],
      route: null,
      level: null,
      changedAt: current.publishedAt,
    },
  ]);
};
