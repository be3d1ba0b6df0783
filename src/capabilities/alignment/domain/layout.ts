import { addClauses, type Clause, settleUnits } from './clauses.ts';
import type { Bounds, CoverageQuestion, Group } from './coverage-question.ts';
import { orderLayers } from './layer-order.ts';
import { add, emptySet, type UnitSet, wordsFor } from './unit-set.ts';

/**
 * One pathway laid out as a sequence of yes-or-no decisions: its free units, group by group. Every question about
 * its permitted combinations is answered by walking these layers (`walk.ts`, `diagram.ts`).
 * See docs/algorithms/coverage.md, "Layers".
 */
export type Layout = {
  readonly pathway: number;
  /** Units in every combination of the pathway: positions in the file. */
  readonly forced: readonly number[];
  /** The free unit of each layer: positions in the file. */
  readonly units: readonly number[];
  /** Layer of a unit by its position in the file; -1 where it is forced or cannot be taken. */
  readonly layerOf: Int32Array;
  readonly groups: readonly LayoutGroup[];
  readonly groupOf: Int32Array;
  /** Credits of each layer's unit, of all layers together, and of the layers after each one within its group. */
  readonly unitCredits: Float64Array;
  readonly totalCredits: number;
  readonly creditsAfter: Float64Array;
  readonly sums: readonly LayoutSum[];
  /** Free units that are in every combination all the same, by layer (a rule makes them so). */
  readonly must: UnitSet;
  /** Words of a set of layers. */
  readonly words: number;
  /** What each layer's decision does to the clauses that it stands in. */
  readonly touches: readonly (readonly Clause[])[];
  /** Bits that the clauses' state needs, and the words they are kept in. */
  readonly clauseBits: number;
  readonly clauseWords: number;
};

export type LayoutGroup = {
  /** Layers from `first` to before `end`. */
  readonly first: number;
  readonly end: number;
  readonly mask: UnitSet;
  /** Bounds on the number of units, tightened by what the credits imply. */
  readonly min: number;
  readonly max: number;
  /** `null` where the units' credits are equal or unbounded, so that counting units says it all. */
  readonly credits: Bounds | null;
};

/** A sum over the whole combination that has bounds: its credits, or its credits at one level. */
export type LayoutSum = {
  /** What each layer adds when its unit is taken. */
  readonly adds: Float64Array;
  /** What the forced units add. */
  readonly base: number;
  readonly min: number;
  readonly max: number;
  /** The least and the most that the layers from `i` on can add, as far as the groups' numbers of units tell. */
  readonly restMin: Float64Array;
  readonly restMax: Float64Array;
};

/**
 * @param weight by unit, how much it covers: wanted where worst combinations are, since it decides the layers' order.
 * @returns `null` when the rules plainly permit no combination.
 */
export const layOut = (question: CoverageQuestion, position: number, weight: Int32Array | null): Layout | null => {
  const pathway = question.pathways[position];
  if (!pathway) throw new RangeError(`There is no pathway ${position}`);
  const settled = settleUnits(question, pathway);
  if (!settled) return null;
  const { value, clauses } = settled;

  const units: number[] = [];
  const groups: Omit<LayoutGroup, 'mask'>[] = [];
  const available = pathway.groups.map((group) => group.from.filter((unit) => value[unit] !== -1));
  for (const [index, from] of orderLayers(available, clauses, weight).entries()) {
    const bounds = countBounds(question, from, pathway.groups[index]);
    if (!bounds) return null;
    const first = units.length;
    for (const unit of from) units.push(unit);
    groups.push({ first, end: units.length, ...bounds });
  }

  const words = wordsFor(units.length);
  const layerOf = new Int32Array(question.units.length).fill(-1);
  const groupOf = new Int32Array(units.length);
  const must = emptySet(words);
  const unitCredits = new Float64Array(units.length);
  const creditsAfter = new Float64Array(units.length);
  let totalCredits = 0;
  const laidGroups = groups.map((group, index): LayoutGroup => {
    const mask = emptySet(words);
    let after = 0;
    for (let layer = group.end - 1; layer >= group.first; layer -= 1) {
      const unit = units[layer] ?? -1;
      const credits = question.units[unit]?.credits ?? 0;
      layerOf[unit] = layer;
      groupOf[layer] = index;
      add(mask, layer);
      if (value[unit] === 1) add(must, layer);
      unitCredits[layer] = credits;
      creditsAfter[layer] = after;
      after += credits;
    }
    totalCredits += after;
    return { ...group, mask };
  });
  const forced = [...pathway.mandatory].sort((one, other) => one - other);
  const sums = layoutSums(question, forced, units, laidGroups);
  if (!sums) return null;
  return {
    pathway: position,
    forced,
    units,
    layerOf,
    groups: laidGroups,
    groupOf,
    unitCredits,
    totalCredits,
    creditsAfter,
    sums,
    must,
    words,
    ...addClauses(clauses, layerOf, units.length),
  };
};

