/** What a cell holds once its format is forgotten. Dates come as ISO text, formulas as their last result. */
export type Cell = string | number | boolean | null;

/** A table of cells. A row's number, as people count, is its index here plus one: blank rows keep their place. */
export type Sheet = { readonly name: string; readonly rows: readonly (readonly Cell[])[] };

export type SheetFormat = 'xlsx' | 'ods' | 'csv';

/** Why a file could not be read as sheets. A value, not an error: errors lose their fields between threads. */
export type SheetProblem = {
  readonly kind: 'not-a-workbook' | 'encrypted' | 'old-format' | 'too-large' | 'damaged';
  /** One sentence: what was found and what would do. */
  readonly message: string;
};

/** Where a cell is, counted from 1 as people count. */
export type CellPlace = { readonly sheet: string; readonly row: number; readonly column: number };

/** `1` is `A`, `27` is `AA`. */
export const columnLetters = (column: number): string =>
  column <= 26
    ? String.fromCharCode(64 + column)
    : columnLetters(Math.floor((column - 1) / 26)) + columnLetters(((column - 1) % 26) + 1);

/** `A` is `1`, `AA` is `27`. */
export const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);

/** `KSB mapping, row 12, column F`. */
export const placeWords = (place: CellPlace): string =>
  `${place.sheet}, row ${place.row}, column ${columnLetters(place.column)}`;
