import {
  type Cell,
  type Column,
  columns,
  folded,
  otherSheets,
  type SheetKind,
  type SheetRows,
  sheetNames,
} from './workbook-layout.ts';
import type { PlacedRemark, SheetPlace } from './workbook-places.ts';

export type TableRow = {
  /** The row's number in its sheet. */
  readonly number: number;
  /** The cell under one of the sheet's own headings, as text without blanks at its ends. */
  readonly text: (key: string) => string;
  /** The same cell as it is. */
  readonly value: (key: string) => Cell;
  /** The cell of a column by its number. */
  readonly textAt: (column: number) => string;
  /** Where that cell is; the row where there is no such column. */
  readonly place: (key: string) => SheetPlace;
  readonly placeAt: (column: number) => SheetPlace;
};

/** One of the workbook's sheets, found and its columns matched. */
export type Table = {
  readonly kind: SheetKind;
  /** As the sheet or the CSV file is called. */
  readonly sheet: string;
  /** As the sheet, or the part of a CSV, is called: `KSB mapping ST0127`. */
  readonly title: string;
  readonly place: SheetPlace;
  readonly has: (key: string) => boolean;
  /** Columns with other headings. */
  readonly others: readonly { readonly heading: string; readonly column: number; readonly place: SheetPlace }[];
  /** Rows with something in them. */
  readonly rows: readonly TableRow[];
};

export type FoundTables = {
  readonly tables: readonly Table[];
  readonly problems: readonly PlacedRemark[];
  readonly notes: readonly PlacedRemark[];
};

/** In a CSV a row with nothing but `[Structure]` in it begins that sheet's part. */
export const partHeading = (name: string): string => `[${name}]`;

/** Rows looked through for the headings: people put titles and logos above them. */
const rowsAbove = 30;

const kinds = Object.keys(columns) as readonly SheetKind[];

export const cellText = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? '' : cell === true ? 'TRUE' : cell === false ? 'FALSE' : String(cell).trim();

/** What spreadsheets leave in a cell whose formula fails. */
const formulaError = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!)$/;

type Part = {
  readonly sheet: string;
  readonly title: string;
  readonly first: number;
  readonly rows: SheetRows['rows'];
};

const partsOf = (sheet: SheetRows): readonly Part[] => {
  const parts: { title: string; first: number; rows: (readonly Cell[])[] }[] = [];
  sheet.rows.forEach((row, index) => {
    const heading = /^\[(.+)\]$/.exec(cellText(row[0]))?.[1];
    if (heading && kindByName(heading) && row.slice(1).every((cell) => cellText(cell) === ''))
      parts.push({ title: heading, first: index + 1, rows: [] });
    else {
      if (parts.length === 0) parts.push({ title: sheet.name, first: 0, rows: [] });
      parts.at(-1)?.rows.push(row);
    }
  });
  return parts.map((part) => ({ sheet: sheet.name, ...part }));
};

const kindByName = (name: string): SheetKind | undefined =>
  kinds.find((kind) => folded(name) === folded(sheetNames[kind])) ??
  (folded(name).startsWith(folded(sheetNames.mapping)) ? 'mapping' : undefined);

const headingsOf = (column: Column): readonly string[] => [column.heading, ...(column.also ?? [])].map(folded);

const ownColumns = (kind: SheetKind): readonly (readonly [string, Column])[] => Object.entries(columns[kind]);

/** How many of a sheet's headings a row holds; 0 unless it holds all that are needed. */
const headingScore = (kind: SheetKind, row: readonly Cell[]): number => {
  const words = new Set(row.map((cell) => folded(cellText(cell))).filter((word) => word !== ''));
  const matched = ownColumns(kind).filter(([, column]) => headingsOf(column).some((one) => words.has(one)));
  const needed = ownColumns(kind).filter(([, column]) => column.needed);
  return needed.every((one) => matched.some(([key]) => key === one[0])) ? matched.length : 0;
};

/** The row of headings, by what the sheet is called or else by what its headings are. */
const findHeadings = (part: Part): { readonly kind: SheetKind; readonly row: number } | null => {
  const named = kindByName(part.title);
  let best: { readonly kind: SheetKind; readonly row: number; readonly score: number } | null = null;
  for (const [row, cells] of part.rows.slice(0, rowsAbove).entries())
    for (const kind of named ? [named] : kinds) {
      const score = headingScore(kind, cells);
      if (score > (best?.score ?? (named ? 0 : 1))) best = { kind, row, score };
    }
  return best;
};

