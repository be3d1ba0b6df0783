import { stringify } from 'csv-stringify/sync';
import { neutralised } from './csv-formula.ts';
import type { Cell } from './sheet.ts';

/**
 * Writes rows as CSV: UTF-8 with a byte order mark (without one Excel takes it for Windows-1252), every text in
 * quotation marks, so that no other delimiter can cut a formula out of it, and formulas neutralised. All rows are
 * made equally long: readers that go by the first row lose nothing.
 */
export const writeCsv = (rows: readonly (readonly Cell[])[]): Uint8Array => {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const filled = rows.map((row) =>
    Array.from({ length: width }, (_, column) => {
      const cell = row[column] ?? null;
      return typeof cell === 'string' ? neutralised(cell) : cell;
    }),
  );
  return new TextEncoder().encode(
    stringify(filled, {
      bom: true,
      quoted_string: true,
      record_delimiter: '\r\n',
      cast: { boolean: (value) => (value ? 'TRUE' : 'FALSE') },
    }),
  );
};
