import { holdBackParts, holdBackTable, isHeldShare } from './small-numbers.ts';

/** A count as everyone may see it; `null`: held back. */
export type Shown = number | null;

export type ShownGroups = {
  readonly rows: readonly Shown[];
  readonly columns: readonly Shown[];
  /** `null`: the sums alone are shown. */
  readonly cells: readonly (readonly Shown[])[] | null;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/**
 * Answers by two ways of grouping. Where more than half of the table would be held back, its sums are shown without it: then
 * nothing ties the two lists together, and each is held back on its own, which leaves more of them.
 */
export const shownGroups = (counts: readonly (readonly number[])[]): ShownGroups => {
  const rows = counts.map(sum);
  const columns = (counts[0] ?? []).map((_, at) => sum(counts.map((row) => row[at] ?? 0)));
  const shown = (numbers: readonly number[], held: readonly boolean[] | null): readonly Shown[] =>
    numbers.map((count, at) => (!held || held[at] ? null : count));
  const held = holdBackTable(counts);
  const some = counts.flatMap((row, r) => row.flatMap((count, c) => (count > 0 ? [held?.cells[r]?.[c] ?? true] : [])));
  if (!held || some.filter(Boolean).length * 2 > some.length)
    return { rows: shown(rows, holdBackParts(rows)), columns: shown(columns, holdBackParts(columns)), cells: null };
  return {
    rows: shown(rows, held.rows),
    columns: shown(columns, held.columns),
    cells: counts.map((row, r) => shown(row, held.cells[r] ?? null)),
  };
};

/**
 * How many of each group named a thing, such as a theme of answers. Those who did not are the other row of the table, so that neither can be worked
 * out; a group whose own number is held back is held back whole.
 */
export const shownThemeRow = (
  named: readonly number[],
  of: readonly number[],
  groupHeld: readonly boolean[],
): { readonly count: Shown; readonly by: readonly Shown[] } => {
  const all = sum(named);
  const whole = sum(of);
  const none = { count: isHeldShare(all, whole) ? null : all, by: named.map(() => null) };
  if (named.every((_, at) => groupHeld[at])) return none;
  // Groups that are held back count as one, which the table may hide or show as a whole.
  const open = named.flatMap((_, at) => (groupHeld[at] ? [] : [at]));
  const hidden = named.flatMap((_, at) => (groupHeld[at] ? [at] : []));
  const pick = (counts: readonly number[]): readonly number[] => [
    ...open.map((at) => counts[at] ?? 0),
    ...(hidden.length > 0 ? [sum(hidden.map((at) => counts[at] ?? 0))] : []),
  ];
  const yes = pick(named);
  const no = pick(of).map((count, at) => count - (yes[at] ?? 0));
  const held = holdBackTable([yes, no]);
  // The sums of the columns are told elsewhere: where the table would hide one, none of its numbers by group is shown.
  if (!held || open.some((_, at) => held.columns[at])) return none;
  const isOut = open.map((_, at) => held.cells[0]?.[at] ?? false);
  const tells = toldByRest(
    hidden.map((at) => ({ named: named[at] ?? 0, of: of[at] ?? 0 })).filter((one) => one.of > 0),
    open.map((at) => ({ named: named[at] ?? 0, of: of[at] ?? 0 })),
    isOut,
  );
  if (tells.kind === 'nothing-helps') return { count: null, by: named.map(() => null) };
  if (tells.kind === 'hold-too') isOut[tells.at] = true;
  return {
    count: held.rows[0] ? null : all,
    by: named.map((count, at) => (groupHeld[at] || isOut[open.indexOf(at)] ? null : count)),
  };
};

type Share = { readonly named: number; readonly of: number };

/**
 * What is left when the numbers that are shown are taken from the sum is the number of the groups that are left out. That
 * tells each of them where it is one group, or where none or all of them named the theme. Then one more number is held back, one
 * that could be other by one.
 */
const toldByRest = (
  out: readonly Share[],
  open: readonly Share[],
  isOut: readonly boolean[],
):
  | { readonly kind: 'fine' }
  | { readonly kind: 'hold-too'; readonly at: number }
  | { readonly kind: 'nothing-helps' } => {
  const none = out.every((one) => one.named === 0);
  const every = out.every((one) => one.named === one.of);
  if (out.length === 0 || (out.length > 1 && !none && !every)) return { kind: 'fine' };
  const helps = ({ named, of }: Share): boolean => (!every && named >= 2) || (!none && of - named >= 2);
  if (open.some((one, at) => isOut[at] && helps(one))) return { kind: 'fine' };
  const [next] = open
    .flatMap((one, at) => (!isOut[at] && helps(one) ? [{ at, named: one.named }] : []))
    .toSorted((one, other) => one.named - other.named);
  return next ? { kind: 'hold-too', at: next.at } : { kind: 'nothing-helps' };
};
