/**
 * Small numbers held back, also from whoever subtracts. `docs/algorithms/small-numbers.md` tells it in prose first.
 *
 * What a reader knows: every number that is shown, the sums, that counts are whole, and that a number that is held back is
 * one or more, since a nought is shown.
 */

/** Counts from one to four are held back. */
export const smallest = 5;

export const isSmall = (count: number): boolean => count > 0 && count < smallest;

export type HeldTable = {
  readonly cells: readonly (readonly boolean[])[];
  readonly rows: readonly boolean[];
  readonly columns: readonly boolean[];
};

type Step = { readonly row: number; readonly column: number; readonly up: boolean };

/**
 * The table with its sums as one more row and column. Sums count as negative, so that every line adds up to nought and the
 * lines are all of one kind; a sum that goes down is a cell of the extended table that goes up.
 */
type Extended = {
  readonly count: readonly (readonly number[])[];
  readonly held: boolean[][];
  readonly height: number;
  readonly width: number;
};

const isSum = (all: Extended, row: number, column: number): boolean =>
  (row === all.height - 1) !== (column === all.width - 1);

/** What the cheapest way round costs: a cell that is held already costs nothing. */
const costOf = (all: Extended, row: number, column: number): number =>
  all.held[row]?.[column] ? 0 : (all.count[row]?.[column] ?? 0);

/** Whether a cell may be one other by one, as far as a reader knows: a count that is held is one or more. */
const mayMove = (all: Extended, row: number, column: number, up: boolean): boolean => {
  const count = all.count[row]?.[column] ?? 0;
  // The number of answers in all is told everywhere, and a nought is shown.
  if (count === 0 || (row === all.height - 1 && column === all.width - 1)) return false;
  const grows = isSum(all, row, column) ? !up : up;
  return grows || count > 1;
};

/**
 * The cheapest closed way through the table that begins with one cell going up or down, each line being entered and left: all
 * cells on it held, the first is no longer certain. Dijkstra over the lines; the tables are small.
 *
 * @param onlyHeld only through cells that are held already.
 */
const wayRound = (
  all: Extended,
  from: Step,
  onlyHeld: boolean,
): { readonly cost: number; readonly way: Step[] } | null => {
  if (!mayMove(all, from.row, from.column, from.up)) return null;
  const { height, width } = all;
  const rowNode = (row: number): number => row;
  const columnNode = (column: number): number => height + column;
  // A cell that goes up leads from its row to its column, one that goes down from its column to its row.
  const start = from.up ? columnNode(from.column) : rowNode(from.row);
  const goal = from.up ? rowNode(from.row) : columnNode(from.column);
  const best = new Map<number, { readonly cost: number; readonly by: Step | null; readonly before: number }>();
  best.set(start, { cost: 0, by: null, before: -1 });
  const done = new Set<number>();
  for (;;) {
    let at = -1;
    for (const [node, { cost }] of best) if (!done.has(node) && (at < 0 || cost < (best.get(at)?.cost ?? 0))) at = node;
    if (at < 0) return null;
    if (at === goal) break;
    done.add(at);
    const here = best.get(at)?.cost ?? 0;
    const isRow = at < height;
    for (let other = 0; other < (isRow ? width : height); other += 1) {
      const row = isRow ? at : other;
      const column = isRow ? other : at - height;
      if (row === from.row && column === from.column) continue;
      const up = isRow;
      if (!mayMove(all, row, column, up) || (onlyHeld && !all.held[row]?.[column])) continue;
      const to = isRow ? columnNode(other) : rowNode(other);
      // A little for each step, so that of ways that cost the same the shorter is taken.
      const cost = here + costOf(all, row, column) + 0.001;
      if (cost < (best.get(to)?.cost ?? Number.POSITIVE_INFINITY))
        best.set(to, { cost, by: { row, column, up }, before: at });
    }
  }
  const way: Step[] = [];
  for (let node = goal; node !== start; ) {
    const reached = best.get(node);
    if (!reached?.by) return null;
    way.push(reached.by);
    node = reached.before;
  }
  return { cost: best.get(goal)?.cost ?? 0, way };
};

const isProtected = (all: Extended, row: number, column: number): boolean =>
  [true, false].some((up) => wayRound(all, { row, column, up }, true) !== null);

/**
 * Which numbers of a table with sums are held back, so that no small one can be worked out.
 *
 * @param counts whole numbers that are not negative, row by row.
 * @returns `null`: too little is left to show any of it.
 */
export const holdBackTable = (counts: readonly (readonly number[])[]): HeldTable | null => {
  const height = counts.length + 1;
  const width = (counts[0]?.length ?? 0) + 1;
  const sums = (counts[0] ?? []).map((_, column) => counts.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  const total = sums.reduce((sum, one) => sum + one, 0);
  const count = [...counts.map((row) => [...row, row.reduce((sum, one) => sum + one, 0)]), [...sums, total]];
  if (isSmall(total)) return null;
  const all: Extended = { count, held: count.map((row) => row.map(isSmall)), height, width };
  const small = count.flatMap((row, at) => row.flatMap((one, column) => (isSmall(one) ? [{ row: at, column }] : [])));
  for (const { row, column } of small) {
    if (isProtected(all, row, column)) continue;
    const [cheapest] = [true, false]
      .flatMap((up) => wayRound(all, { row, column, up }, false) ?? [])
      .toSorted((one, other) => one.cost - other.cost);
    if (!cheapest) return null;
    for (const step of cheapest.way) {
      const line = all.held[step.row];
      if (line) line[step.column] = true;
    }
  }
  return {
    cells: all.held.slice(0, -1).map((row) => row.slice(0, -1)),
    rows: all.held.slice(0, -1).map((row) => row.at(-1) ?? false),
    columns: (all.held.at(-1) ?? []).slice(0, -1),
  };
};

/** Which parts of a whole that is told are held back. @returns `null`: none can be shown. */
export const holdBackParts = (counts: readonly number[]): readonly boolean[] | null => {
  const held = counts.map(isSmall);
  const heldCounts = (): readonly number[] => counts.filter((_, index) => held[index]);
  if (heldCounts().length === 0) return held;
  // One alone is the whole less the others; of ones alone a reader knows that each is one or more.
  while (heldCounts().length < 2 || heldCounts().every((one) => one === 1)) {
    let next = -1;
    counts.forEach((one, index) => {
      if (!held[index] && one > 0 && (next < 0 || one < (counts[next] ?? 0))) next = index;
    });
    if (next < 0) return null;
    held[next] = true;
  }
  return held;
};

/** Whether how many of so many said something is held back: neither those who did nor those who did not may be few. */
export const isHeldShare = (count: number, of: number): boolean => isSmall(count) || isSmall(of - count);
