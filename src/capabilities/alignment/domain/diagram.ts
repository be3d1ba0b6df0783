import type { Layout } from './layout.ts';
import { has, type UnitSet } from './unit-set.ts';
import { keyMaker, startState, stateSize, step } from './walk.ts';

/**
 * Every permitted combination of a pathway at once: the states of each layer, and where each decision leads from
 * each of them. A combination is a way through from the one state before the first layer to the one after the last.
 * Its size grows with the number of different states, not of combinations. See docs/algorithms/coverage.md, "Diagram".
 */
export type Diagram = {
  readonly layout: Layout;
  /** By layer and state: the state of the next layer that a decision leads to; -1: it leads nowhere. */
  readonly skip: readonly Int32Array[];
  readonly take: readonly Int32Array[];
  /** By layer, the states themselves: what a bound on the rest of the way needs to know. */
  readonly states: readonly Float64Array[];
  readonly stateSize: number;
};

/** States a diagram may have: some 150 bytes each with all that belongs to them. Above it the answer is `unsettled`. */
const mostStates = 1_000_000;
const statesPerClockLook = 2048;

/**
 * @returns the diagram, with dead ends cut off; `null` when the pathway permits no combination; `late` when the time
 *   or the room for states ended first.
 */
export const drawDiagram = (layout: Layout, outOfTime: () => boolean): Diagram | null | 'late' => {
  const size = stateSize(layout);
  const layers = layout.units.length;
  const start = new Float64Array(size);
  if (!startState(layout, start)) return null;
  const keyOf = keyMaker(layout);
  const skip: Int32Array[] = [];
  const take: Int32Array[] = [];
  const states: Float64Array[] = [start];
  const next = new Float64Array(size);
  let drawn = 0;
  for (let layer = 0; layer < layers; layer += 1) {
    const here = states[layer] ?? start;
    const count = here.length / size;
    const indexByKey = new Map<number | string, number>();
    const skips = new Int32Array(count).fill(-1);
    const takes = new Int32Array(count).fill(-1);
    const found: number[] = [];
    const lead = (index: number, decision: 0 | 1): number => {
      if (!step(layout, layer, decision, here, index * size, next, 0)) return -1;
      const key = keyOf(next, 0);
      const known = indexByKey.get(key);
      if (known !== undefined) return known;
      const fresh = indexByKey.size;
      indexByKey.set(key, fresh);
      for (let place = 0; place < size; place += 1) found.push(next[place] ?? 0);
      return fresh;
    };
    const mustTake = has(layout.must, layer);
    for (let index = 0; index < count; index += 1) {
      drawn += 1;
      if (drawn % statesPerClockLook === 0 && (drawn > mostStates || outOfTime())) return 'late';
      if (!mustTake) skips[index] = lead(index, 0);
      takes[index] = lead(index, 1);
    }
    if (indexByKey.size === 0) return null;
    skip.push(skips);
    take.push(takes);
    states.push(Float64Array.from(found));
  }
  const diagram: Diagram = { layout, skip, take, states, stateSize: size };
  return cutDeadEnds(diagram) ? diagram : null;
};

const cutDeadEnds = (diagram: Diagram): boolean => {
  const alive = waysOpen(diagram, null, null);
  if (alive[0]?.[0] !== 1) return false;
  diagram.skip.forEach((skips, layer) => {
    const takes = diagram.take[layer];
    const after = alive[layer + 1];
    for (let index = 0; index < skips.length; index += 1) {
      if (after?.[skips[index] ?? -1] !== 1) skips[index] = -1;
      if (takes && after?.[takes[index] ?? -1] !== 1) takes[index] = -1;
    }
  });
  return true;
};

/** By layer and state: whether a combination that takes none of `ban` and all of `must` goes on from there. */
export const waysOpen = (diagram: Diagram, ban: UnitSet | null, must: UnitSet | null): readonly Uint8Array[] => {
  const layers = diagram.layout.units.length;
  const open: Uint8Array[] = new Array(layers + 1);
  open[layers] = new Uint8Array((diagram.states[layers]?.length ?? 0) / diagram.stateSize).fill(1);
  for (let layer = layers - 1; layer >= 0; layer -= 1) {
    const after = open[layer + 1] ?? new Uint8Array();
    const skips = diagram.skip[layer] ?? new Int32Array();
    const takes = diagram.take[layer] ?? new Int32Array();
    const mayTake = !ban || !has(ban, layer);
    const maySkip = !must || !has(must, layer);
    const here = new Uint8Array(skips.length);
    for (let index = 0; index < here.length; index += 1) {
      const skip = skips[index] ?? -1;
      const take = takes[index] ?? -1;
      if ((maySkip && skip >= 0 && after[skip] === 1) || (mayTake && take >= 0 && after[take] === 1)) here[index] = 1;
    }
    open[layer] = here;
  }
  return open;
};

/** Whether some permitted combination takes none of `ban`. */
export const avoids = (diagram: Diagram, ban: UnitSet): boolean => waysOpen(diagram, ban, null)[0]?.[0] === 1;

/** By layer and state: how many ways through go on from there. The first is the number of combinations. */
export type Ways = readonly (readonly bigint[])[];

export const countWays = (diagram: Diagram, outOfTime: () => boolean): Ways | 'late' => {
  const layers = diagram.layout.units.length;
  const ways: bigint[][] = new Array(layers + 1);
  ways[layers] = new Array((diagram.states[layers]?.length ?? 0) / diagram.stateSize).fill(1n);
  let counted = 0;
  for (let layer = layers - 1; layer >= 0; layer -= 1) {
    const after = ways[layer + 1] ?? [];
    const skips = diagram.skip[layer] ?? new Int32Array();
    const takes = diagram.take[layer] ?? new Int32Array();
    const here: bigint[] = new Array(skips.length);
    for (let index = 0; index < here.length; index += 1) {
      counted += 1;
      if (counted % statesPerClockLook === 0 && outOfTime()) return 'late';
      const skip = skips[index] ?? -1;
      const take = takes[index] ?? -1;
      here[index] = (skip >= 0 ? (after[skip] ?? 0n) : 0n) + (take >= 0 ? (after[take] ?? 0n) : 0n);
    }
    ways[layer] = here;
  }
  return ways;
};

/** Layers whose unit is taken on some way through, and on every one. */
export const unitUse = (
  diagram: Diagram,
): { readonly some: readonly boolean[]; readonly every: readonly boolean[] } => {
  // After the dead ends are cut, a decision that leads anywhere lies on a way through if its state is reached.
  const reached: Uint8Array[] = diagram.states.map((states) => new Uint8Array(states.length / diagram.stateSize));
  if (reached[0]) reached[0][0] = 1;
  const some: boolean[] = [];
  const every: boolean[] = [];
  diagram.skip.forEach((skips, layer) => {
    const takes = diagram.take[layer];
    const here = reached[layer];
    const after = reached[layer + 1];
    let taken = false;
    let skipped = false;
    for (let index = 0; index < skips.length; index += 1) {
      if (here?.[index] !== 1) continue;
      const skip = skips[index] ?? -1;
      const take = takes?.[index] ?? -1;
      if (skip >= 0 && after) {
        skipped = true;
        after[skip] = 1;
      }
      if (take >= 0 && after) {
        taken = true;
        after[take] = 1;
      }
    }
    some.push(taken);
    every.push(taken && !skipped);
  });
  return { some, every };
};
