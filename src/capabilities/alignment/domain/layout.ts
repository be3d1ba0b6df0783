import { addClauses, type Clause, settleUnits } from './clauses.ts';
import type { Bounds, CoverageQuestion } from './coverage-question.ts';
import { add, setOf, type UnitSet, wordsFor } from './unit-set.ts';

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

/** @returns `null` when the rules plainly permit no combination. */
export const layOut = (question: CoverageQuestion, position: number, weight: Int32Array): Layout | null => {
  const pathway = question.pathways[position];
  if (!pathway) throw new RangeError(`There is no pathway ${position}`);
  const settled = settleUnits(question, pathway);
  if (!settled) return null;
  const { value, clauses } = settled;

  const units: number[] = [];
  const groupOf: number[] = [];
  const groups: Omit<LayoutGroup, 'mask'>[] = [];
  for (const group of pathway.groups) {
    // Units that cover little come first, so that the search for the worst combination meets good candidates early.
    const from = group.from
      .filter((unit) => value[unit] !== -1)
      .sort((one, other) => (weight[one] ?? 0) - (weight[other] ?? 0) || one - other);
    const bounds = countBounds(
      from.map((unit) => question.units[unit]?.credits ?? 0),
      group.units,
      group.credits,
    );
    if (!bounds) return null;
    const first = units.length;
    for (const unit of from) {
      units.push(unit);
      groupOf.push(groups.length);
    }
    groups.push({ first, end: units.length, ...bounds });
  }

  const words = wordsFor(units.length);
  const layerOf = new Int32Array(question.units.length).fill(-1);
  units.forEach((unit, layer) => {
    layerOf[unit] = layer;
  });
  const forced = [...pathway.mandatory].sort((one, other) => one - other);
  const laidGroups = groups.map((group): LayoutGroup => {
    const mask = new Int32Array(words);
    for (let layer = group.first; layer < group.end; layer += 1) add(mask, layer);
    return { ...group, mask };
  });

  const sums: LayoutSum[] = [];
  const addSum = (bounds: Bounds, counts: (unit: number) => boolean): boolean => {
    const credits = (unit: number) => (counts(unit) ? (question.units[unit]?.credits ?? 0) : 0);
    const sum = layoutSum(
      bounds,
      forced.reduce((total, unit) => total + credits(unit), 0),
      Float64Array.from(units, credits),
      laidGroups,
    );
    if (sum === 'broken') return false;
    if (sum !== 'idle') sums.push(sum);
    return true;
  };
  if (!addSum(question.credits, () => true)) return null;
  for (const { level, credits } of question.levels)
    if (!addSum(credits, (unit) => question.units[unit]?.level === level)) return null;

  const unitCredits = Float64Array.from(units, (unit) => question.units[unit]?.credits ?? 0);
  const creditsAfter = new Float64Array(units.length);
  for (const group of groups)
    for (let layer = group.end - 2; layer >= group.first; layer -= 1)
      creditsAfter[layer] = (creditsAfter[layer + 1] ?? 0) + (unitCredits[layer + 1] ?? 0);
  const { touches, clauseBits, clauseWords } = addClauses(clauses, layerOf, units.length);
  return {
    pathway: position,
    forced,
    units,
    layerOf,
    groups: laidGroups,
    groupOf: Int32Array.from(groupOf),
    unitCredits,
    totalCredits: unitCredits.reduce((total, one) => total + one, 0),
    creditsAfter,
    sums,
    must: setOf(
      words,
      units.flatMap((unit, layer) => (value[unit] === 1 ? [layer] : [])),
    ),
    words,
    touches,
    clauseBits,
    clauseWords,
  };
};

/** Bounds on how many of these units are taken; what the credit bounds mean for that number is counted in. */
const countBounds = (
  credits: readonly number[],
  units: Bounds,
  bounds: Bounds,
): Pick<LayoutGroup, 'min' | 'max' | 'credits'> | null => {
  const total = credits.reduce((sum, one) => sum + one, 0);
  const idle = bounds.min <= 0 && bounds.max >= total;
  const ascending = [...credits].sort((one, other) => one - other);
  let min = units.min;
  let max = Math.min(units.max, credits.length);
  if (!idle) {
    if (bounds.min > total || bounds.max < 0) return null;
    min = Math.max(min, fewestReaching([...ascending].reverse(), bounds.min));
    max = Math.min(max, mostWithin(ascending, bounds.max));
  }
  if (min > max) return null;
  const equal = credits.every((one) => one === credits[0]);
  return { min, max, credits: idle || equal ? null : bounds };
};

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
    // The largest of the layers seen so far, as many as may be taken, kept in descending order.
    const largest: number[] = [];
    let sum = 0;
    for (let layer = group.end - 1; layer >= group.first; layer -= 1) {
      const add = adds[layer] ?? 0;
      let place = largest.length;
      while (place > 0 && (largest[place - 1] ?? 0) < add) place -= 1;
      if (place < group.max) {
        largest.splice(place, 0, add);
        sum += add;
        if (largest.length > group.max) sum -= largest.pop() ?? 0;
      }
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
