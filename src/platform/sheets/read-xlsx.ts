import { zipSync } from 'fflate';
import readWorkbook from 'read-excel-file/universal';
import { ok, type Result } from '#kernel/result.ts';
import { type Cell, columnNumber, type Sheet, type SheetProblem } from './sheet.ts';
import { refusedAs, sizeProblem } from './sheet-limits.ts';
import { unpack } from './unpack.ts';

const worksheet = /^xl\/worksheets\/[^/]+\.xml$/;
const cellAddress = /<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"/g;

/** A cell whose formula has failed. */
const failedCell = /(<(?:\w+:)?c\s[^>]*?\b)t="e"/g;

/**
 * What is to be seen to before the reader gets the bytes. The last row and column that each sheet names: two cells, A1
 * and XFD1048576, are a few hundred bytes that would fill the memory. And cells whose formula has failed: the reader
 * takes them for empty, and an empty cell means something, so that they are turned into text such as `#REF!`.
 */
const prepared = (bytes: Uint8Array): Result<Uint8Array, SheetProblem> => {
  const unpacked = unpack(bytes, (path) => worksheet.test(path));
  if (unpacked.kind === 'refused') return unpacked;
  const changed = new Map<string, Uint8Array>();
  for (const [path, part] of unpacked.value) {
    // One byte a character: what is looked for is ASCII, and nothing else is touched.
    const xml = Buffer.from(part).toString('latin1');
    let rows = 0;
    let columns = 0;
    for (const [, letters, digits] of xml.matchAll(cellAddress)) {
      rows = Math.max(rows, Number(digits));
      columns = Math.max(columns, columnNumber(letters ?? ''));
    }
    const problem = sizeProblem(path, rows, columns);
    if (problem) return refusedAs(problem.kind, problem.message);
    const mended = xml.replaceAll(failedCell, '$1t="str"');
    if (mended !== xml) changed.set(path, new Uint8Array(Buffer.from(mended, 'latin1')));
  }
  if (changed.size === 0) return ok(bytes);
  const whole = unpack(bytes, (path) => /\.(?:xml|rels)$/.test(path));
  if (whole.kind === 'refused') return whole;
  return ok(zipSync(Object.fromEntries(new Map([...whole.value, ...changed])), { level: 0 }));
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
  const fit = prepared(bytes);
  if (fit.kind === 'refused') return fit;
  try {
    const sheets = await readWorkbook(copyOf(fit.value), { trim: false });
    return ok(sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellOf)) })));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return refusedAs('damaged', `The workbook is damaged and cannot be read (${said.slice(0, 200)}).`);
  }
};

/** A buffer of its own: Node's small buffers share one. */
const copyOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
