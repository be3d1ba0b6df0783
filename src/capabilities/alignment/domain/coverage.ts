import { claimAnswers } from './claim-answers.ts';
import type { CoverageAnswer, CoverageQuestion, Effort, Failing } from './coverage-question.ts';
import { countWays, drawDiagram, unitUse } from './diagram.ts';
import { countFailing } from './failing-count.ts';
import { findFailing } from './failing-search.ts';
import { estimateFailing } from './failing-share.ts';
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
const counterexampleBy = 0.9;
const countBy = 0.96;

/**
 * Answers the question exactly, or says what it could not answer in time. A verdict that is given is certain.
 *
 * Cost: polynomial in the size of the diagrams for everything but the verdict search, the reach search and the worst
 * combinations, which are hard in general and bounded by the effort. See docs/algorithms/coverage.md.
 */
export const answerCoverage = (question: CoverageQuestion, effort: Effort): CoverageAnswer => {
  const cases = pathwayCases(question, effort.report === 'full' ? unitWeights(question) : null);
  const facts = searchVerdict(question, cases, timeUntil(effort)(effort.report === 'verdict' ? 1 : verdictBy));
  return effort.report === 'verdict' ? verdictOnly(question, facts) : fullAnswer(question, cases, facts, effort);
};

const timeUntil =
  (effort: Effort) =>
  (share: number): (() => boolean) =>
  () =>
    effort.spent() >= share;

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
  unsettled: [...(verdictOf(facts) === 'unsettled' ? ['verdict'] : []), ...openFindings(facts)],
});

/** What a verdict that is certain all the same leaves open: a list that may lack something is named too. */
const openFindings = (facts: VerdictFacts): readonly string[] => [
  ...(facts.failing === null ? ['counterexample'] : []),
  ...(facts.reached.includes(null) ? ['unreached'] : []),
];

const fullAnswer = (
  question: CoverageQuestion,
  cases: readonly PathwayCase[],
  searched: VerdictFacts,
  effort: Effort,
): CoverageAnswer => {
  const until = timeUntil(effort);
  if (searched.exists === false) return noCombinations(question);
  const { diagrams, late } = drawPathways(cases, until(diagramsBy));
  const whole = late.size === 0;
  if (whole && diagrams.length === 0) return noCombinations(question);

  const totals = new Map(diagrams.map((one) => [one.diagram.layout.pathway, one.ways[0]?.[0] ?? 0n]));
  const totalByPathway = question.pathways.map((_, pathway) =>
    late.has(pathway) ? null : (totals.get(pathway) ?? 0n),
  );
  const total = whole ? [...totals.values()].reduce((sum, one) => sum + one, 0n) : null;
  const claims = claimAnswers(question, diagrams, whole, searched, effort.spent, claimsBy);
  const worst = worstFailing(question, diagrams, whole, searched, until(counterexampleBy));
  // The time for the verdict may have ended before the verdict was found; what came later may still settle it.
  const facts: VerdictFacts = {
    exists: searched.exists ?? (diagrams.length > 0 ? true : null),
    failing: worst.failing,
    reached: claims.map((claim) => claim.answer.reached),
  };
  const share = failingShare(question, diagrams, facts, total, until);
  const use = whole ? unitsInUse(question, diagrams) : null;
  const verdict = verdictOf(facts);

  const unsettled: string[] = verdict === 'unsettled' ? ['verdict'] : [];
  if (total === null) unsettled.push('combinations.total');
  totalByPathway.forEach((one, pathway) => {
    if (one === null && question.pathways[pathway]?.name !== null)
      unsettled.push(`combinations.pathways[${pathway}].total`);
  });
  if (facts.failing !== false && share.failing === null && share.estimate === null)
    unsettled.push('combinations.estimate');
  claims.forEach(({ answer, empty }, index) => {
    for (const [name, value] of Object.entries(answer))
      if (value === null && !(name === 'worst' && empty)) unsettled.push(`occupations[${index}].${name}`);
  });
  if (!use) unsettled.push('units.inEveryCombination', 'units.inNoCombination');
  if (worst.late && facts.failing) unsettled.push('counterexample');
  unsettled.push(...openFindings(facts));
  return {
    verdict,
    total,
    totalByPathway,
    ...share,
    claims: claims.map((claim) => claim.answer),
    counterexample: facts.failing ? failingOf(question, facts.failing.layout, facts.failing.layers) : null,
    unreached: unreachedClaims(facts),
    unitsInEvery: use?.every ?? null,
    unitsInNone: use?.none ?? null,
    unsettled,
  };
};

/** The diagrams of the pathways that permit combinations, and which pathways' diagrams could not be had. */
const drawPathways = (
  cases: readonly PathwayCase[],
  outOfTime: () => boolean,
): { readonly diagrams: readonly DrawnPathway[]; readonly late: ReadonlySet<number> } => {
  const diagrams: DrawnPathway[] = [];
  const late = new Set<number>();
  for (const { layout, covers } of cases) {
    const diagram = drawDiagram(layout, outOfTime);
    if (diagram === null) continue;
    const ways = diagram === 'late' ? 'late' : countWays(diagram, outOfTime);
    if (diagram === 'late' || ways === 'late') late.add(layout.pathway);
    else diagrams.push({ diagram, ways, covers });
  }
  return { diagrams, late };
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

/** The failing combination that misses the most; `late`: one that fails, and others may miss more. */
const worstFailing = (
  question: CoverageQuestion,
  diagrams: readonly DrawnPathway[],
  whole: boolean,
  facts: VerdictFacts,
  outOfTime: () => boolean,
): { readonly failing: VerdictFacts['failing']; readonly late: boolean } => {
  if (facts.failing === false) return { failing: false, late: false };
  // Where nothing fails, the search for what fails the worst would have to look at everything.
  const open = diagrams.filter(
    ({ diagram, covers }) => findFailing(question, { layout: diagram.layout, covers }, outOfTime) !== null,
  );
  const { most, late } = findMostMissed(open, question.guarantee, outOfTime);
  if (most) return { failing: { layout: most.diagram.layout, layers: most.layers }, late: late || !whole };
  return { failing: facts.failing ?? (whole && !late ? false : null), late: true };
};

const failingShare = (
  question: CoverageQuestion,
  diagrams: readonly DrawnPathway[],
  facts: VerdictFacts,
  total: bigint | null,
  until: (share: number) => () => boolean,
): Pick<CoverageAnswer, 'failing' | 'estimate'> => {
  if (facts.failing === false) return { failing: 0n, estimate: null };
  if (total === null) return { failing: null, estimate: null };
  // Where no combination covers any claim, every one fails.
  if (facts.reached.every((one) => one === false)) return { failing: total, estimate: null };
  const failing = countFailing(question, diagrams, until(countBy));
  return failing === null
    ? { failing, estimate: estimateFailing(question, diagrams, total, until(1)) }
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
