import { type Diagram, waysOpen } from './diagram.ts';
import type { Layout } from './layout.ts';
import { type CoverItem, type CoverItems, leastStillCovered } from './least-still-covered.ts';
import { add, emptySet, has, isEmpty, isWithin, membersOf, setOf, type UnitSet, wordsFor } from './unit-set.ts';

/**
 * The permitted combination that covers the fewest KSBs: depth first through the diagram, leaving a branch as soon as
 * a bound shows that nothing below it covers fewer than the best found. See docs/algorithms/coverage.md,
 * "The combination that covers the fewest".
 */
export type CoverProblem = CoverItems & {
  readonly diagram: Diagram;
  readonly itemWords: number;
  readonly itemsOf: readonly UnitSet[];
  /** By layer, earlier layers of units that could stand in for it in any combination and cover no more. */
  readonly better: readonly (readonly number[])[];
};

export const coverProblem = (
  diagram: Diagram,
  items: readonly CoverItem[],
  keepOpen: readonly (readonly number[])[],
): CoverProblem => {
  const { layout } = diagram;
  const itemWords = wordsFor(items.length);
  const itemsOf = layout.units.map(() => emptySet(itemWords));
  items.forEach((item, index) => {
    for (const layer of membersOf(item.layers)) {
      const own = itemsOf[layer];
      if (own) add(own, index);
    }
  });
  return {
    diagram,
    items,
    keepOpen: keepOpen.map((list) => setOf(itemWords, list)),
    itemWords,
    itemsOf,
    better: interchangeable(layout, itemsOf),
  };
};

/** Longest list of better units kept for one: a bound on the work, any shorter list is as right. */
const betterKept = 12;

const interchangeable = (layout: Layout, itemsOf: readonly UnitSet[]): readonly (readonly number[])[] =>
  layout.units.map((_, layer) => {
    const group = layout.groups[layout.groupOf[layer] ?? 0];
    if (!group || has(layout.must, layer) || (layout.touches[layer]?.length ?? 0) > 0) return [];
    const better: number[] = [];
    for (let other = group.first; other < layer && better.length < betterKept; other += 1) {
      const same =
        (layout.touches[other]?.length ?? 0) === 0 &&
        layout.unitCredits[other] === layout.unitCredits[layer] &&
        layout.sums.every((sum) => sum.adds[other] === sum.adds[layer]);
      if (same && isWithin(itemsOf[other] ?? emptySet(0), itemsOf[layer] ?? emptySet(0))) better.push(other);
    }
    return better;
  });

export type Fewest = { readonly covered: number; readonly layers: readonly number[] };

/** `best` is `null` where no combination covers so few; with `late` there may be better ones than it. */
export type FewestFound = { readonly best: Fewest | null; readonly late: boolean };

const nodesPerClockLook = 256;

/**
 * @param ban layers that are not taken; @param must layers that are.
 * @param below only combinations that cover fewer than this are of interest.
 * @param first take the first such combination rather than the best.
 */
export const findFewest = (
  problem: CoverProblem,
  ban: UnitSet,
  must: UnitSet,
  below: number,
  first: boolean,
  outOfTime: () => boolean,
): FewestFound => {
  const { diagram, items, itemsOf, itemWords, keepOpen, better } = problem;
  const { layout } = diagram;
  const layers = layout.units.length;
  const open = waysOpen(diagram, ban, must);
  if (open[0]?.[0] !== 1) return { best: null, late: false };
  const bound = leastStillCovered(diagram, problem, ban);

  const covered: UnitSet[] = Array.from({ length: layers + 1 }, () => emptySet(itemWords));
  const cost = new Float64Array(layers + 1);
  const state = new Int32Array(layers + 1);
  /** 0: take is to be tried; 1: skip is; 2: both were. */
  const phase = new Int8Array(layers + 1);
  const taken = new Uint8Array(layers);
  let best: Fewest | null = null;
  let limit = below;
  let nodes = 0;
  let layer = 0;
  if (layers === 0)
    return { best: keepOpen.some(isEmpty) || limit <= 0 ? null : { covered: 0, layers: [] }, late: false };

  while (layer >= 0) {
    if (layer === layers) {
      best = { covered: cost[layer] ?? 0, layers: layersTaken(taken) };
      if (first) return { best, late: false };
      limit = best.covered;
      layer -= 1;
      continue;
    }
    const round = phase[layer] ?? 0;
    if (round === 2) {
      phase[layer] = 0;
      layer -= 1;
      continue;
    }
    phase[layer] = round + 1;
    const here = state[layer] ?? 0;
    const take = round === 0;
    const next = (take ? diagram.take : diagram.skip)[layer]?.[here] ?? -1;
    if (next < 0 || open[layer + 1]?.[next] !== 1) continue;
    if (take ? has(ban, layer) : has(must, layer)) continue;
    if (take && !has(must, layer)) {
      // A unit that covers no more was left out: the combination with it instead covers no more either.
      const others = better[layer] ?? [];
      let pointless = false;
      for (let index = 0; index < others.length && !pointless; index += 1) {
        const other = others[index] ?? 0;
        pointless = taken[other] === 0 && !has(ban, other);
      }
      if (pointless) continue;
    }
    taken[layer] = take ? 1 : 0;
    const before = covered[layer] ?? emptySet(itemWords);
    const after = covered[layer + 1] ?? emptySet(itemWords);
    let total = cost[layer] ?? 0;
    if (take) {
      const own = itemsOf[layer] ?? emptySet(itemWords);
      for (let word = 0; word < itemWords; word += 1) {
        const fresh = (own[word] ?? 0) & ~(before[word] ?? 0);
        after[word] = (before[word] ?? 0) | fresh;
        for (let rest = fresh; rest !== 0; rest &= rest - 1)
          total += items[(word << 5) + 31 - Math.clz32(rest & -rest)]?.weight ?? 0;
      }
    } else after.set(before);
    if (total >= limit) continue;
    nodes += 1;
    if (nodes % nodesPerClockLook === 0 && outOfTime()) return { best, late: true };
    if (take && keepOpen.some((list) => isWithin(list, after))) continue;
    if (total + bound(layer + 1, next, after, limit - total) >= limit) continue;
    state[layer + 1] = next;
    cost[layer + 1] = total;
    layer += 1;
    if (layer < layers) phase[layer] = 0;
  }
  return { best, late: false };
};

const layersTaken = (taken: Uint8Array): number[] => {
  const layers: number[] = [];
  taken.forEach((one, layer) => {
    if (one === 1) layers.push(layer);
  });
  return layers;
};
