/** A table that hangs on a page: its first row names the columns. */
export type PageTable = {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[];
};

export type TableQuestion = {
  readonly words: string;
  /** What a column must be, by the column's name. */
  readonly filters: ReadonlyMap<string, string>;
  readonly sort: string;
  readonly downwards: boolean;
};

export const asTable = (rows: readonly (readonly (string | number | boolean | null)[])[]): PageTable => {
  const [head = [], ...rest] = rows.map((row) => row.map((cell) => String(cell ?? '').trim()));
  return {
    columns: head,
    rows: rest
      .map((cells, index) => ({ number: index + 1, cells: head.map((_, column) => cells[column] ?? '') }))
      .filter((row) => row.cells.some((cell) => cell !== '')),
  };
};

/** "£1,250.50" and "12 %" are numbers to whoever sorts them. */
const asNumber = (text: string): number => {
  const plain = text.replaceAll(/[£,%\s]/g, '');
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
};

const collator = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

const compareCells = (one: string, other: string): number => {
  const [a, b] = [asNumber(one), asNumber(other)];
  return Number.isNaN(a) || Number.isNaN(b) ? collator.compare(one, other) : a - b;
};

/** The rows that were asked for, in the order that was asked for. */
export const rowsAsked = (table: PageTable, asked: TableQuestion): PageTable['rows'] => {
  const words = asked.words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = table.rows.filter(
    (row) =>
      words.every((word) => row.cells.some((cell) => cell.toLowerCase().includes(word))) &&
      table.columns.every((column, index) => {
        const wanted = asked.filters.get(column) ?? '';
        return wanted === '' || row.cells[index] === wanted;
      }),
  );
  const by = table.columns.indexOf(asked.sort);
  if (by < 0) return found;
  const sorted = found.toSorted((one, other) => compareCells(one.cells[by] ?? '', other.cells[by] ?? ''));
  return asked.downwards ? sorted.toReversed() : sorted;
};

/** A column is filtered by a list of its values when they are few. */
const mostChoices = 20;

export const filterChoices = (
  table: PageTable,
): readonly { readonly column: string; readonly values: readonly string[] }[] =>
  table.columns.flatMap((column, index) => {
    const values = [...new Set(table.rows.map((row) => row.cells[index] ?? ''))].filter(Boolean);
    return values.length > 1 && values.length <= mostChoices && values.length < table.rows.length
      ? [{ column, values: values.toSorted(collator.compare) }]
      : [];
  });

export type RowChange =
  | { readonly kind: 'added' | 'removed'; readonly cells: readonly string[] }
  | { readonly kind: 'changed'; readonly before: readonly string[]; readonly after: readonly string[] };

export type TableChange = {
  readonly columnsAdded: readonly string[];
  readonly columnsRemoved: readonly string[];
  /** The later revision's columns, with which the rows are shown. */
  readonly columns: readonly string[];
  readonly rows: readonly RowChange[];
  readonly same: number;
};

/**
 * Compares two revisions row by row. A row of the later one that is not in the earlier stands against the earlier row
 * with the same first cell, where that row is gone; else it is new.
 */
export const compareTables = (before: PageTable, after: PageTable): TableChange => {
  const columns = after.columns;
  const inOrder = (table: PageTable) => {
    const places = columns.map((column) => table.columns.indexOf(column));
    return table.rows.map((row) => places.map((place) => (place < 0 ? '' : (row.cells[place] ?? ''))));
  };
  const key = (cells: readonly string[]) => JSON.stringify(cells);
  const gone = new Map<string, (readonly string[])[]>();
  for (const cells of inOrder(before)) gone.set(key(cells), [...(gone.get(key(cells)) ?? []), cells]);
  let same = 0;
  const fresh: (readonly string[])[] = [];
  for (const cells of inOrder(after)) {
    const twins = gone.get(key(cells)) ?? [];
    if (twins.pop()) same += 1;
    else fresh.push(cells);
  }
  const left = [...gone.values()].flat();
  const byFirst = Map.groupBy(left, (cells) => cells[0] ?? '');
  const rows: RowChange[] = fresh.map((cells) => {
    const earlier = byFirst.get(cells[0] ?? '')?.shift();
    return earlier ? { kind: 'changed', before: earlier, after: cells } : { kind: 'added', cells };
  });
  return {
    columnsAdded: columns.filter((column) => !before.columns.includes(column)),
    columnsRemoved: before.columns.filter((column) => !columns.includes(column)),
    columns,
    rows: [...rows, ...[...byFirst.values()].flat().map((cells) => ({ kind: 'removed' as const, cells }))],
    same,
  };
};
