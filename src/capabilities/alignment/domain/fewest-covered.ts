import { type Diagram, waysOpen } from './diagram.ts';
import type { Layout } from './layout.ts';
import { add, bitCount, emptySet, has, isWithin, membersOf, type UnitSet, wordsFor } from './unit-set.ts';

/**
 * The permitted combination that covers the fewest KSBs: depth first through the diagram, leaving a branch as soon as
 * a bound shows that nothing below it covers fewer than the best found. See docs/algorithms/coverage.md,
 * "The combination that covers the fewest".
 */
export type CoverProblem = {
  readonly diagram: Diagram;
  /** Sets of layers of which taking one covers; KSBs with the same set are one item with their number as its weight. */
  readonly items: readonly { readonly layers: UnitSet; readonly weight: number }[];
  /** Lists of items of which at least one must stay uncovered. */
  readonly keepOpen: readonly (readonly number[])[];
  readonly itemWords: number;
  readonly itemsOf: readonly UnitSet[];
  /** By layer, earlier layers of units that could stand in for it in any combination and cover no more. */
  readonly better: readonly (readonly number[])[];
};

export const coverProblem = (
  diagram: Diagram,
  items: CoverProblem['items'],
  keepOpen: CoverProblem['keepOpen'],
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
  return { diagram, items, keepOpen, itemWords, itemsOf, better: interchangeable(layout, itemsOf) };
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

const nodesPerClockLook = 256;
/** Sums of fractions are compared with this much room for rounding. */
const rounding = 1e-9;

/**
 * @param ban layers that are not taken; @param must layers that are.
 * @param below only combinations that cover fewer than this are of interest.
 * @param first take the first such combination rather than the best.
 * @returns the combination; `null` when there is none; `late` when the time ended first.
 */
export const findFewest = (
  problem: CoverProblem,
  ban: UnitSet,
  must: UnitSet,
  below: number,
  first: boolean,
  outOfTime: () => boolean,
): Fewest | null | 'late' => {
  const { diagram, items, itemsOf, itemWords, keepOpen, better } = problem;
  const { layout } = diagram;
  const layers = layout.units.length;
  const open = waysOpen(diagram, ban, must);
  if (open[0]?.[0] !== 1) return null;
  const bound = boundMaker(problem, ban);

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
  if (layers === 0) return keepOpen.some((list) => list.length === 0) || limit <= 0 ? null : { covered: 0, layers: [] };

  while (layer >= 0) {
    if (layer === layers) {
      best = { covered: cost[layer] ?? 0, layers: layersTaken(taken) };
      if (first) return best;
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
    if (nodes % nodesPerClockLook === 0 && outOfTime()) return 'late';
    if (take && keepOpen.some((list) => list.every((item) => has(after, item)))) continue;
    if (total + bound(layer + 1, next, after) >= limit) continue;
    state[layer + 1] = next;
    cost[layer + 1] = total;
    layer += 1;
    if (layer < layers) phase[layer] = 0;
  }
  return best;
};

const layersTaken = (taken: Uint8Array): number[] => {
  const layers: number[] = [];
  taken.forEach((one, layer) => {
    if (one === 1) layers.push(layer);
  });
  return layers;
};

/**
 * The least that the rest of the way must cover more. Each open item is shared out among the units that could still
 * cover it, by at most as many as are still to be picked: a unit's share is never more than what it adds, so any
 * picks add at least the smallest shares (a dual solution of the covering relaxation). Where a sum of credits must
 * still be reached, the cheapest shares by credit bound it in the same way.
 */
const boundMaker = (problem: CoverProblem, ban: UnitSet) => {
  const { diagram, items, itemWords } = problem;
  const { layout, stateSize } = diagram;
  const layers = layout.units.length;
  const share = new Float64Array(layers);
  const rest = emptySet(layout.words);
  const picks = new Int32Array(layout.groups.length);

  return (layer: number, state: number, covered: UnitSet): number => {
    if (layer >= layers) return 0;
    const states = diagram.states[layer];
    let needed = 0;
    const current = layout.groupOf[layer] ?? 0;
    for (let index = current; index < layout.groups.length; index += 1) {
      const group = layout.groups[index];
      if (!group) continue;
      const count = index === current && layer > group.first ? (states?.[state * stateSize] ?? 0) : 0;
      picks[index] = count < 0 ? 0 : Math.max(0, group.min - count);
      needed += picks[index] ?? 0;
    }
    const deficits = layout.sums.map((sum, index) => {
      const value = states?.[state * stateSize + 2 + index] ?? -1;
      return value < 0 ? 0 : Math.max(0, sum.min - value);
    });
    const sumsNeed = deficits.some((deficit) => deficit > 0);
    if (needed === 0 && !sumsNeed) return 0;

    for (let word = 0; word < rest.length; word += 1) rest[word] = ~(ban[word] ?? 0);
    for (let word = 0; word < layer >>> 5; word += 1) rest[word] = 0;
    const edge = layer >>> 5;
    rest[edge] = (rest[edge] ?? 0) & (-1 << (layer & 31));
    share.fill(0, layer);
    // With sums to reach, more units than the groups' least may be picked: then an item is shared by all that cover it.
    const sharers = sumsNeed ? Number.POSITIVE_INFINITY : needed;
    for (let word = 0; word < itemWords; word += 1)
      for (let open = ~(covered[word] ?? 0); open !== 0; open &= open - 1) {
        const item = items[(word << 5) + 31 - Math.clz32(open & -open)];
        if (!item) break;
        let coverers = 0;
        for (let at = edge; at < rest.length; at += 1) coverers += bitCount((item.layers[at] ?? 0) & (rest[at] ?? 0));
        if (coverers === 0) continue;
        const part = item.weight / Math.min(sharers, coverers);
        for (let at = edge; at < rest.length; at += 1)
          for (let bits = (item.layers[at] ?? 0) & (rest[at] ?? 0); bits !== 0; bits &= bits - 1) {
            const one = (at << 5) + 31 - Math.clz32(bits & -bits);
            share[one] = (share[one] ?? 0) + part;
          }
      }

    let byGroups = 0;
    for (let index = current; index < layout.groups.length; index += 1) {
      const group = layout.groups[index];
      const wanted = picks[index] ?? 0;
      if (!group || wanted === 0) continue;
      const shares: number[] = [];
      for (let at = Math.max(layer, group.first); at < group.end; at += 1)
        if (!has(ban, at)) shares.push(share[at] ?? 0);
      shares.sort((one, other) => one - other);
      for (let pick = 0; pick < wanted && pick < shares.length; pick += 1) byGroups += shares[pick] ?? 0;
    }
    let most = byGroups;
    deficits.forEach((deficit, index) => {
      if (deficit > 0) most = Math.max(most, cheapestReaching(deficit, layout.sums[index]?.adds, share, layer, ban));
    });
    return Math.ceil(most - rounding);
  };
};

/** The least total share with which the layers from `layer` on can add `deficit`, fractions of a unit allowed. */
const cheapestReaching = (
  deficit: number,
  adds: Float64Array | undefined,
  share: Float64Array,
  layer: number,
  ban: UnitSet,
): number => {
  const offers: { readonly adds: number; readonly share: number }[] = [];
  for (let at = layer; at < share.length; at += 1) {
    const one = adds?.[at] ?? 0;
    if (one > 0 && !has(ban, at)) offers.push({ adds: one, share: share[at] ?? 0 });
  }
  offers.sort((one, other) => one.share / one.adds - other.share / other.adds);
  let left = deficit;
  let total = 0;
  for (const offer of offers) {
    if (left <= 0) break;
    const part = Math.min(1, left / offer.adds);
    total += part * offer.share;
    left -= offer.adds;
  }
  return total;
};
