import type { Combination, CoverageQuestion } from './coverage-question.ts';
import type { Layout } from './layout.ts';
import { add, emptySet, type UnitSet } from './unit-set.ts';

/**
 * What covering a claim comes to within one pathway. KSBs that a unit of every combination covers are covered always;
 * of each other KSB only the free units that cover it matter: a combination misses it by taking none of them.
 */
export type ClaimCover = {
  readonly claim: number;
  /** By KSB: `null` where it is covered always, else the layers that cover it (empty: never covered). */
  readonly layersOf: readonly (UnitSet | null)[];
};

export const coverWithin = (question: CoverageQuestion, layout: Layout, claim: number): ClaimCover => {
  const forced = new Uint8Array(question.units.length);
  for (const unit of layout.forced) forced[unit] = 1;
  const layersOf = (question.claims[claim]?.ksbs ?? []).map((ksb) => {
    const set = emptySet(layout.words);
    for (const unit of ksb.coveredBy) {
      if (forced[unit] === 1) return null;
      const layer = layout.layerOf[unit] ?? -1;
      if (layer >= 0) add(set, layer);
    }
    return set;
  });
  return { claim, layersOf };
};

/** The combination that takes these layers: positions in the file, ascending. */
export const combinationOf = (layout: Layout, layers: readonly number[]): Combination => ({
  pathway: layout.pathway,
  units: [...layout.forced, ...layers.map((layer) => layout.units[layer] ?? -1)].sort((one, other) => one - other),
});

/** Positions of the claim's KSBs that none of the units covers. */
export const missedBy = (question: CoverageQuestion, claim: number, units: readonly number[]): readonly number[] => {
  const taken = new Uint8Array(question.units.length);
  for (const unit of units) taken[unit] = 1;
  const missed: number[] = [];
  question.claims[claim]?.ksbs.forEach((ksb, index) => {
    if (!ksb.coveredBy.some((unit) => taken[unit] === 1)) missed.push(index);
  });
  return missed;
};
