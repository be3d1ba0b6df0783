/** A place in a workbook, counted from 1; a sheet that is not there, or a row as a whole, has no row or column. */
export type SheetPlace = { readonly sheet: string; readonly row: number | null; readonly column: number | null };

/** Paths of a qualification, as `rules.choose[0].from[3]`, and the cells that they were read from. */
export type Places = ReadonlyMap<string, SheetPlace>;

/** Something about the workbook itself, at its place. */
export type PlacedRemark = { readonly place: SheetPlace; readonly message: string };

/** The path without its last step: `units[2].covers.ST0127[1]`, `units[2].covers.ST0127`, `units[2].covers`, … */
export const parentPath = (path: string): string | null => {
  if (path === '') return null;
  return path.slice(0, Math.max(path.lastIndexOf('['), path.lastIndexOf('.'), 0));
};

/** The cell that a path was read from, or the nearest above it that came from one. */
export const placeOfPath = (places: Places, path: string): SheetPlace | null => {
  for (let at: string | null = path; at !== null; at = parentPath(at)) {
    const place = places.get(at);
    if (place) return place;
  }
  return null;
};

/** `Structure, row 7, column C`. */
export const placeWords = ({ sheet, row, column }: SheetPlace): string =>
  [
    sheet,
    ...(row === null ? [] : [`row ${row}`]),
    ...(column === null ? [] : [`column ${columnLetters(column)}`]),
  ].join(', ');

const columnLetters = (column: number): string =>
  column <= 26
    ? String.fromCharCode(64 + column)
    : columnLetters(Math.floor((column - 1) / 26)) + columnLetters(((column - 1) % 26) + 1);
