import type { Diagram } from './diagram.ts';
import { add, bitCount, emptySet, has, isWithin, type UnitSet, wordsFor } from './unit-set.ts';
import { countOf, sumOf } from './walk.ts';

/** KSBs that the same units cover, as one item: the layers that cover it, and how many KSBs it stands for. */
export type CoverItem = { readonly layers: UnitSet; readonly weight: number };

/** Sums of fractions are compared with this much room for rounding. */
const rounding = 1e-9;

/**
 * What a problem asks: which sets of layers are to be left uncovered as far as can be, and under `any` also of which
 * items, one set a claim, at least one must stay so.
 */
export type CoverItems = { readonly items: readonly CoverItem[]; readonly keepOpen: readonly UnitSet[] };

/**
 * Makes the bound of the search for the combination that covers the fewest KSBs: the least that the rest of the way
 * must cover beside what is covered already.
 *
 * A group from which more must still be taken than there are units that do not cover an item will cover it for
 * certain. Every other open item is shared out among the units that could still cover it, by at most as many as could
 * be picked of them: what a choice covers is then never less than its units' shares together (a dual solution of the
 * covering relaxation), and of each group at least the smallest shares are taken. Where a sum of credits must still be
 * reached, the cheapest shares by credit bound it in the same way.
 *
 * @param ban layers that are not taken.
 * @returns a function whose answer is infinite where a claim that must not be covered whole would be.
 */
export const leastStillCovered = (diagram: Diagram, { items, keepOpen }: CoverItems, ban: UnitSet) => {
  const { layout } = diagram;
  const { groups, groupOf, sums } = layout;
  const layers = layout.units.length;
  const rest = emptySet(layout.words);
  const share = new Float64Array(layers);
  const sorted = new Float64Array(layers);
  /** Items that are covered, or will be for certain. */
  const closed = emptySet(wordsFor(items.length));
  /** By group: the least and the most units that are still to be taken from it, and how many of its layers are left. */
  const least = new Int32Array(groups.length);
  const most = new Int32Array(groups.length);
  const left = new Int32Array(groups.length);

  const lookAhead = (layer: number, state: number): void => {
    const edge = layer >>> 5;
    for (let word = 0; word < rest.length; word += 1) rest[word] = word < edge ? 0 : ~(ban[word] ?? 0);
    rest[edge] = (rest[edge] ?? 0) & (-1 << (layer & 31));
    const current = groupOf[layer] ?? 0;
    for (let index = current; index < groups.length; index += 1) {
      const group = groups[index];
      if (!group) continue;
      let free = 0;
      for (let word = group.first >>> 5; word <= (group.end - 1) >>> 5; word += 1)
        free += bitCount((group.mask[word] ?? 0) & (rest[word] ?? 0));
      left[index] = free;
      // `null`: whatever is taken from here on keeps the group's bounds.
      const count = index === current && layer > group.first ? countOf(diagram.states[layer], state, layout) : 0;
      least[index] = count === null ? 0 : Math.max(0, group.min - count);
      most[index] = count === null ? free : Math.min(free, group.max - count);
    }
  };

  /** Shares out every open item, counting at most `picks` units of each group. @returns the weight covered for certain. */
  const shareOut = (layer: number, covered: UnitSet, picks: Int32Array): number => {
    const current = groupOf[layer] ?? 0;
    const edge = layer >>> 5;
    share.fill(0, layer);
    closed.set(covered);
    let certain = 0;
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index];
      if (!item || has(covered, index)) continue;
      let sharers = 0;
      let sure = false;
      for (let at = current; at < groups.length && !sure; at += 1) {
        const group = groups[at];
        if (!group) continue;
        let coverers = 0;
        for (let word = group.first >>> 5; word <= (group.end - 1) >>> 5; word += 1)
          coverers += bitCount((item.layers[word] ?? 0) & (group.mask[word] ?? 0) & (rest[word] ?? 0));
        sure = (left[at] ?? 0) - coverers < (least[at] ?? 0);
        sharers += Math.min(picks[at] ?? 0, coverers);
      }
      if (sure) {
        certain += item.weight;
        add(closed, index);
      } else if (sharers > 0) {
        const part = item.weight / sharers;
        for (let word = edge; word < rest.length; word += 1)
          for (let bits = (item.layers[word] ?? 0) & (rest[word] ?? 0); bits !== 0; bits &= bits - 1) {
            const one = (word << 5) + 31 - Math.clz32(bits & -bits);
            share[one] = (share[one] ?? 0) + part;
          }
      }
    }
    return certain;
  };

  const smallestShares = (layer: number): number => {
    let total = 0;
    for (let index = groupOf[layer] ?? 0; index < groups.length; index += 1) {
      const group = groups[index];
      const wanted = least[index] ?? 0;
      if (!group || wanted === 0) continue;
      let size = 0;
      for (let at = Math.max(layer, group.first); at < group.end; at += 1)
        if (!has(ban, at)) {
          sorted[size] = share[at] ?? 0;
          size += 1;
        }
      const shares = sorted.subarray(0, size).sort();
      for (let pick = 0; pick < wanted && pick < size; pick += 1) total += shares[pick] ?? 0;
    }
    return total;
  };

  /**
   * @param layer before which the rest begins; @param state of that layer. @param covered items that are.
   * @param enough a bound so high will do: no more work is put into it.
   */
  return (layer: number, state: number, covered: UnitSet, enough: number): number => {
    if (layer >= layers) return 0;
    lookAhead(layer, state);
    const certain = shareOut(layer, covered, least);
    for (const list of keepOpen) if (isWithin(list, closed)) return Number.POSITIVE_INFINITY;
    let bound = Math.ceil(certain + smallestShares(layer) - rounding);
    if (bound >= enough || sums.length === 0) return bound;
    let shared = false;
    sums.forEach((sum, index) => {
      const value = sumOf(diagram.states[layer], state, index, layout);
      const deficit = value === null ? 0 : sum.min - value;
      if (deficit <= 0) return;
      if (!shared) shareOut(layer, covered, most);
      shared = true;
      bound = Math.max(bound, Math.ceil(certain + cheapestReaching(deficit, sum.adds, share, layer, ban) - rounding));
    });
    return bound;
  };
};

/** The least total share with which the layers from `layer` on can add `deficit`, fractions of a unit allowed. */
const cheapestReaching = (
  deficit: number,
  adds: Float64Array,
  share: Float64Array,
  layer: number,
  ban: UnitSet,
): number => {
  const offers: number[] = [];
  for (let at = layer; at < share.length; at += 1) if ((adds[at] ?? 0) > 0 && !has(ban, at)) offers.push(at);
  const price = (at: number): number => (share[at] ?? 0) / (adds[at] ?? 1);
  offers.sort((one, other) => price(one) - price(other));
  let left = deficit;
  let total = 0;
  for (const at of offers) {
    if (left <= 0) break;
    total += Math.min(1, left / (adds[at] ?? 1)) * (share[at] ?? 0);
    left -= adds[at] ?? 0;
  }
  return total;
};
