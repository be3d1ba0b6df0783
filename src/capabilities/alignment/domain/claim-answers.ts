import type { ClaimAnswer, CoverageQuestion } from './coverage-question.ts';
import { avoids, unitUse } from './diagram.ts';
import { mayAvoid } from './failing-search.ts';
import { combinationOf, type DrawnPathway, missedBy } from './pathway-cover.ts';
import { add, emptySet, meets } from './unit-set.ts';
import type { VerdictFacts } from './verdict-search.ts';
import { findMostMissed } from './worst-combination.ts';

/**
 * What holds of each claim over the combinations that answer to it.
 *
 * @param whole every pathway that permits combinations has its diagram.
 * @param by the share of the time at which they must be done; each claim's worst combination has an equal part of what
 *   is left until then.
 * @returns with each answer, whether no combination answers to the claim at all.
 */
export const claimAnswers = (
  question: CoverageQuestion,
  diagrams: readonly DrawnPathway[],
  whole: boolean,
  facts: VerdictFacts,
  spent: () => number,
  by: number,
): readonly { readonly answer: ClaimAnswer; readonly empty: boolean }[] => {
  const late = () => spent() >= by;
  const open = { onEveryCombination: null, worst: null, always: null, sometimes: null, never: null };
  return question.claims.map((claim, index) => {
    const answering = diagrams.flatMap(({ diagram, ways, covers }) => {
      const cover = covers.find((one) => one.claim === index);
      return cover ? [{ diagram, ways, covers: [cover] }] : [];
    });
    const ksbs = claim.ksbs.map((_, ksb) => ksb);
    if (whole && answering.length === 0)
      return {
        empty: true,
        answer: { reached: false, onEveryCombination: false, worst: null, always: [], sometimes: [], never: ksbs },
      };
    const reached = facts.reached[index] ?? null;
    if (!whole) return { empty: false, answer: { reached, ...open } };
    const seen = alwaysAndNever(answering, ksbs, late);
    if (!seen) return { empty: false, answer: { reached, ...open } };
    const { always, never } = seen;
    const now = spent();
    const mine = now + (by - now) / (question.claims.length - index);
    const found = findMostMissed(answering, null, () => spent() >= mine);
    let worst: ClaimAnswer['worst'] = null;
    if (found.most && !found.late) {
      const combination = combinationOf(found.most.diagram.layout, found.most.layers);
      const missing = missedBy(question, index, combination.units);
      worst = { covered: ksbs.length - missing.length, combination, missing };
    }
    return {
      empty: false,
      answer: {
        // What the time did not allow to search for may show here.
        reached: reached ?? (never.size > 0 ? false : always.size === ksbs.length ? true : null),
        onEveryCombination: always.size === ksbs.length,
        worst,
        always: ksbs.filter((ksb) => always.has(ksb)),
        sometimes: ksbs.filter((ksb) => !always.has(ksb) && !never.has(ksb)),
        never: ksbs.filter((ksb) => never.has(ksb)),
      },
    };
  });
};

/** KSBs that every combination covers (none avoids all units that cover it), and that none does; `null`: no time. */
const alwaysAndNever = (diagrams: readonly DrawnPathway[], ksbs: readonly number[], outOfTime: () => boolean) => {
  const always = new Set(ksbs);
  const never = new Set(ksbs);
  for (const { diagram, covers } of diagrams) {
    const taken = emptySet(diagram.layout.words);
    unitUse(diagram).some.forEach((used, layer) => {
      if (used) add(taken, layer);
    });
    const answers = new Map<string, boolean>();
    for (const [ksb, layers] of (covers[0]?.layersOf ?? []).entries()) {
      if (layers === null) {
        never.delete(ksb);
        continue;
      }
      if (meets(layers, taken)) never.delete(ksb);
      if (!always.has(ksb)) continue;
      if (outOfTime()) return null;
      const key = layers.join();
      const avoided = answers.get(key) ?? (mayAvoid(diagram.layout, layers) && avoids(diagram, layers));
      answers.set(key, avoided);
      if (avoided) always.delete(ksb);
    }
  }
  return { always, never };
};