/** Bounds on how many of these units are taken; what the credit bounds mean for that number is counted in. */
const countBounds = (
  question: CoverageQuestion,
  from: readonly number[],
  group: Group | undefined,
): Pick<LayoutGroup, 'min' | 'max' | 'credits'> | null => {
  if (!group) throw new RangeError('There are more lists of units than groups');
  let { min } = group.units;
  let max = Math.min(group.units.max, from.length);
  let bounds: Bounds | null = null;
  if (areBinding(group.credits)) {
    const credits = from.map((unit) => question.units[unit]?.credits ?? 0);
    const total = credits.reduce((sum, one) => sum + one, 0);
    if (group.credits.min > total || group.credits.max < 0) return null;
    if (group.credits.min > 0 || group.credits.max < total) {
      credits.sort((one, other) => one - other);
      min = Math.max(min, fewestReaching([...credits].reverse(), group.credits.min));
      max = Math.min(max, mostWithin(credits, group.credits.max));
      if (credits[0] !== credits.at(-1)) bounds = group.credits;
    }
  }
  return min > max ? null : { min, max, credits: bounds };
};

/** Whether bounds on a sum of credits can rule anything out. */
const areBinding = (bounds: Bounds): boolean => bounds.min > 0 || bounds.max !== Number.POSITIVE_INFINITY;

const fewestReaching = (descending: readonly number[], least: number): number => {
  let sum = 0;
  let count = 0;
  while (sum < least && count < descending.length) {
    sum += descending[count] ?? 0;
    count += 1;
  }
  return count;
};

const mostWithin = (ascending: readonly number[], most: number): number => {
  let sum = 0;
  let count = 0;
  while (count < ascending.length && sum + (ascending[count] ?? 0) <= most) {
    sum += ascending[count] ?? 0;
    count += 1;
  }
  return count;
};

/** The bounded sums that the choices decide; `null` when some bounds hold for no choice. */
const layoutSums = (
  question: CoverageQuestion,
  forced: readonly number[],
  units: readonly number[],
  groups: readonly LayoutGroup[],
): readonly LayoutSum[] | null => {
  const sums: LayoutSum[] = [];
  for (const { level, credits } of [{ level: null, credits: question.credits }, ...question.levels]) {
    if (!areBinding(credits)) continue;
    const creditsOf = (unit: number | undefined): number => {
      const one = question.units[unit ?? -1];
      return one && (level === null || one.level === level) ? one.credits : 0;
    };
    let base = 0;
    for (const unit of forced) base += creditsOf(unit);
    const adds = new Float64Array(units.length);
    for (let layer = 0; layer < units.length; layer += 1) adds[layer] = creditsOf(units[layer]);
    const sum = layoutSum(credits, base, adds, groups);
    if (sum === 'broken') return null;
    if (sum !== 'idle') sums.push(sum);
  }
  return sums;
};

/** `idle`: the bounds hold for every choice. `broken`: for none. */
const layoutSum = (
  bounds: Bounds,
  base: number,
  adds: Float64Array,
  groups: readonly Omit<LayoutGroup, 'mask'>[],
): LayoutSum | 'idle' | 'broken' => {
  let least = base;
  let most = base;
  for (const group of groups) {
    const descending = adds.slice(group.first, group.end).sort().reverse();
    most += sumOf(descending, 0, Math.min(group.max, descending.length));
    least += sumOf(descending, descending.length - group.min, descending.length);
  }
  if (bounds.min <= least && bounds.max >= most) return 'idle';
  if (bounds.min > most || bounds.max < least) return 'broken';
  return { adds, base, min: bounds.min, max: bounds.max, ...restBounds(adds, groups) };
};

/** By layer, the least and the most that it and those after it can add: later groups as a whole, of its own the most alone. */
const restBounds = (
  adds: Float64Array,
  groups: readonly Omit<LayoutGroup, 'mask'>[],
): Pick<LayoutSum, 'restMin' | 'restMax'> => {
  const restMin = new Float64Array(adds.length + 1);
  const restMax = new Float64Array(adds.length + 1);
  let laterMin = 0;
  let laterMax = 0;
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    const group = groups[index];
    if (!group) continue;
    // The largest of the layers seen so far, as many as may be taken, in descending order.
    const largest: number[] = [];
    let sum = 0;
    for (let layer = group.end - 1; layer >= group.first; layer -= 1) {
      const credits = adds[layer] ?? 0;
      let place = Math.min(largest.length, group.max);
      if (place < group.max) sum += credits;
      else if (place > 0 && credits > (largest[place - 1] ?? 0)) {
        place -= 1;
        sum += credits - (largest[place] ?? 0);
      } else place = -1;
      for (; place > 0 && (largest[place - 1] ?? 0) < credits; place -= 1) largest[place] = largest[place - 1] ?? 0;
      if (place >= 0) largest[place] = credits;
      restMax[layer] = laterMax + sum;
      restMin[layer] = laterMin;
    }
    laterMax += sum;
    const ascending = adds.slice(group.first, group.end).sort();
    laterMin += sumOf(ascending, 0, group.min);
    restMin[group.first] = laterMin;
  }
  return { restMin, restMax };
};

const sumOf = (numbers: ArrayLike<number>, from: number, to: number): number => {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += numbers[at] ?? 0;
  return sum;
};
