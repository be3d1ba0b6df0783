import type { Context } from '#platform/context.ts';
import { readKeptFile } from '#platform/files/kept-file.ts';
import { readCsv } from '#platform/sheets/read-csv.ts';
import type { Attachment } from '../domain/attachment.ts';
import { asTable, compareTables, type PageTable, type TableChange } from '../domain/page-table.ts';

/** The table that a file holds; it was read once already when it came. */
export const readTable = async (ctx: Context, attachment: Attachment): Promise<PageTable> => {
  const file = await readKeptFile(ctx, attachment.revision.file);
  const sheet = file ? readCsv(attachment.name, file.bytes) : null;
  if (sheet?.kind !== 'ok') throw new Error(`The table ${attachment.page}/${attachment.name} cannot be read`);
  return asTable(sheet.value.rows);
};

export const changesOfTable = async (ctx: Context, before: Attachment, after: Attachment): Promise<TableChange> =>
  compareTables(await readTable(ctx, before), await readTable(ctx, after));
