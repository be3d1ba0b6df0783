import { type CoverProblem, type Fewest, findFewest } from './fewest-covered.ts';
import { add, emptySet } from './unit-set.ts';

/**
 * Among the combinations of one pathway that cover no more than the best one found, the first by their units'
 * positions in the file, compared in order (a list that is another's beginning comes before it).
 *
 * Position by position: is there such a combination that takes this unit beside those settled before? The one at
 * hand answers most of these questions; the search is asked only for the others.
 *
 * @returns `null` when the time ended first.
 */
export const firstOfEquals = (
  problem: CoverProblem,
  best: Fewest,
  outOfTime: () => boolean,
): readonly number[] | null => {
  const { layout } = problem.diagram;
  const below = best.covered + 1;
  const order = layout.units.map((unit, layer) => ({ unit, layer })).sort((one, other) => one.unit - other.unit);
  const lastForced = layout.forced.at(-1) ?? -1;
  const must = emptySet(layout.words);
  const ban = emptySet(layout.words);
  let witness = new Set(best.layers);

  for (let place = 0; place < order.length; place += 1) {
    const one = order[place];
    if (!one) continue;
    if (outOfTime()) return null;
    // Past the last forced unit a list may end, and the shorter of two that agree so far comes first.
    if (one.unit > lastForced) {
      const without = ban.slice();
      for (const later of order.slice(place)) add(without, later.layer);
      const ending = findFewest(problem, without, must, below, true, outOfTime);
      if (ending.late) return null;
      if (ending.best) return ending.best.layers;
    }
    if (!witness.has(one.layer)) {
      const withIt = must.slice();
      add(withIt, one.layer);
      const found = findFewest(problem, ban, withIt, below, true, outOfTime);
      if (found.late) return null;
      if (!found.best) {
        add(ban, one.layer);
        continue;
      }
      witness = new Set(found.best.layers);
    }
    add(must, one.layer);
  }
  return [...witness].sort((one, other) => one - other);
};
