import type { ClaimAnswer, CoverageQuestion } from './coverage-question.ts';
import { avoids, type Diagram, unitUse } from './diagram.ts';
import type { Layout } from './layout.ts';
import { combinationOf, coverWithin, missedBy } from './pathway-cover.ts';
import { add, emptySet, meets } from './unit-set.ts';
import type { VerdictFacts } from './verdict-search.ts';
import { findMostMissed } from './worst-combination.ts';

type Drawn = {
  readonly layouts: readonly Layout[];
  readonly diagrams: readonly Diagram[];
  /** Every pathway that permits combinations has its diagram. */
  readonly whole: boolean;
};

/**
 * What holds of each claim over the combinations that answer to it.
 *
 * @param by share of the time that is theirs; each claim's worst combination has an equal part of what is left of it.
 * @returns with each answer, whether no combination answers to the claim at all.
 */
export const claimAnswers = (
  question: CoverageQuestion,
  drawn: Drawn,
  facts: VerdictFacts,
  until: (share: number) => () => boolean,
  by: number,
): readonly { readonly answer: ClaimAnswer; readonly empty: boolean }[] => {
  const from = 0.6;
  return question.claims.map((claim, index) => {
    const answering = drawn.diagrams.filter((one) => question.pathways[one.layout.pathway]?.claims.includes(index));
    const ksbs = claim.ksbs.map((_, ksb) => ksb);
    if (drawn.whole && answering.length === 0)
      return {
        empty: true,
        answer: { reached: false, onEveryCombination: false, worst: null, always: [], sometimes: [], never: ksbs },
      };
    const reached = facts.reached[index] ?? null;
    if (!drawn.whole)
      return {
        empty: false,
        answer: { reached, onEveryCombination: null, worst: null, always: null, sometimes: null, never: null },
      };
    const { always, never } = alwaysAndNever(question, answering, index);
    const late = until(from + ((by - from) * (index + 1)) / question.claims.length);
    const found = findMostMissed(
      question,
      answering,
      (pathway) => (question.pathways[pathway]?.claims.includes(index) ? [index] : []),
      false,
      late,
    );
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
const alwaysAndNever = (question: CoverageQuestion, diagrams: readonly Diagram[], claim: number) => {
  const count = question.claims[claim]?.ksbs.length ?? 0;
  const always = new Set(Array.from({ length: count }, (_, ksb) => ksb));
  const never = new Set(always);
  for (const diagram of diagrams) {
    const { layout } = diagram;
    const taken = emptySet(layout.words);
    unitUse(diagram).some.forEach((used, layer) => {
      if (used) add(taken, layer);
    });
    const answers = new Map<string, boolean>();
    coverWithin(question, layout, claim).layersOf.forEach((layers, ksb) => {
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
