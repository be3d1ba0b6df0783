import { bitsPerWord } from './clauses.ts';
import type { Layout } from './layout.ts';
import { has, type UnitSet } from './unit-set.ts';

/**
 * Walking a layout's layers. A state is what the decisions so far mean for those to come, and nothing else: the
 * current group's number of units and credits, the bounded sums, and which clauses are open with nothing yet to
 * satisfy them. A number that can no longer break its bounds, whatever follows, is `settled`, so that states which
 * differ in it alone are one. See docs/algorithms/coverage.md, "States".
 */
const settled = -1;

const countAt = 0;
const creditsAt = 1;
const sumsAt = 2;

export const stateSize = (layout: Layout): number => sumsAt + layout.sums.length + layout.clauseWords;

/** Of one state among `states`, the units taken from the current group; `null` where their number is settled. */
export const countOf = (states: Float64Array | undefined, state: number, layout: Layout): number | null => {
  const count = states?.[state * stateSize(layout) + countAt] ?? settled;
  return count === settled ? null : count;
};

/** Of one state among `states`, what a bounded sum has come to; `null` where it is settled. */
export const sumOf = (
  states: Float64Array | undefined,
  state: number,
  index: number,
  layout: Layout,
): number | null => {
  const sum = states?.[state * stateSize(layout) + sumsAt + index] ?? settled;
  return sum === settled ? null : sum;
};

/** @returns the bounded number in its settled form, or `null` when its bounds can no longer be kept. */
const within = (value: number, min: number, max: number, restMin: number, restMax: number): number | null => {
  if (value + restMax < min || value + restMin > max) return null;
  return value + restMin >= min && value + restMax <= max ? settled : value;
};

/** Writes the state before the first layer. @returns whether any combination can follow it, as far as it tells. */
export const startState = (layout: Layout, states: Float64Array): boolean => {
  states.fill(0, 0, stateSize(layout));
  for (let index = 0; index < layout.sums.length; index += 1) {
    const sum = layout.sums[index];
    if (!sum) continue;
    const kept = within(sum.base, sum.min, sum.max, sum.restMin[0] ?? 0, sum.restMax[0] ?? 0);
    if (kept === null) return false;
    states[sumsAt + index] = kept;
  }
  return true;
};

/**
 * Takes one decision.
 *
 * @param at where the state before the layer stands in `from`.
 * @param to where the state after it is written in `into`.
 * @returns false when no permitted combination decides so from that state, as far as the layer tells.
 */
export const step = (
  layout: Layout,
  layer: number,
  take: 0 | 1,
  from: Float64Array,
  at: number,
  into: Float64Array,
  to: number,
): boolean => {
  const group = layout.groups[layout.groupOf[layer] ?? 0];
  if (!group) throw new RangeError(`There is no layer ${layer}`);
  const rest = group.end - layer - 1;

  let count: number | null = from[at + countAt] ?? 0;
  if (count !== settled) {
    count = within(count + take, group.min, group.max, 0, rest);
    if (count === null) return false;
  }
  let credits: number | null = from[at + creditsAt] ?? 0;
  if (group.credits && credits !== settled) {
    const adds = layout.unitCredits;
    credits += take * (adds[layer] ?? 0);
    credits = within(credits, group.credits.min, group.credits.max, 0, layout.creditsAfter[layer] ?? 0);
    if (credits === null) return false;
  }
  into[to + countAt] = rest === 0 ? 0 : count;
  into[to + creditsAt] = rest === 0 ? 0 : credits;

  const sums = layout.sums;
  for (let index = 0; index < sums.length; index += 1) {
    const sum = sums[index];
    if (!sum) continue;
    const before = from[at + sumsAt + index] ?? 0;
    if (before === settled) {
      into[to + sumsAt + index] = settled;
      continue;
    }
    const kept = within(
      before + take * (sum.adds[layer] ?? 0),
      sum.min,
      sum.max,
      sum.restMin[layer + 1] ?? 0,
      sum.restMax[layer + 1] ?? 0,
    );
    if (kept === null) return false;
    into[to + sumsAt + index] = kept;
  }

  const clausesAt = sumsAt + sums.length;
  for (let word = 0; word < layout.clauseWords; word += 1)
    into[to + clausesAt + word] = from[at + clausesAt + word] ?? 0;
  const touches = layout.touches[layer] ?? [];
  for (let index = 0; index < touches.length; index += 1) {
    const clause = touches[index];
    if (!clause) continue;
    const place = to + clausesAt + clause.word;
    const bits = into[place] ?? 0;
    const open = (clause.first || (bits & clause.bit) !== 0) && take !== clause.satisfiedBy;
    if (clause.last && open) return false;
    into[place] = open && !clause.last ? bits | clause.bit : bits & ~clause.bit;
  }
  return true;
};

