import type { Diagram } from './diagram.ts';
import { type CoverProblem, coverProblem, type Fewest, findFewest } from './fewest-covered.ts';
import { firstOfEquals } from './first-of-equals.ts';
import type { DrawnPathway } from './pathway-cover.ts';
import { emptySet, isEmpty, type UnitSet } from './unit-set.ts';

export type MostMissed = {
  readonly diagram: Diagram;
  readonly layers: readonly number[];
  /** KSBs missed, summed over the claims that count. */
  readonly missed: number;
};

/** `late`: the time ended first, and `most` is only the most that was found. `null`: no such combination. */
export type MostMissedFound = { readonly most: MostMissed | null; readonly late: boolean };

/**
 * The combination that misses the most of the claims it answers to, summed; among equals the first by pathway and then
 * by its units' positions in the file.
 *
 * @param failing the guarantee by which it must fail; `null`: any combination counts.
 */
export const findMostMissed = (
  diagrams: readonly DrawnPathway[],
  failing: 'any' | 'each' | null,
  outOfTime: () => boolean,
): MostMissedFound => {
  let best: { readonly diagram: Diagram; readonly posed: Posed; readonly fewest: Fewest } | null = null;
  let missed = failing ? 0 : -1;
  let late = false;
  for (const drawn of diagrams) {
    const { diagram } = drawn;
    const posed = poseProblem(drawn, failing === 'any');
    if (!posed) continue;
    const words = diagram.layout.words;
    // Only what misses more than the pathways before is of interest, and to fail is to miss at least one.
    const below = posed.missable - missed;
    const found = findFewest(posed.problem, emptySet(words), emptySet(words), below, false, outOfTime);
    late ||= found.late;
    if (!found.best) continue;
    best = { diagram, posed, fewest: found.best };
    missed = posed.missable - found.best.covered;
  }
  if (!best) return { most: null, late };
  const first = late ? null : firstOfEquals(best.posed.problem, best.fewest, outOfTime);
  return {
    most: { diagram: best.diagram, layers: first ?? best.fewest.layers, missed },
    late: late || first === null,
  };
};

type Posed = {
  readonly problem: CoverProblem;
  /** KSBs that are not covered on every combination of the pathway, summed over the claims. */
  readonly missable: number;
};

/**
 * KSBs that the same units cover are one item with their number as its weight.
 *
 * @param missEach of each claim at least one KSB must be missed. @returns `null` when that cannot be.
 */
const poseProblem = ({ diagram, covers }: DrawnPathway, missEach: boolean): Posed | null => {
  const byKey = new Map<string, number>();
  const items: { layers: UnitSet; weight: number }[] = [];
  const keepOpen: number[][] = [];
  let missable = 0;
  for (const cover of covers) {
    const open = new Set<number>();
    let missedAlways = false;
    for (const layers of cover.layersOf) {
      if (layers === null) continue;
      missable += 1;
      if (isEmpty(layers)) {
        missedAlways = true;
        continue;
      }
      const key = layers.join();
      const index = byKey.get(key) ?? items.length;
      if (index === items.length) {
        byKey.set(key, index);
        items.push({ layers, weight: 0 });
      }
      const item = items[index];
      if (item) item.weight += 1;
      open.add(index);
    }
    if (!missEach || missedAlways) continue;
    if (open.size === 0) return null;
    keepOpen.push([...open]);
  }
  return { problem: coverProblem(diagram, items, keepOpen), missable };
};
