import { CsvError, parse } from 'csv-parse/sync';
import { ok, type Result } from '#kernel/result.ts';
import { asMeant } from './csv-formula.ts';
import type { Cell, Sheet, SheetProblem } from './sheet.ts';
import { refusedAs, sheetLimits, sizeProblem } from './sheet-limits.ts';

/** UTF-8, UTF-16 where it says so itself (Excel's "Unicode text"), and what no UTF-8 can be read as Windows-1252. */
const decoded = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

const delimiters = [',', ';', '\t'] as const;
/** Characters looked at to tell the delimiter. */
const sampleLength = 64 * 1024;

/**
 * The character that divides the most rows into the same number of cells. Counted outside quotation marks: in a file
 * with semicolons the text is full of commas, but not of equally many in each row.
 */
const delimiterOf = (text: string): string => {
  const rows = text
    .slice(0, sampleLength)
    .replaceAll(/"(?:[^"]|"")*"/g, '""')
    .split(/\r\n|\r|\n/)
    .filter((row) => row.trim() !== '');
  const scored = delimiters.map((delimiter) => {
    const counts = new Map<number, number>();
    for (const row of rows) {
      const count = row.split(delimiter).length - 1;
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    return { delimiter, score: Math.max(0, ...counts.values()) };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
};

/** Excel's own way to name the delimiter, in the first line. */
const separatorLine = /^sep=(.)(\r\n|\r|\n)/i;

/**
 * Reads a CSV (RFC 4180) as one sheet of text cells. Rows may be of different lengths; blank rows keep their place,
 * so that a row's number is what a spreadsheet shows.
 *
 * @param name what the sheet is called: the file's name.
 */
export const readCsv = (name: string, bytes: Uint8Array): Result<Sheet, SheetProblem> => {
  if (bytes.length > sheetLimits.unpackedBytes)
    return refusedAs('too-large', `The file is too large: ${Math.ceil(bytes.length / 1_000_000)} MB.`);
  const text = decoded(bytes);
  const stated = separatorLine.exec(text);
  const body = stated ? text.slice(stated[0].length) : text;
  try {
    const rows: readonly (readonly string[])[] = parse(body, {
      delimiter: stated?.[1] ?? delimiterOf(body),
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    const cells = rows.map((row): readonly Cell[] =>
      row.map((cell) => (cell === '' ? null : asMeant(cell).replaceAll('\r\n', '\n'))),
    );
    const columns = cells.reduce((most, row) => Math.max(most, row.length), 0);
    const problem = sizeProblem(name, cells.length, columns);
    if (problem) return refusedAs(problem.kind, problem.message);
    return ok({ name, rows: stated ? [[], ...cells] : cells });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? 0);
    return refusedAs(
      'damaged',
      `The CSV cannot be read${line > 0 ? ` at line ${line}` : ''}: ${csvWords[error.code] ?? error.message}.`,
    );
  }
};

const csvWords: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened and never closed',
  INVALID_OPENING_QUOTE: 'a quotation mark stands in the middle of a cell that does not begin with one',
  CSV_INVALID_CLOSING_QUOTE: 'something follows the quotation mark that closes a cell',
};
