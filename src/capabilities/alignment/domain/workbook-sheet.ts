import { type Cell, type Column, columns, type SheetKind, sheetNames } from './workbook-layout.ts';

/** A sheet of the workbook laid out, ready for whichever format it is written in; rows and columns counted from 1. */
export type LaidOutSheet = {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly looks: readonly (readonly (Look | undefined)[])[];
  readonly columns: readonly { readonly width: number; readonly asText?: boolean }[];
  readonly frozen: { readonly rows: number; readonly columns: number };
  readonly choices: readonly ChoiceList[];
  readonly readyRows: number;
  readonly hidden?: boolean;
};

export type Look = 'title' | 'note' | 'text' | 'header' | 'fixed' | 'plain';

export type ChoiceList = {
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
  readonly only: boolean;
  readonly hint?: string;
};

/** Each sheet opens with its title, a line about it, and the headings. */
export const headingRow = 3;

type KeysOf<Kind extends SheetKind> = keyof (typeof columns)[Kind] & string;

export type RowOf<Kind extends SheetKind> = Partial<Readonly<Record<KeysOf<Kind>, Cell>>>;

export const columnsOf = (kind: SheetKind): readonly (readonly [string, Column])[] => Object.entries(columns[kind]);

/** Where a column is when the workbook is written, counted from 1. */
export const columnAt = <Kind extends SheetKind>(kind: Kind, key: KeysOf<Kind>, left: readonly string[] = []): number =>
  columnsOf(kind)
    .filter(([one]) => !left.includes(one))
    .findIndex(([one]) => one === key) + 1;

/** Columns beside the sheet's own: a unit of the grid, a list of KSBs of the outcomes. */
export type MoreColumns = {
  readonly headings: readonly string[];
  /** For each row of the sheet. */
  readonly cells: readonly (readonly Cell[])[];
  readonly width: number;
  /** Further columns that are ready to get a heading. */
  readonly ready: number;
};

export type SheetPlan<Kind extends SheetKind> = {
  readonly kind: Kind;
  readonly name?: string;
  readonly title: string;
  readonly note: string;
  readonly rows: readonly RowOf<Kind>[];
  /** Keys of columns that this workbook does without. */
  readonly left?: readonly KeysOf<Kind>[];
  readonly more?: MoreColumns;
  readonly frozenColumns: number;
  /** Rows to fill in below the ones that are there. */
  readonly readyRows: number;
  readonly choices: readonly ChoiceList[];
};

export const layOut = <Kind extends SheetKind>(plan: SheetPlan<Kind>): LaidOutSheet => {
  const own = columnsOf(plan.kind).filter(([key]) => !(plan.left ?? []).some((one) => one === key));
  const more = plan.more ?? { headings: [], cells: [], width: 0, ready: 0 };
  const headings = [...own.map(([, column]) => column.heading), ...more.headings];
  const body = plan.rows.map((row, index) => [
    ...own.map(([key]) => (row as Readonly<Record<string, Cell>>)[key] ?? null),
    ...(more.cells[index] ?? []),
  ]);
  const width = headings.length + more.ready;
  const shown = own.map(([, column]): Look => (column.shown ? 'fixed' : 'plain'));
  return {
    name: plan.name ?? sheetNames[plan.kind],
    rows: [[plan.title], [plan.note], headings, ...body],
    looks: [['title'], ['note'], Array.from({ length: width }, (): Look => 'header'), ...body.map(() => shown)],
    columns: [
      ...own.map(([, column]) => ({ width: column.width, asText: column.asText ?? false })),
      ...Array.from({ length: width - own.length }, () => ({ width: more.width, asText: true })),
    ],
    frozen: { rows: headingRow, columns: plan.frozenColumns },
    choices: plan.choices,
    readyRows: headingRow + body.length + plan.readyRows,
  };
};
