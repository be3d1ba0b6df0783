import { claimAnswers } from './claim-answers.ts';
import type { CoverageAnswer, CoverageQuestion, Effort, Failing } from './coverage-question.ts';
import { countWays, drawDiagram, unitUse } from './diagram.ts';
import { findFailing } from './failing-search.ts';
import { countFailing, estimateFailing } from './failing-share.ts';
import type { Layout } from './layout.ts';
import { combinationOf, type DrawnPathway, missedBy, type PathwayCase, pathwayCases } from './pathway-cover.ts';
import { searchVerdict, type VerdictFacts, verdictOf } from './verdict-search.ts';
import { findMostMissed } from './worst-combination.ts';

/**
 * Shares of the time by which each stage must end; what one leaves over, the next have. The verdict comes first:
 * everything else explains it.
 */
const verdictBy = 0.5;
const diagramsBy = 0.6;
const claimsBy = 0.85;
const counterexampleBy = 0.97;

/**
 * Answers the question exactly, or says what it could not answer in time. A verdict that is given is certain.
 *
 * Cost: polynomial in the size of the diagrams for everything but the verdict search, the reach search and the worst
 * combinations, which are hard in general and bounded by the effort. See docs/algorithms/coverage.md.
 */
export const answerCoverage = (question: CoverageQuestion, effort: Effort): CoverageAnswer => {
  const until = (share: number) => () => effort.spent() >= share;
  const cases = pathwayCases(question, effort.report === 'full' ? unitWeights(question) : null);
  const facts = searchVerdict(question, cases, until(effort.report === 'verdict' ? 1 : verdictBy));
  return effort.report === 'verdict' ? verdictOnly(question, facts) : fullAnswer(question, cases, facts, until);
};

/** How many required KSBs each unit covers, over all claims: what orders the layers. */
const unitWeights = (question: CoverageQuestion): Int32Array => {
  const weight = new Int32Array(question.units.length);
  for (const claim of question.claims)
    for (const ksb of claim.ksbs) for (const unit of ksb.coveredBy) weight[unit] = (weight[unit] ?? 0) + 1;
  return weight;
};

const failingOf = (question: CoverageQuestion, layout: Layout, layers: readonly number[]): Failing => {
  const combination = combinationOf(layout, layers);
  const missing = (question.pathways[layout.pathway]?.claims ?? [])
    .map((claim) => ({ claim, ksbs: missedBy(question, claim, combination.units) }))
    .filter((one) => one.ksbs.length > 0);
  return { combination, missing };
};

const unreachedClaims = (facts: VerdictFacts): readonly number[] =>
  facts.exists === true ? facts.reached.flatMap((reached, claim) => (reached === false ? [claim] : [])) : [];

const verdictOnly = (question: CoverageQuestion, facts: VerdictFacts): CoverageAnswer => ({
  verdict: verdictOf(facts),
  total: null,
  totalByPathway: [],
  failing: null,
  estimate: null,
  claims: [],
  counterexample: facts.failing ? failingOf(question, facts.failing.layout, facts.failing.layers) : null,
  unreached: unreachedClaims(facts),
  unitsInEvery: null,
  unitsInNone: null,
  unsettled: facts.failing === null || facts.reached.includes(null) ? ['verdict'] : [],
});

