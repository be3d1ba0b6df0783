import type { Combination, CoverageQuestion } from './coverage-question.ts';
import type { Diagram, Ways } from './diagram.ts';
import { type Layout, layOut } from './layout.ts';
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

/** A pathway whose diagram is drawn and counted. */
export type DrawnPathway = {
  readonly diagram: Diagram;
  readonly ways: Ways;
  readonly covers: readonly ClaimCover[];
};

/** Lays out the question's pathways, without those that plainly permit no combination. */
export const pathwayCases = (question: CoverageQuestion, weight: Int32Array | null): readonly PathwayCase[] => {
  const layouts: Layout[] = [];
  for (let pathway = 0; pathway < question.pathways.length; pathway += 1) {
    const layout = layOut(question, pathway, weight);
    if (layout) layouts.push(layout);
  }
  const coversOf: ClaimCover[][] = layouts.map(() => []);
  const places = unitPlaces(question, layouts);
  question.claims.forEach(({ ksbs }, claim) => {
    const answering = layouts.map(({ pathway }) => question.pathways[pathway]?.claims.includes(claim) ?? false);
    const layersOf = layouts.map(({ words }, index): (UnitSet | null)[] =>
      answering[index] ? ksbs.map(() => emptySet(words)) : [],
    );
    for (let ksb = 0; ksb < ksbs.length; ksb += 1) addCoverers(ksbs[ksb]?.coveredBy ?? [], ksb, places, layersOf);
    layersOf.forEach((sets, index) => {
      if (answering[index]) coversOf[index]?.push({ claim, layersOf: sets });
    });
  });
  return layouts.map((layout, index) => ({ layout, covers: coversOf[index] ?? [] }));
};

/**
 * Where each unit stands in the layouts: from `start[unit]` to before `start[unit + 1]`, which layout and which layer
 * of it. With many pathways most units stand in one alone, so each is asked for its places and not each place for it.
 */
type Places = { readonly start: Int32Array; readonly layout: Int32Array; readonly layer: Int32Array };

/** Stands for the layer of a unit that is in every combination. */
const always = -1;

const unitPlaces = (question: CoverageQuestion, layouts: readonly Layout[]): Places => {
  const start = new Int32Array(question.units.length + 2);
  for (const { units, forced } of layouts) {
    for (const unit of units) start[unit + 2] = (start[unit + 2] ?? 0) + 1;
    for (const unit of forced) start[unit + 2] = (start[unit + 2] ?? 0) + 1;
  }
  for (let unit = 2; unit < start.length; unit += 1) start[unit] = (start[unit] ?? 0) + (start[unit - 1] ?? 0);
  const size = start[start.length - 1] ?? 0;
  const places = { start, layout: new Int32Array(size), layer: new Int32Array(size) };
  layouts.forEach(({ units, forced }, index) => {
    const put = (unit: number, layer: number) => {
      // Each unit's start is moved on to the next one's as its places fill up.
      const at = start[unit + 1] ?? 0;
      start[unit + 1] = at + 1;
      places.layout[at] = index;
      places.layer[at] = layer;
    };
    for (const unit of forced) put(unit, always);
    for (let layer = 0; layer < units.length; layer += 1) put(units[layer] ?? -1, layer);
  });
  return places;
};

const addCoverers = (
  coveredBy: readonly number[],
  ksb: number,
  { start, layout, layer }: Places,
  layersOf: readonly (UnitSet | null)[][],
): void => {
  for (let index = 0; index < coveredBy.length; index += 1) {
    const unit = coveredBy[index] ?? -1;
    const end = start[unit + 1] ?? 0;
    for (let at = start[unit] ?? 0; at < end; at += 1) {
      const sets = layersOf[layout[at] ?? 0];
      const set = sets?.[ksb];
      if (!sets || !set) continue;
      const place = layer[at] ?? always;
      if (place === always) sets[ksb] = null;
      else add(set, place);
    }
  }
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
