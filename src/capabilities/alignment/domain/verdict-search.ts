import type { CoverageQuestion } from './coverage-question.ts';
import { findFailing } from './failing-search.ts';
import type { Layout } from './layout.ts';
import type { PathwayCase } from './pathway-cover.ts';
import { findReaching } from './reach-search.ts';
import { emptySet } from './unit-set.ts';
import { findPermitted } from './walk.ts';

/** What the verdict rests on. `null` stands for what the time did not allow to find out. */
export type VerdictFacts = {
  /** Some combination is permitted at all. */
  readonly exists: boolean | null;
  /** A combination that fails, as the layers it takes; `false`: there is none. */
  readonly failing: { readonly layout: Layout; readonly layers: readonly number[] } | false | null;
  /** By claim: some combination covers all of it. */
  readonly reached: readonly (boolean | null)[];
};

export type Verdict = 'proved' | 'refuted' | 'no-combinations' | 'unsettled';

export const verdictOf = (facts: VerdictFacts): Verdict => {
  if (facts.exists === false) return 'no-combinations';
  if (facts.failing || (facts.exists && facts.reached.includes(false))) return 'refuted';
  return facts.exists && facts.failing === false && facts.reached.every((one) => one === true) ? 'proved' : 'unsettled';
};

export const searchVerdict = (
  question: CoverageQuestion,
  cases: readonly PathwayCase[],
  outOfTime: () => boolean,
): VerdictFacts => {
  let failing: VerdictFacts['failing'] = false;
  for (const one of cases) {
    const found = findFailing(question, one, outOfTime);
    if (found === 'late') failing = null;
    else if (found) {
      failing = { layout: one.layout, layers: found };
      break;
    }
  }
  const reached = question.claims.map((_, claim) => reaches(cases, claim, outOfTime));
  const exists = failing || reached.includes(true) ? true : existsOne(cases, outOfTime);
  return { exists, failing, reached };
};

const reaches = (cases: readonly PathwayCase[], claim: number, outOfTime: () => boolean): boolean | null => {
  let late = false;
  for (const { layout, covers } of cases) {
    const cover = covers.find((one) => one.claim === claim);
    const found = cover ? findReaching(layout, cover, outOfTime) : null;
    if (found === 'late') late = true;
    else if (found) return true;
  }
  return late ? null : false;
};

const existsOne = (cases: readonly PathwayCase[], outOfTime: () => boolean): boolean | null => {
  let late = false;
  for (const { layout } of cases) {
    const found = findPermitted(layout, emptySet(layout.words), emptySet(layout.words), outOfTime);
    if (found === 'late') late = true;
    else if (found) return true;
  }
  return late ? null : false;
};
