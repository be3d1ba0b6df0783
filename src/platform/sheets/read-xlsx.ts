import readWorkbook from 'read-excel-file/universal';
import { ok, type Result } from '#kernel/result.ts';
import { type Cell, columnNumber, type Sheet, type SheetProblem } from './sheet.ts';
import { refusedAs, sizeProblem } from './sheet-limits.ts';
import { unpack } from './unpack.ts';

const worksheet = /^xl\/worksheets\/[^/]+\.xml$/;
const cellAddress = /<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"/g;

/**
 * The last row and column that each sheet names, before anything builds its rectangle: two cells, A1 and XFD1048576,
 * are a few hundred bytes that would fill the memory.
 */
const tooLargeSheet = (bytes: Uint8Array): Result<null, SheetProblem> => {
  const unpacked = unpack(bytes, (path) => worksheet.test(path));
  if (unpacked.kind === 'refused') return unpacked;
  for (const [path, part] of unpacked.value) {
    let rows = 0;
    let columns = 0;
    for (const [, letters, digits] of Buffer.from(part).toString('latin1').matchAll(cellAddress)) {
      rows = Math.max(rows, Number(digits));
      columns = Math.max(columns, columnNumber(letters ?? ''));
    }
    const problem = sizeProblem(path, rows, columns);
    if (problem) return refusedAs(problem.kind, problem.message);
  }
  return ok(null);
};

/** A day where the time is midnight, as spreadsheets keep days. */
const dateWords = (date: Date): string => date.toISOString().replace(/T00:00:00\.000Z$/, '');

const cellOf = (value: unknown): Cell => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : dateWords(value);
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n');
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

/** Reads the sheets of an XLSX whose parts `fileKind` has agreed to. */
export const readXlsx = async (bytes: Uint8Array): Promise<Result<readonly Sheet[], SheetProblem>> => {
  const size = tooLargeSheet(bytes);
  if (size.kind === 'refused') return size;
  try {
    const sheets = await readWorkbook(copyOf(bytes), { trim: false });
    return ok(sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellOf)) })));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return refusedAs('damaged', `The workbook is damaged and cannot be read (${said.slice(0, 200)}).`);
  }
};

/** A buffer of its own: Node's small buffers share one. */
const copyOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