/** A function that gives states of one layer their keys: equal keys, equal states. */
export const keyMaker = (layout: Layout): ((states: Float64Array, at: number) => number | string) => {
  const largestGroup = layout.groups.reduce((most, group) => Math.max(most, group.end - group.first), 0);
  const largestCredits = layout.groups.reduce(
    (most, group) => Math.max(most, group.credits ? layout.totalCredits : 0),
    0,
  );
  const radices = [
    largestGroup + 2,
    largestCredits + 2,
    ...layout.sums.map((sum) => sum.base + (sum.restMax[0] ?? 0) + 2),
    ...Array.from(
      { length: layout.clauseWords },
      (_, word) => 2 ** Math.min(bitsPerWord, layout.clauseBits - word * bitsPerWord) + 1,
    ),
  ];
  const size = radices.length;
  if (radices.reduce((product, radix) => product * radix, 1) < Number.MAX_SAFE_INTEGER)
    return (states, at) => {
      let key = 0;
      for (let index = 0; index < size; index += 1) key = key * (radices[index] ?? 1) + (states[at + index] ?? 0) + 1;
      return key;
    };
  return (states, at) => states.subarray(at, at + size).join();
};

/** Dead ends are remembered once a search has turned back so often: easy searches never get there. */
const turnsBeforeMemory = 64;
/** Dead ends remembered at the most, against a search that would eat the memory before its time is up. */
const deadEndsKept = 2_000_000;
const turnsPerClockLook = 256;

/**
 * Looks for a permitted combination that takes all of `must` and none of `ban`: depth first through the layers,
 * never twice into a state that led nowhere.
 *
 * @returns the layers that are taken; `null` when there is none; `late` when the time ended first.
 */
export const findPermitted = (
  layout: Layout,
  ban: UnitSet,
  must: UnitSet,
  outOfTime: () => boolean,
): readonly number[] | null | 'late' => {
  const layers = layout.units.length;
  const size = stateSize(layout);
  const states = new Float64Array((layers + 1) * size);
  if (!startState(layout, states)) return null;
  const first = new Int8Array(layers);
  const tried = new Int8Array(layers);
  const dead: Set<number | string>[] = [];
  let key: ((states: Float64Array, at: number) => number | string) | null = null;
  let turns = 0;
  let layer = 0;
  while (layer < layers) {
    const round = tried[layer] ?? 0;
    if (round === 0) first[layer] = has(ban, layer) ? 0 : 1;
    if (round < 2) {
      tried[layer] = round + 1;
      const take = (round === 0 ? first[layer] : 1 - (first[layer] ?? 0)) as 0 | 1;
      if (take === 1 ? has(ban, layer) : has(must, layer) || has(layout.must, layer)) continue;
      const to = (layer + 1) * size;
      if (!step(layout, layer, take, states, layer * size, states, to)) continue;
      if (key && layer + 1 < layers && dead[layer + 1]?.has(key(states, to))) continue;
      layer += 1;
      if (layer < layers) tried[layer] = 0;
      continue;
    }
    turns += 1;
    if (turns % turnsPerClockLook === 0 && outOfTime()) return 'late';
    if (turns > turnsBeforeMemory && turns < deadEndsKept) {
      key ??= keyMaker(layout);
      dead[layer] ??= new Set();
      dead[layer]?.add(key(states, layer * size));
    }
    layer -= 1;
    if (layer < 0) return null;
  }
  const taken: number[] = [];
  for (let index = 0; index < layers; index += 1) {
    const second = tried[index] === 2;
    if ((first[index] ?? 0) === (second ? 0 : 1)) taken.push(index);
  }
  return taken;
};
