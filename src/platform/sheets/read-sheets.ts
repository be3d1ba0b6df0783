import { ok, type Result } from '#kernel/result.ts';
import { fileKind } from './file-kind.ts';
import { readCsv } from './read-csv.ts';
import { readOds } from './read-ods.ts';
import { readXlsx } from './read-xlsx.ts';
import type { Sheet, SheetFormat, SheetProblem } from './sheet.ts';
import { refusedAs } from './sheet-limits.ts';

export type SheetsFile = { readonly format: SheetFormat; readonly sheets: readonly Sheet[] };

/**
 * Reads an XLSX or ODS workbook or a CSV, told apart by content. Safe to give to a thread of the pool: its input and
 * output are plain values.
 *
 * @param name the file's name: the name of a CSV's one sheet.
 */
export const readSheets = async (name: string, bytes: Uint8Array): Promise<Result<SheetsFile, SheetProblem>> => {
  const kind = fileKind(bytes);
  if (kind.kind === 'refused') return kind;
  if (kind.value === 'json') return refusedAs('not-a-workbook', 'The file is JSON: expected a workbook or a CSV.');
  if (kind.value === 'text') {
    const sheet = readCsv(name, bytes);
    return sheet.kind === 'ok' ? ok({ format: 'csv', sheets: [sheet.value] }) : sheet;
  }
  const sheets = kind.value === 'xlsx' ? await readXlsx(bytes) : readOds(bytes);
  return sheets.kind === 'ok' ? ok({ format: kind.value, sheets: sheets.value }) : sheets;
};
