import type { Cell, SheetFormat } from '#platform/sheets/sheet.ts';
import type { SheetToWrite } from '#platform/sheets/sheet-to-write.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { writeOds } from '#platform/sheets/write-ods.ts';
import { writeXlsx } from '#platform/sheets/write-xlsx.ts';

export type TableToWrite = {
  readonly title: string;
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly format: SheetFormat;
};

/** Characters of one cell: Excel takes a workbook with more for damaged (32,767). Whole texts are in the CSV. */
const longestCell = 32_000;

/**
 * Writes one table; heavy for many rows, so that it runs on the pool. Every text is written as a text: what looks like a
 * formula runs in no format.
 */
export const writeTable = async ({ title, name, rows, format }: TableToWrite): Promise<Uint8Array> => {
  if (format === 'csv') return writeCsv(rows);
  const [head = []] = rows;
  const sheet: SheetToWrite = {
    name,
    rows: rows.map((row) =>
      row.map((cell) =>
        typeof cell === 'string' && cell.length > longestCell ? `${cell.slice(0, longestCell)}…` : cell,
      ),
    ),
    looks: [head.map(() => 'header' as const)],
    columns: head.map(() => ({ width: 28, asText: true })),
    frozen: { rows: 1, columns: 1 },
    choices: [],
    readyRows: 0,
  };
  const book = { title, sheets: [sheet] };
  return format === 'xlsx' ? writeXlsx(book) : writeOds(book);
};
