import type { Layout } from './layout.ts';
import type { ClaimCover } from './pathway-cover.ts';
import {
  add,
  bitCount,
  emptySet,
  has,
  isEmpty,
  meets,
  membersOf,
  sharedSize,
  sizeOf,
  smallestOf,
  type UnitSet,
} from './unit-set.ts';
import { findPermitted } from './walk.ts';

/**
 * Looks for a permitted combination of the pathway that covers the whole claim: takes the uncovered KSB that the fewest
 * units can still cover, and tries those units one after the other, each later one without the earlier.
 * See docs/algorithms/coverage.md, "Reaching a claim".
 *
 * @returns the layers it takes; `null` when there is none; `late` when the time ended first.
 */
export const findReaching = (
  layout: Layout,
  cover: ClaimCover,
  outOfTime: () => boolean,
): readonly number[] | null | 'late' => {
  const needs: UnitSet[] = [];
  for (const set of cover.layersOf) {
    if (set === null) continue;
    if (isEmpty(set)) return null;
    needs.push(set);
  }
  const quick = reachAtOnce(layout, needs);
  if (quick) {
    const found = findPermitted(layout, emptySet(layout.words), quick, outOfTime);
    if (found) return found;
  }
  // A KSB whose coverers include another's is covered with it.
  const search: Search = { layout, needs: smallestOf(needs), outOfTime, nodes: 0 };
  return coverRest(search, emptySet(layout.words), layout.must.slice());
};

/**
 * Takes, as long as something is open, of the units that cover the KSB with the fewest the one that covers most of
 * the others, and never goes back. It mostly succeeds, in a fraction of the search's time.
 *
 * @returns units that cover everything and fit in the groups; `null` where this way leads nowhere.
 */
const reachAtOnce = (layout: Layout, needs: readonly UnitSet[]): UnitSet | null => {
  const taken = layout.must.slice();
  const room = layout.groups.map((group) => group.max - sharedSize(group.mask, taken));
  let open = needs;
  for (;;) {
    const still: UnitSet[] = [];
    let narrowest: UnitSet | null = null;
    let fewest = Number.POSITIVE_INFINITY;
    for (let index = 0; index < open.length; index += 1) {
      const need = open[index];
      if (!need || meets(need, taken)) continue;
      still.push(need);
      const size = sizeOf(need);
      if (size < fewest) {
        fewest = size;
        narrowest = need;
      }
    }
    if (!narrowest) return taken;
    open = still;
    let best = -1;
    let most = 0;
    for (const layer of membersOf(narrowest)) {
      if ((room[layout.groupOf[layer] ?? 0] ?? 0) <= 0) continue;
      let gain = 0;
      for (let index = 0; index < still.length; index += 1) if (has(still[index] ?? narrowest, layer)) gain += 1;
      if (gain > most) {
        most = gain;
        best = layer;
      }
    }
    if (best === -1) return null;
    add(taken, best);
    const group = layout.groupOf[best] ?? 0;
    room[group] = (room[group] ?? 0) - 1;
  }
};

type Search = {
  readonly layout: Layout;
  readonly needs: readonly UnitSet[];
  readonly outOfTime: () => boolean;
  nodes: number;
};

const nodesPerClockLook = 256;

const coverRest = (search: Search, ban: UnitSet, taken: UnitSet): readonly number[] | null | 'late' => {
  const { layout, needs } = search;
  search.nodes += 1;
  if (search.nodes % nodesPerClockLook === 0 && search.outOfTime()) return 'late';
  const room = roomLeft(layout, ban, taken);
  if (room === null) return null;

  const open: UnitSet[] = [];
  let narrowest: UnitSet | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < needs.length; index += 1) {
    const need = needs[index];
    if (!need || meets(need, taken)) continue;
    let coverers = 0;
    for (let word = 0; word < need.length; word += 1)
      coverers += bitCount((need[word] ?? 0) & ~(ban[word] ?? 0) & (room.mask[word] ?? 0));
    if (coverers === 0) return null;
    open.push(need);
    if (coverers < fewest) {
      fewest = coverers;
      narrowest = need;
    }
  }
  if (!narrowest) return findPermitted(layout, ban, taken, search.outOfTime);

  const gains = membersOf(narrowest)
    .filter((layer) => !has(ban, layer) && has(room.mask, layer))
    .map((layer) => ({ layer, gain: open.reduce((sum, need) => sum + (has(need, layer) ? 1 : 0), 0) }))
    .sort((one, other) => other.gain - one.gain);
  if (!enoughRoom(layout, ban, open, room)) return null;

  const without = ban.slice();
  for (const { layer } of gains) {
    const withIt = taken.slice();
    add(withIt, layer);
    const found = coverRest(search, without.slice(), withIt);
    if (found) return found;
    add(without, layer);
  }
  return null;
};

type Room = {
  /** Layers in groups that can still take a unit. */
  readonly mask: UnitSet;
  readonly byGroup: readonly number[];
};

/** How many more units each group can take; `null` when one holds too many already, or can no longer be filled. */
const roomLeft = (layout: Layout, ban: UnitSet, taken: UnitSet): Room | null => {
  const mask = emptySet(layout.words);
  const byGroup: number[] = [];
  for (const group of layout.groups) {
    let inside = 0;
    let free = 0;
    for (let word = 0; word < mask.length; word += 1) {
      inside += bitCount((group.mask[word] ?? 0) & (taken[word] ?? 0));
      free += bitCount((group.mask[word] ?? 0) & ~(ban[word] ?? 0));
    }
    if (inside > group.max || free < group.min) return null;
    byGroup.push(group.max - inside);
    if (inside < group.max)
      for (let word = 0; word < mask.length; word += 1) mask[word] = (mask[word] ?? 0) | (group.mask[word] ?? 0);
  }
  return { mask, byGroup };
};

/** Whether the units that cover the most, as many as there is room for, could cover what is open. */
const enoughRoom = (layout: Layout, ban: UnitSet, open: readonly UnitSet[], room: Room): boolean => {
  const gain = new Float64Array(layout.units.length);
  for (const need of open)
    for (let word = 0; word < need.length; word += 1)
      for (let rest = (need[word] ?? 0) & ~(ban[word] ?? 0); rest !== 0; rest &= rest - 1) {
        const layer = (word << 5) + 31 - Math.clz32(rest & -rest);
        gain[layer] = (gain[layer] ?? 0) + 1;
      }
  let most = 0;
  layout.groups.forEach((group, index) => {
    const best = gain.slice(group.first, group.end).sort();
    for (let pick = 1; pick <= Math.min(room.byGroup[index] ?? 0, best.length); pick += 1)
      most += best[best.length - pick] ?? 0;
  });
  return most >= open.length;
};
