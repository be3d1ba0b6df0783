import type { Combination, CoverageQuestion } from './coverage-question.ts';
import type { Diagram } from './diagram.ts';
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

/** A pathway laid out, with the cover of each claim that its combinations answer to. */
export type PathwayCase = { readonly layout: Layout; readonly covers: readonly ClaimCover[] };

/** A pathway whose diagram is drawn. */
export type DrawnPathway = { readonly diagram: Diagram; readonly covers: readonly ClaimCover[] };

const always = -2;

export const pathwayCase = (question: CoverageQuestion, layout: Layout): PathwayCase => {
  const placeOf = layout.layerOf.slice();
  for (const unit of layout.forced) placeOf[unit] = always;
  const covers = (question.pathways[layout.pathway]?.claims ?? []).map((claim) => {
    const ksbs = question.claims[claim]?.ksbs ?? [];
    const layersOf: (UnitSet | null)[] = [];
    for (let ksb = 0; ksb < ksbs.length; ksb += 1) {
      const coveredBy = ksbs[ksb]?.coveredBy ?? [];
      let set: UnitSet | null = emptySet(layout.words);
      for (let at = 0; at < coveredBy.length; at += 1) {
        const place = placeOf[coveredBy[at] ?? 0] ?? -1;
        if (place >= 0) add(set, place);
        else if (place === always) {
          set = null;
          break;
        }
      }
      layersOf.push(set);
    }
    return { claim, layersOf };
  });
  return { layout, covers };
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
