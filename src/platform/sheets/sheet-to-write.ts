import type { Cell } from './sheet.ts';

/**
 * How a cell looks: few names, so that a workbook looks the same in every format. A `day` is ISO text, written as a date that a
 * spreadsheet can sort and reckon with; `pounds` are a number.
 */
export type CellLook = 'title' | 'note' | 'text' | 'header' | 'fixed' | 'plain' | 'day' | 'pounds';

/** Whether a look has lines around its cells, and whether long text goes on in the next line. */
export const isRuled = (look: CellLook): boolean => look !== 'title' && look !== 'note' && look !== 'text';
export const isWrapped = (look: CellLook): boolean => look === 'text' || isRuled(look);

/** Text kept as text: a spreadsheet turns a typed 1.0 into 1 and a typed 1-2 into a day unless it is told not to. */
export type ColumnToWrite = {
  /** In characters. */
  readonly width: number;
  readonly asText?: boolean;
};

/** A list to choose from for a rectangle of cells, rows and columns counted from 1, both ends included. */
export type Choice = {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly from:
    | { readonly kind: 'values'; readonly values: readonly string[] }
    | {
        readonly kind: 'cells';
        readonly sheet: string;
        readonly column: number;
        readonly first: number;
        readonly last: number;
      };
  /** Whether something else may be typed. */
  readonly only: boolean;
  /** Shown beside the cell. */
  readonly hint?: string;
};

export type SheetToWrite = {
  readonly name: string;
  /** `looks[row][column]`, `plain` where there is none. */
  readonly rows: readonly (readonly Cell[])[];
  readonly looks: readonly (readonly (CellLook | undefined)[])[];
  readonly columns: readonly ColumnToWrite[];
  /** Rows and columns that stay in view. */
  readonly frozen: { readonly rows: number; readonly columns: number };
  readonly choices: readonly Choice[];
  /** Rows that are ready to be filled in: they wrap and look as the filled ones do. */
  readonly readyRows: number;
  readonly hidden?: boolean;
  /** Whether rows can be filtered by the last of the frozen ones, which names the columns; in XLSX alone. */
  readonly filtered?: boolean;
};

export type BookToWrite = { readonly title: string; readonly sheets: readonly SheetToWrite[] };

/** Colours of the looks, as RGB without `#`: dark text on each reaches 7:1 (WCAG 1.4.6). */
export const lookColours: Readonly<Record<CellLook, string | null>> = {
  title: null,
  note: null,
  text: null,
  header: 'D3E5E6',
  fixed: 'F3F2F1',
  plain: null,
  day: null,
  pounds: null,
};

/** Whether a cell is written as a date: one that looks so and is one. */
export const isDayCell = (cell: Cell, look: CellLook): cell is string =>
  look === 'day' && typeof cell === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(cell);

/** What XML 1.0 cannot hold at all is left out: control characters, halves of pairs, and two codes that are no characters. */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out.
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll(/\r\n?/g, '\n');
