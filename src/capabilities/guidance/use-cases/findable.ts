import type { Context } from '#platform/context.ts';
import { blockWords } from '#platform/documents/document.ts';
import { markdownBlocks } from '#platform/documents/markdown-blocks.ts';
import { putEntries, removeEntry } from '#platform/search/search-entry.ts';
import { guidePagePath } from '../paths.ts';
import { versionAttachments } from '../store/attachments.ts';
import { findPage } from '../store/guide.ts';
import { readTable } from './read-table.ts';
import { resolveIn } from './resolve-addresses.ts';

/** What pages of the guide are called among all that can be found. */
export const guidePageKind = 'guidance-page';

/** Characters of a table that the search looks into: a thousand rows or so. */
const mostOfTable = 50_000;

/** Titles of what hangs on a page, and what its tables say. */
const wordsOfFiles = async (ctx: Context, id: string, version: number): Promise<string> => {
  const words: string[] = [];
  for (const file of await versionAttachments(ctx, id, version)) {
    if (file.kind === 'image') continue;
    words.push(file.revision.title);
    if (file.kind !== 'table') continue;
    const table = await readTable(ctx, file);
    words.push(
      table.rows
        .map((row) => row.cells.join(' '))
        .join('\n')
        .slice(0, mostOfTable),
    );
  }
  return words.join('\n');
};

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
      body: `${blockWords(markdownBlocks(current.body, '', resolve))}\n${await wordsOfFiles(ctx, id, current.number)}`,
      codes: [],
      route: null,
      level: null,
      changedAt: current.publishedAt,
    },
  ]);
};
