import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerCoverage } from './coverage.ts';
import type { CoverageQuestion } from './coverage-question.ts';
import { seededNumbers } from './sampling.ts';

/** One pathway of 13 units whose groups leave open how many are taken, with credits that must be reached or kept to. */
const looseQuestion = (seed: number): CoverageQuestion => {
  const random = seededNumbers(seed + 400);
  const below = (n: number) => Math.floor(random() * n);
  const units = Array.from({ length: 13 }, () => ({ level: 4 + below(2), credits: [0, 5, 10, 15, 30][below(5)] ?? 0 }));
  const density = 0.1 + random() * 0.3;
  const group = (first: number, end: number) => {
    const min = below(3);
    return {
      from: Array.from({ length: end - first }, (_, at) => first + at),
      units: { min, max: min + 1 + below(4) },
      credits: { min: below(2) * 10, max: Number.POSITIVE_INFINITY },
    };
  };
  const reach = 20 + below(50);
  return {
    guarantee: 'any',
    units,
    pathways: [{ name: null, mandatory: [0], groups: [group(1, 7), group(7, 13)], claims: [0] }],
    credits: { min: reach, max: reach + 5 * below(12) },
    levels: random() < 0.5 ? [{ level: 5, credits: { min: below(25), max: Number.POSITIVE_INFINITY } }] : [],
    barred: [],
    requires: [],
    claims: [
      {
        ksbs: Array.from({ length: 12 }, () => ({
          coveredBy: units.flatMap((_, at) => (random() < density ? [at] : [])),
        })),
      },
    ],
  };
};

/** The fewest KSBs covered, by looking at every set of units. */
const fewestByLooking = ({ units, pathways, credits, levels, claims }: CoverageQuestion): number | null => {
  const within = (value: number, { min, max }: { min: number; max: number }) => value >= min && value <= max;
  let fewest: number | null = null;
  for (let bits = 0; bits < 2 ** units.length; bits += 1) {
    const taken = units.flatMap((_, at) => ((bits >> at) & 1 ? [at] : []));
    const sum = (list: readonly number[]) => list.reduce((total, at) => total + (units[at]?.credits ?? 0), 0);
    const fits =
      pathways[0]?.mandatory.every((at) => taken.includes(at)) &&
      pathways[0].groups.every((group) => {
        const chosen = taken.filter((at) => group.from.includes(at));
        return within(chosen.length, group.units) && within(sum(chosen), group.credits);
      }) &&
      within(sum(taken), credits) &&
      levels.every(({ level, credits: bounds }) =>
        within(sum(taken.filter((at) => units[at]?.level === level)), bounds),
      );
    if (!fits) continue;
    const covered = claims[0]?.ksbs.filter((ksb) => ksb.coveredBy.some((at) => taken.includes(at))).length ?? 0;
    if (fewest === null || covered < fewest) fewest = covered;
  }
  return fewest;
};

test('the fewest covered is right where the number of units is open and credits must be reached', () => {
  let open = 0;
  for (let seed = 0; seed < 150; seed += 1) {
    const question = looseQuestion(seed);
    const answer = answerCoverage(question, { report: 'full', spent: () => 0 });
    const fewest = fewestByLooking(question);
    assert.equal(answer.claims[0]?.worst?.covered ?? null, fewest, `seed ${seed}`);
    if (fewest !== null) open += 1;
  }
  assert.ok(open > 80, `only ${open} questions permit anything`);
});