/** Finds the workbook's sheets among the sheets of a file, or the parts of one or two CSV files. */
export const findTables = (sheets: readonly SheetRows[]): FoundTables => {
  const tables: Table[] = [];
  const problems: PlacedRemark[] = [];
  const notes: PlacedRemark[] = [];
  for (const part of sheets.flatMap(partsOf)) {
    const blank = part.rows.every((row) => row.every((cell) => cellText(cell) === ''));
    const named = kindByName(part.title);
    const place = { sheet: part.sheet, row: part.first === 0 ? null : part.first, column: null };
    if (Object.values(otherSheets).some((name) => folded(name) === folded(part.title)) || (blank && !named)) continue;
    const headings = findHeadings(part);
    if (headings) tables.push(tableOf(part, headings.kind, headings.row, problems));
    else if (named && !blank)
      problems.push({ place, message: `there are no headings: expected ${neededWords(named)}` });
    else if (!named) notes.push({ place, message: 'this is none of the workbook’s sheets and was left out' });
  }
  const found = new Map<SheetKind, Table>();
  for (const table of tables) {
    const other = found.get(table.kind);
    if (other && table.kind !== 'mapping')
      problems.push({
        place: table.place,
        message: `there are two sheets of this kind: ${sheetNames[table.kind]} is ${other.title} already`,
      });
    found.set(table.kind, other ?? table);
  }
  return {
    tables: tables.filter((table) => table.kind === 'mapping' || found.get(table.kind) === table),
    problems,
    notes,
  };
};

const neededWords = (kind: SheetKind): string => {
  const needed = ownColumns(kind)
    .filter(([, column]) => column.needed)
    .map(([, column]) => column.heading);
  return `a row with ${needed.slice(0, -1).join(', ')}${needed.length > 1 ? ' and ' : ''}${needed.at(-1)}`;
};

const tableOf = (part: Part, kind: SheetKind, headingRow: number, problems: PlacedRemark[]): Table => {
  const own = ownColumns(kind);
  const byKey = new Map<string, number>();
  const others: { readonly heading: string; readonly column: number; readonly place: SheetPlace }[] = [];
  const headingNumber = part.first + headingRow + 1;
  const width = part.rows.reduce((most, row) => Math.max(most, row.length), 0);
  // A heading of ours goes before what else people call it: "Unit" is a unit's code only where no "Unit code" is.
  const headings = Array.from({ length: width }, (_, column) => cellText(part.rows[headingRow]?.[column]));
  const claim = (matches: (column: Column, word: string) => boolean) => {
    headings.forEach((heading, column) => {
      const key = own.find(([, one]) => matches(one, folded(heading)))?.[0];
      if (heading === '' || key === undefined || [...byKey.values()].includes(column + 1)) return;
      if (!byKey.has(key)) byKey.set(key, column + 1);
      else if (matches === isHeading)
        problems.push({
          place: { sheet: part.sheet, row: headingNumber, column: column + 1 },
          message: `two columns are headed "${heading}"`,
        });
    });
  };
  claim(isHeading);
  claim((column, word) => (column.also ?? []).some((one) => folded(one) === word));
  headings.forEach((heading, column) => {
    if (![...byKey.values()].includes(column + 1) && !own.some(([, one]) => isHeading(one, folded(heading))))
      others.push({
        heading,
        column: column + 1,
        place: { sheet: part.sheet, row: headingNumber, column: column + 1 },
      });
  });

  const rows = part.rows.slice(headingRow + 1).flatMap((cells, index): readonly TableRow[] => {
    if (cells.every((cell) => cellText(cell) === '')) return [];
    const number = headingNumber + 1 + index;
    cells.forEach((cell, column) => {
      if (typeof cell === 'string' && formulaError.test(cell.trim()))
        problems.push({
          place: { sheet: part.sheet, row: number, column: column + 1 },
          message: `the formula in this cell has failed: found ${cell.trim()}`,
        });
    });
    const columnOf = (key: string): number | null => byKey.get(key) ?? null;
    return [
      {
        number,
        text: (key) => cellText(cells[(columnOf(key) ?? 0) - 1]),
        value: (key) => cells[(columnOf(key) ?? 0) - 1] ?? null,
        textAt: (column) => cellText(cells[column - 1]),
        place: (key) => ({ sheet: part.sheet, row: number, column: columnOf(key) }),
        placeAt: (column) => ({ sheet: part.sheet, row: number, column }),
      },
    ];
  });
  return {
    kind,
    sheet: part.sheet,
    title: part.title,
    place: { sheet: part.sheet, row: headingNumber, column: null },
    has: (key) => byKey.has(key),
    others,
    rows,
  };
};

const isHeading = (column: Column, word: string): boolean => folded(column.heading) === word;
