import { nearest } from './nearest.ts';
import { type Cell, columns, folded } from './workbook-layout.ts';
import type { PlacedRemark, Places, SheetPlace } from './workbook-places.ts';
import { cellText, type Table, type TableRow } from './workbook-tables.ts';

/** What a reading gathers: where each part of the qualification came from, what is wrong, and what was left out. */
export type Reading = {
  readonly places: Map<string, SheetPlace> & Places;
  readonly problems: PlacedRemark[];
  readonly notes: PlacedRemark[];
  readonly wordings: Wording[];
};

/** The wording that stands beside a KSB's code in a mapping, as the workbook has it. */
export type Wording = {
  readonly standard: string;
  readonly ksb: string;
  readonly text: string;
  readonly place: SheetPlace;
};

/** A whole number where the cell holds one; else its text as it is, for whoever checks the shape to refuse. */
export const numberOr = (cell: Cell): number | string | undefined => {
  if (typeof cell === 'number') return cell;
  const text = cellText(cell);
  if (text === '') return undefined;
  return /^-?\d+(?:\.0+)?$/.test(text) ? Number(text) : text;
};

/** `{ [key]: text }`, or nothing when the cell is empty; its place is kept either way. */
export const textField = (
  reading: Reading,
  row: TableRow,
  column: string,
  path: string,
): Readonly<Record<string, string>> => {
  reading.places.set(path, row.place(column));
  const text = row.text(column);
  return text === '' ? {} : { [lastKey(path)]: text };
};

/** The same for a number. */
export const numberField = (
  reading: Reading,
  row: TableRow,
  column: string,
  path: string,
): Readonly<Record<string, number | string>> => {
  reading.places.set(path, row.place(column));
  const number = numberOr(row.value(column));
  return number === undefined ? {} : { [lastKey(path)]: number };
};

const lastKey = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/**
 * What a name on one sheet stands for on another: written exactly so, else with case and blanks forgiven where that
 * leaves one.
 */
export const findName = (names: readonly string[], given: string): string | undefined => {
  if (names.includes(given)) return given;
  const same = names.filter((name) => folded(name) === folded(given));
  return same.length === 1 ? same[0] : undefined;
};

/** A heading of the sheet that no column has, and that this one probably stands for: its rules would be lost unseen. */
const missedHeading = (table: Table, heading: string): string | null =>
  heading === ''
    ? null
    : nearest(
        heading,
        Object.entries(columns[table.kind]).flatMap(([key, column]) => (table.has(key) ? [] : [column.heading])),
      );

/** Columns that nothing was read from, told so that a misspelt heading is seen. */
export const noteOthers = (reading: Reading, table: Table, used: readonly number[] = []): void => {
  for (const other of table.others) {
    const filled = table.rows.some((row) => row.textAt(other.column) !== '');
    if (used.includes(other.column) || (!filled && other.heading === '')) continue;
    const meant = filled ? missedHeading(table, other.heading) : null;
    if (meant)
      reading.problems.push({
        place: other.place,
        message: `the column "${other.heading}" is not one of the workbook’s; did you mean "${meant}"?`,
      });
    else
      reading.notes.push({
        place: other.place,
        message:
          other.heading === ''
            ? 'the column has no heading and was left out'
            : `the column "${other.heading}" is not one of the workbook’s and was left out`,
      });
  }
};
