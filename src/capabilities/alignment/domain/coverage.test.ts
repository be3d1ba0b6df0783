import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readClaimable } from '#cap/standards';
import { plainText } from '#platform/documents/plain-text.ts';
import { type File, isPermitted } from '../../../../test/support/brute-force.ts';
import { randomCase } from '../../../../test/support/random-cases.ts';
import { answerCoverage } from './coverage.ts';
import type { CoverageAnswer, CoverageQuestion, Group } from './coverage-question.ts';
import { knownStandards } from './known-standards.ts';
import { claimRequirements, poseQuestion } from './pose-question.ts';
import { readQualification } from './qualification-problems.ts';
import { seededNumbers } from './sampling.ts';

// The agreement with the brute-force judge, field by field, is tested at the front door (check-qualification.test.ts),
// where the judge can read the same file. Here: what is known by hand, what the time does, and large sizes.

const unbounded = { min: 0, max: Number.POSITIVE_INFINITY };
const always = { spent: () => 0 };

const choose = (from: readonly number[], units: number): Group => ({
  from,
  units: { min: units, max: units },
  credits: unbounded,
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

const question = (
  units: number,
  groups: readonly Group[],
  claims: readonly (readonly (readonly number[])[])[],
  more: Partial<CoverageQuestion> = {},
): CoverageQuestion => ({
  guarantee: 'any',
  units: Array.from({ length: units }, () => ({ level: 4, credits: 15 })),
  pathways: [{ name: null, mandatory: [], groups, claims: claims.map((_, index) => index) }],
  credits: unbounded,
  levels: [],
  barred: [],
  requires: [],
  claims: claims.map((ksbs) => ({ ksbs: ksbs.map((coveredBy) => ({ coveredBy })) })),
  ...more,
});

const full = (asked: CoverageQuestion) => answerCoverage(asked, { report: 'full', ...always });

describe('questions answered by hand', () => {
  it('counts choose 8 of 30 beside 8 mandatory units', () => {
    const asked = question(38, [], [[[0]], [[1]]]);
    const answer = full({
      ...asked,
      pathways: [{ name: null, mandatory: range(0, 8), groups: [choose(range(8, 38), 8)], claims: [0, 1] }],
    });
    assert.equal(answer.total, 5_852_925n);
    assert.equal(answer.verdict, 'proved');
    assert.equal(answer.failing, 0n);
  });

  it('counts across groups, less what is barred and what lacks its prerequisite', () => {
    // 6 pairs of the first four units, 3 single ones of the other three: 18. Units 0 and 4 barred: 3 x 1 less. Unit 1
    // needs unit 5: of the 3 pairs with unit 1, those beside 4 and 6 fall away: 6 less; {0,1} beside 4 was counted twice.
    const answer = full(
      question(7, [choose(range(0, 4), 2), choose(range(4, 7), 1)], [[range(0, 7)]], {
        barred: [[0, 4]],
        requires: [{ unit: 1, needs: [5] }],
      }),
    );
    assert.equal(answer.total, 18n - 3n - 6n + 1n);
  });

  it('finds the one combination that fails, and counts it', () => {
    // Whoever takes 0 or 1 covers the claim; of three units two are taken, of five more two: only {2, ...} cannot be.
    const answer = full(question(5, [choose(range(0, 5), 3)], [[[0, 1]]]));
    assert.equal(answer.verdict, 'refuted');
    assert.equal(answer.total, 10n);
    assert.equal(answer.failing, 1n);
    assert.deepEqual(answer.counterexample, {
      combination: { pathway: 0, units: [2, 3, 4] },
      missing: [{ claim: 0, ksbs: [0] }],
    });
    assert.deepEqual(answer.claims[0]?.worst?.combination.units, [2, 3, 4]);
  });

  it('takes the first of equals by position, a beginning before what continues it', () => {
    const anyOf = { from: [1, 2], units: unbounded, credits: unbounded };
    const asked = question(4, [anyOf], [[[3]]]);
    assert.deepEqual(full(asked).counterexample?.combination.units, []);
    // With unit 0 mandatory the list begins with it either way; with unit 3, `1, 2, 3` comes before `3`.
    const withLast = { ...asked, pathways: [{ name: null, mandatory: [3], groups: [anyOf], claims: [0] }] };
    assert.deepEqual(
      full({ ...withLast, claims: [{ ksbs: [{ coveredBy: [] }] }] }).counterexample?.combination.units,
      [1, 2, 3],
    );
  });

  it('refutes what nothing can reach, and says which claim', () => {
    const answer = full(question(3, [choose([0, 1, 2], 1)], [[[0, 1, 2]], [[0], [1]]]));
    assert.equal(answer.verdict, 'refuted');
    assert.equal(answer.counterexample, null);
    assert.deepEqual(answer.unreached, [1]);
  });

  it('says so where the rules permit nothing', () => {
    const answer = full(question(3, [choose([0, 1], 3)], [[[0]]]));
    assert.equal(answer.verdict, 'no-combinations');
    assert.deepEqual(answer.unitsInNone, [0, 1, 2]);
  });
});

const posed = (seed: number): { readonly file: File; readonly asked: CoverageQuestion } | null => {
  const { qualification, standards } = randomCase(seed);
  const read = standards.map(readClaimable).flatMap((one) => (one.kind === 'ok' ? [one.value] : []));
  const known = knownStandards(read, plainText);
  const parsed = readQualification(qualification, known);
  if (parsed.kind !== 'ok') return null;
  const asked = poseQuestion(parsed.value, claimRequirements(parsed.value, known), null);
  return { file: qualification as File, asked };
};

/** Answers with a clock that stands still until it is asked for the n-th time, and then is far past the limit. */
const answerUntil = (asked: CoverageQuestion, report: 'full' | 'verdict', n: number) => {
  let calls = 0;
  const answer = answerCoverage(asked, {
    report,
    spent: () => {
      calls += 1;
      return calls > n ? 2 : 0;
    },
  });
  return { answer, calls };
};

/** Whatever an answer says must be so; what it does not say must be named. */
const assertHonest = (answer: CoverageAnswer, truth: CoverageAnswer, file: File, where: string): void => {
  const open = new Set(answer.unsettled);
  const same = (name: string, given: unknown, right: unknown) => {
    if (given === null && right !== null) assert.ok(open.has(name), `${where}: ${name} is missing and not named`);
    else assert.deepEqual(given, right, `${where}: ${name}`);
  };
  if (answer.verdict === 'unsettled') assert.ok(open.has('verdict'), where);
  else assert.equal(answer.verdict, truth.verdict, where);
  same('combinations.total', answer.total, truth.total);
  answer.totalByPathway.forEach((one, index) => {
    if (one !== null) assert.equal(one, truth.totalByPathway[index], where);
  });
  if (answer.failing !== null) assert.equal(answer.failing, truth.failing, where);
  answer.claims.forEach((claim, index) => {
    for (const [key, value] of Object.entries(claim))
      same(`occupations[${index}].${key}`, value, truth.claims[index]?.[key as keyof typeof claim]);
  });
  for (const claim of answer.unreached) assert.ok(truth.unreached.includes(claim), `${where}: unreached`);
  if (!open.has('unreached') && answer.verdict !== 'unsettled')
    assert.deepEqual(answer.unreached, truth.unreached, where);
  if (answer.unitsInEvery) assert.deepEqual(answer.unitsInEvery, truth.unitsInEvery, where);
  if (answer.unitsInNone) assert.deepEqual(answer.unitsInNone, truth.unitsInNone, where);
  if (!open.has('counterexample')) assert.deepEqual(answer.counterexample, truth.counterexample, where);
  else if (answer.counterexample) {
    const { pathway, units } = answer.counterexample.combination;
    const name = file.rules?.pathways?.[pathway]?.name ?? null;
    const codes = units.map((unit) => file.units[unit]?.code ?? '');
    assert.ok(isPermitted(file, name, new Set(codes)), `${where}: the counterexample is not permitted`);
    assert.ok(answer.counterexample.missing.length > 0, `${where}: the counterexample misses nothing`);
    assert.equal(truth.verdict, 'refuted', where);
  }
};

describe('when the time ends', () => {
  it('says nothing that is not so, wherever it ends', () => {
    let cut = 0;
    for (let seed = 0; seed < 120; seed += 1) {
      const one = posed(seed);
      if (!one) continue;
      const whole = answerUntil(one.asked, 'full', Number.POSITIVE_INFINITY);
      for (let n = 0; n < whole.calls; n += 1) {
        const { answer } = answerUntil(one.asked, 'full', n);
        assertHonest(answer, whole.answer, one.file, `seed ${seed}, ended at look ${n}`);
        if (answer.unsettled.length > 0) cut += 1;
      }
    }
    assert.ok(cut > 500, `only ${cut} answers were cut short`);
  });

  it('gives no verdict it has not found, and keeps to the limit on a question without shortcuts', () => {
    // 200 units, choose 40, seven claims whose KSBs are covered by 70 units each: whether seven can be missed at once
    // is a needle in 60^7 haystalks.
    const random = seededNumbers(7);
    const claims = Array.from({ length: 7 }, () =>
      Array.from({ length: 60 }, () => range(0, 200).filter(() => random() < 0.37)),
    );
    const asked = question(200, [choose(range(0, 200), 40)], claims);
    for (const report of ['verdict', 'full'] as const) {
      const started = performance.now();
      const answer = answerCoverage(asked, { report, spent: () => (performance.now() - started) / 600 });
      const took = performance.now() - started;
      assert.ok(took < 1600, `a limit of 600 ms took ${took} ms`);
      assert.ok(answer.unsettled.length > 0);
      if (answer.verdict === 'unsettled') assert.ok(answer.unsettled.includes('verdict'));
      assert.equal(answer.total, report === 'full' ? choices(200n, 40n) : null);
    }
  });
});

const choices = (of: bigint, take: bigint): bigint => {
  let ways = 1n;
  for (let one = 1n; one <= take; one += 1n) ways = (ways * (of - take + one)) / one;
  return ways;
};

describe('sizes that people might invent', () => {
  it('takes 4,000 units in one group without running out of stack', () => {
    const asked = question(4000, [choose(range(0, 4000), 3)], [[range(0, 4000), range(0, 3998)]]);
    const answer = full({ ...asked, requires: range(0, 200).map((unit) => ({ unit, needs: [unit + 200] })) });
    assert.equal(answer.verdict, 'proved');
    assert.ok(answer.total !== null && answer.total < choices(4000n, 3n));
  });

  it('leaves the total open where the rules are knotted beyond reason, with the verdict certain', () => {
    // Each unit of one half is barred with three of the other: no order keeps the knots apart.
    const random = seededNumbers(3);
    const barred = range(0, 150).flatMap((unit) =>
      [0, 1, 2].map(() => [unit, 150 + Math.floor(random() * 150)] as const),
    );
    const asked = question(300, [choose(range(0, 300), 60)], [[range(0, 200)]], { barred });
    const started = performance.now();
    const answer = answerCoverage(asked, { report: 'full', spent: () => (performance.now() - started) / 3000 });
    assert.ok(performance.now() - started < 5000);
    assert.equal(answer.total, null);
    assert.ok(answer.unsettled.includes('combinations.total'));
    assert.ok(['refuted', 'proved', 'unsettled'].includes(answer.verdict));
    if (answer.verdict === 'refuted') {
      const taken = new Set(answer.counterexample?.combination.units);
      assert.equal(taken.size, 60);
      assert.ok(!barred.some((pair) => pair.every((unit) => taken.has(unit))));
      assert.ok(![...taken].some((unit) => unit < 200));
    }
  });
});
