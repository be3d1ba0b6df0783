import type { CoverageQuestion } from './coverage-question.ts';
import type { Layout } from './layout.ts';
import type { ClaimCover, PathwayCase } from './pathway-cover.ts';
import { bitCount, emptySet, isWithin, smallestOf, type UnitSet, unite } from './unit-set.ts';
import { findPermitted } from './walk.ts';

/**
 * Looks for a permitted combination of the pathway that fails: under `any`, one that misses a KSB of every claim it
 * answers to; under `each`, one that misses a KSB of some claim.
 *
 * To miss a KSB is to take none of the units that cover it, so the search chooses a KSB to miss of one claim after the
 * other and bans what covers them. See docs/algorithms/coverage.md, "A failing combination".
 *
 * @returns the layers it takes; `null` when there is none; `late` when the time ended first.
 */
export const findFailing = (
  question: CoverageQuestion,
  { layout, covers }: PathwayCase,
  outOfTime: () => boolean,
): readonly number[] | null | 'late' => {
  const claims = covers.map((cover) => missable(layout, cover));
  const nothing = emptySet(layout.words);
  if (question.guarantee === 'each') return findMissing(layout, claims.flat(), outOfTime);
  // A claim without a KSB that can be missed is covered by every combination here.
  if (claims.some((sets) => sets.length === 0)) return null;
  const search: Search = { layout, outOfTime, nodes: 0 };
  return missAll(search, nothing, claims);
};

/** Under `each` one missed KSB is enough. */
const findMissing = (
  layout: Layout,
  sets: readonly UnitSet[],
  outOfTime: () => boolean,
): readonly number[] | null | 'late' => {
  for (const set of smallestOf(sets)) {
    const found = findPermitted(layout, set, emptySet(layout.words), outOfTime);
    if (found) return found;
  }
  return null;
};

/** Of the KSBs that can be missed, the sets of units to avoid, without those that avoid more than another needs to. */
const missable = (layout: Layout, cover: ClaimCover): readonly UnitSet[] =>
  smallestOf(cover.layersOf.filter((set) => set !== null).filter((set) => mayAvoid(layout, set)));

/** Whether the groups can still be filled, and the sums kept, without the banned units: a quick look that never rules out what is permitted. */
export const mayAvoid = (layout: Layout, ban: UnitSet): boolean => {
  const { groups, must, words } = layout;
  for (let word = 0; word < words; word += 1) if ((must[word] ?? 0) & (ban[word] ?? 0)) return false;
  for (let index = 0; index < groups.length; index += 1) {
    const group = groups[index];
    if (!group) continue;
    let left = 0;
    for (let word = group.first >>> 5; word <= (group.end - 1) >>> 5 && word < words; word += 1)
      left += bitCount((group.mask[word] ?? 0) & ~(ban[word] ?? 0));
    if (left < group.min) return false;
  }
  return true;
};

type Search = { readonly layout: Layout; readonly outOfTime: () => boolean; nodes: number };

const nodesPerClockLook = 256;

/** Bans so far, and the claims of which no KSB is missed yet. */
const missAll = (
  search: Search,
  ban: UnitSet,
  open: readonly (readonly UnitSet[])[],
): readonly number[] | null | 'late' => {
  const { layout } = search;
  search.nodes += 1;
  if (search.nodes % nodesPerClockLook === 0 && search.outOfTime()) return 'late';

  const seen = stillToMiss(layout, ban, open);
  if (seen === null) return null;
  const { rest } = seen;
  if (rest.length === 0) return findPermitted(layout, seen.ban, emptySet(layout.words), search.outOfTime);

  rest.sort((one, other) => one.length - other.length);
  const [narrowest, ...others] = rest;
  const unions = smallestOf(narrowest ?? []);
  // The others are seen anew with each larger ban; only what can be avoided beside today's bans goes on.
  const next = others.map((one) => (open.length > 2 ? smallestOf(one) : one));
  let looked = false;
  for (const union of unions) {
    const found = missAll(search, union, next);
    if (found) return found;
    // A first failure may come from rules that the quick look does not see: then no larger ban needs to be tried.
    if (!looked && rest.length > 1) {
      looked = true;
      const here = findPermitted(layout, seen.ban, emptySet(layout.words), search.outOfTime);
      if (here === 'late') return 'late';
      if (here === null) return null;
    }
  }
  return null;
};

/**
 * What is left to choose: per claim, what avoiding each of its KSBs comes to beside today's bans. A claim one of whose
 * KSBs nothing covers any more is missed already. What all of a claim's choices ban is banned whichever is made, and
 * may narrow the other claims' choices in turn, so this goes on until nothing changes.
 *
 * @returns `null` when some claim can no longer be missed.
 */
const stillToMiss = (
  layout: Layout,
  before: UnitSet,
  open: readonly (readonly UnitSet[])[],
): { readonly ban: UnitSet; readonly rest: (readonly UnitSet[])[] } | null => {
  const ban = before.slice();
  const together = emptySet(layout.words);
  for (;;) {
    const rest: UnitSet[][] = [];
    let grown = false;
    for (const sets of open) {
      const unions: UnitSet[] = [];
      const common = emptySet(layout.words).fill(-1);
      let missed = false;
      for (const set of sets) {
        if (isWithin(set, ban)) {
          missed = true;
          break;
        }
        unite(set, ban, together);
        if (!mayAvoid(layout, together)) continue;
        unions.push(together.slice());
        for (let word = 0; word < common.length; word += 1) common[word] = (common[word] ?? 0) & (together[word] ?? 0);
      }
      if (missed) continue;
      if (unions.length === 0) return null;
      if (!isWithin(common, ban)) {
        grown = true;
        unite(ban, common, ban);
      }
      rest.push(unions);
    }
    if (!grown) return { ban, rest };
    if (!mayAvoid(layout, ban)) return null;
  }
};
