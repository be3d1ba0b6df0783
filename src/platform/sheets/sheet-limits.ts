import { type Result, refused } from '#kernel/result.ts';
import { columnLetters, type SheetProblem } from './sheet.ts';

/**
 * What is read of one file. Far above any curriculum's workbook, far below what ends a worker thread: a 2.7 MB file
 * with 0.7 GB inside took readers to 2.4 GB of memory before they failed.
 */
export const sheetLimits = {
  /** Bytes, all parts of a workbook unpacked. */
  unpackedBytes: 64 * 1024 * 1024,
  /** Files inside one workbook: each costs something even when it is empty. */
  parts: 2_000,
  /** Cells of a sheet's rectangle up to its last cell: a reader holds the rectangle, not the cells. */
  rectangle: 4_000_000,
  /** Rows and columns of a sheet up to the last that holds something. */
  rows: 50_000,
  columns: 2_000,
} as const;

export const refusedAs = (kind: SheetProblem['kind'], message: string): Result<never, SheetProblem> =>
  refused({ kind, message });

/** `null` when a sheet of this size may be read. */
export const sizeProblem = (sheet: string, rows: number, columns: number): SheetProblem | null => {
  const count = (number: number) => number.toLocaleString('en-GB');
  if (rows > sheetLimits.rows || columns > sheetLimits.columns || rows * columns > sheetLimits.rectangle)
    return {
      kind: 'too-large',
      message: `The sheet ${JSON.stringify(sheet)} is too large: it reaches row ${count(rows)} and column ${columnLetters(columns)}; at most ${count(sheetLimits.rows)} rows, ${count(sheetLimits.columns)} columns and ${count(sheetLimits.rectangle)} cells are read.`,
    };
  return null;
};
