import type { ClaimAnswer, CoverageQuestion } from './coverage-question.ts';
import { avoids, unitUse } from './diagram.ts';
import { combinationOf, type DrawnPathway, missedBy } from './pathway-cover.ts';
import { add, emptySet, meets } from './unit-set.ts';
import type { VerdictFacts } from './verdict-search.ts';
import { findMostMissed } from './worst-combination.ts';

/**
 * What holds of each claim over the combinations that answer to it.
 *
 * @param whole every pathway that permits combinations has its diagram.
 * @param by share of the time that is theirs; each claim's worst combination has an equal part of what is left of it.
 * @returns with each answer, whether no combination answers to the claim at all.
 */
export const claimAnswers = (
  question: CoverageQuestion,
  diagrams: readonly DrawnPathway[],
  whole: boolean,
  facts: VerdictFacts,
  until: (share: number) => () => boolean,
  by: number,
): readonly { readonly answer: ClaimAnswer; readonly empty: boolean }[] => {
  const from = 0.6;
  return question.claims.map((claim, index) => {
    const answering = diagrams.flatMap(({ diagram, covers }) => {
      const cover = covers.find((one) => one.claim === index);
      return cover ? [{ diagram, covers: [cover] }] : [];
    });
    const ksbs = claim.ksbs.map((_, ksb) => ksb);
    if (whole && answering.length === 0)
      return {
        empty: true,
        answer: { reached: false, onEveryCombination: false, worst: null, always: [], sometimes: [], never: ksbs },
      };
    const reached = facts.reached[index] ?? null;
    if (!whole)
      return {
        empty: false,
        answer: { reached, onEveryCombination: null, worst: null, always: null, sometimes: null, never: null },
      };
    const { always, never } = alwaysAndNever(answering, ksbs);
    const late = until(from + ((by - from) * (index + 1)) / question.claims.length);
    const found = findMostMissed(answering, null, late);
    let worst: ClaimAnswer['worst'] = null;
    if (found.kind === 'found') {
      const combination = combinationOf(found.most.diagram.layout, found.most.layers);
      const missing = missedBy(question, index, combination.units);
      worst = { covered: ksbs.length - missing.length, combination, missing };
    }
    return {
      empty: false,
      answer: {
        reached,
        onEveryCombination: always.size === ksbs.length,
        worst,
        always: ksbs.filter((ksb) => always.has(ksb)),
        sometimes: ksbs.filter((ksb) => !always.has(ksb) && !never.has(ksb)),
        never: ksbs.filter((ksb) => never.has(ksb)),
      },
    };
  });
};

/** KSBs that every combination covers (none avoids all units that cover it), and that none does. */
const alwaysAndNever = (diagrams: readonly DrawnPathway[], ksbs: readonly number[]) => {
  const always = new Set(ksbs);
  const never = new Set(ksbs);
  for (const { diagram, covers } of diagrams) {
    const taken = emptySet(diagram.layout.words);
    unitUse(diagram).some.forEach((used, layer) => {
      if (used) add(taken, layer);
    });
    const answers = new Map<string, boolean>();
    covers[0]?.layersOf.forEach((layers, ksb) => {
      if (layers === null) {
        never.delete(ksb);
        return;
      }
      if (meets(layers, taken)) never.delete(ksb);
      if (!always.has(ksb)) return;
      const key = layers.join();
      const avoided = answers.get(key) ?? avoids(diagram, layers);
      answers.set(key, avoided);
      if (avoided) always.delete(ksb);
    });
  }
  return { always, never };
};