const fullAnswer = (
  question: CoverageQuestion,
  cases: readonly PathwayCase[],
  facts: VerdictFacts,
  until: (share: number) => () => boolean,
): CoverageAnswer => {
  const verdict = verdictOf(facts);
  const unsettled: string[] = [];
  if (verdict === 'no-combinations') return noCombinations(question);

  const drawn = cases.map((one) => ({ ...one, diagram: drawDiagram(one.layout, until(diagramsBy)) }));
  const whole = !drawn.some((one) => one.diagram === 'late');
  const diagrams = drawn.flatMap(({ diagram, covers }): readonly DrawnPathway[] =>
    diagram !== null && diagram !== 'late' ? [{ diagram, covers }] : [],
  );
  const ways = new Map(diagrams.map(({ diagram }) => [diagram.layout.pathway, countWays(diagram)[0]?.[0] ?? 0n]));
  const lateOnes = new Set(drawn.filter((one) => one.diagram === 'late').map(({ layout }) => layout.pathway));
  const totalByPathway = question.pathways.map((_, pathway) =>
    lateOnes.has(pathway) ? null : (ways.get(pathway) ?? 0n),
  );
  const total = whole ? [...ways.values()].reduce((sum, one) => sum + one, 0n) : null;
  if (!whole) unsettled.push('combinations.total');
  totalByPathway.forEach((one, pathway) => {
    if (one === null && question.pathways[pathway]?.name !== null)
      unsettled.push(`combinations.pathways[${pathway}].total`);
  });

  const claims = claimAnswers(question, diagrams, whole, facts, until, claimsBy);
  claims.forEach((claim, index) => {
    for (const [name, value] of Object.entries(claim.answer))
      if (value === null && !(name === 'worst' && claim.empty)) unsettled.push(`occupations[${index}].${name}`);
  });

  const counterexample = worstFailing(question, diagrams, whole, facts, until(counterexampleBy), unsettled);
  const share = failingShare(question, diagrams, facts, total, until(1));
  if (facts.failing !== false && share.failing === null && share.estimate === null)
    unsettled.push('combinations.estimate');

  const use = whole ? unitsInUse(question, diagrams) : null;
  if (!use) unsettled.push('units.inEveryCombination', 'units.inNoCombination');
  if (verdict === 'unsettled') unsettled.unshift('verdict');
  return {
    verdict,
    total,
    totalByPathway,
    ...share,
    claims: claims.map((claim) => claim.answer),
    counterexample,
    unreached: unreachedClaims(facts),
    unitsInEvery: use?.every ?? null,
    unitsInNone: use?.none ?? null,
    unsettled,
  };
};

const noCombinations = (question: CoverageQuestion): CoverageAnswer => ({
  verdict: 'no-combinations',
  total: 0n,
  totalByPathway: question.pathways.map(() => 0n),
  failing: 0n,
  estimate: null,
  claims: [],
  counterexample: null,
  unreached: [],
  unitsInEvery: [],
  unitsInNone: question.units.map((_, unit) => unit),
  unsettled: [],
});

/** The failing combination that misses the most; where the time ends first, the one that settled the verdict. */
const worstFailing = (
  question: CoverageQuestion,
  diagrams: readonly DrawnPathway[],
  whole: boolean,
  facts: VerdictFacts,
  outOfTime: () => boolean,
  unsettled: string[],
): Failing | null => {
  if (facts.failing === false) return null;
  // Where nothing fails, the search for what fails the worst would have to look at everything.
  const open = diagrams.filter(
    ({ diagram, covers }) => findFailing(question, { layout: diagram.layout, covers }, outOfTime) !== null,
  );
  const found = whole ? findMostMissed(open, question.guarantee, outOfTime) : ({ kind: 'late' } as const);
  if (found.kind === 'found') return failingOf(question, found.most.diagram.layout, found.most.layers);
  unsettled.push('counterexample');
  return facts.failing ? failingOf(question, facts.failing.layout, facts.failing.layers) : null;
};

const failingShare = (
  question: CoverageQuestion,
  diagrams: readonly DrawnPathway[],
  facts: VerdictFacts,
  total: bigint | null,
  outOfTime: () => boolean,
): Pick<CoverageAnswer, 'failing' | 'estimate'> => {
  if (facts.failing === false) return { failing: 0n, estimate: null };
  if (total === null) return { failing: null, estimate: null };
  // Where no combination covers any claim, every one fails.
  if (facts.reached.every((one) => one === false)) return { failing: total, estimate: null };
  const failing = countFailing(question, diagrams, total, outOfTime);
  return failing === null
    ? { failing, estimate: estimateFailing(question, diagrams, total, outOfTime) }
    : { failing, estimate: null };
};

const unitsInUse = (
  question: CoverageQuestion,
  diagrams: readonly DrawnPathway[],
): { readonly every: readonly number[]; readonly none: readonly number[] } => {
  const some = new Set<number>();
  const everyCount = new Map<number, number>();
  for (const { diagram } of diagrams) {
    const { layout } = diagram;
    const use = unitUse(diagram);
    const always = [...layout.forced, ...layout.units.filter((_, layer) => use.every[layer])];
    for (const unit of always) everyCount.set(unit, (everyCount.get(unit) ?? 0) + 1);
    for (const unit of layout.forced) some.add(unit);
    layout.units.forEach((unit, layer) => {
      if (use.some[layer]) some.add(unit);
    });
  }
  const grouped = new Set(question.pathways.flatMap((pathway) => pathway.groups.flatMap((group) => group.from)));
  const units = question.units.map((_, unit) => unit);
  return {
    every: units.filter((unit) => grouped.has(unit) && everyCount.get(unit) === diagrams.length),
    none: units.filter((unit) => !some.has(unit)),
  };
};
