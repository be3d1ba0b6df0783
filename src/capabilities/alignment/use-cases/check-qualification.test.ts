import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type File, isPermitted, judge, type StandardRecord } from '../../../../test/support/brute-force.ts';
import { randomCase } from '../../../../test/support/random-cases.ts';
import { type CheckResult, checkQualification, QualificationError } from '../index.ts';

const cases = 1500;

/** Positions compared in order, a beginning before what continues it. */
const comesBefore = (one: readonly number[], other: readonly number[]): boolean => {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = (one[at] ?? -1) - (other[at] ?? -1);
    if (difference !== 0) return difference < 0;
  }
  return false;
};

type Judgement = ReturnType<typeof judge>;

const firstOf = (file: File, combinations: Judgement['combinations']) => {
  const pathways = file.rules?.pathways?.map((one) => one.name) ?? [null];
  const positions = (units: readonly string[]) =>
    units.map((code) => file.units.findIndex((unit) => unit.code === code));
  return combinations.reduce<Judgement['combinations'][number] | null>((best, one) => {
    if (!best) return one;
    const order = pathways.indexOf(one.pathway as never) - pathways.indexOf(best.pathway as never);
    return order < 0 || (order === 0 && comesBefore(positions(one.units), positions(best.units))) ? one : best;
  }, null);
};

const most = (numbers: readonly number[]): number => numbers.reduce((best, one) => Math.max(best, one), -1);

const expected = (file: File, judged: Judgement) => {
  const { combinations, claims } = judged;
  const failing = combinations.filter((one) => one.fails);
  const reached = new Map(claims.map(({ id }) => [id, combinations.some((one) => one.missing.get(id)?.length === 0)]));
  const missed = (one: Judgement['combinations'][number]) =>
    [...one.missing.values()].reduce((sum, list) => sum + list.length, 0);
  const worstFailing = firstOf(
    file,
    failing.filter((one) => missed(one) === most(failing.map(missed))),
  );
  const grouped = new Set(
    [file.rules, ...(file.rules?.pathways ?? [])].flatMap(
      (scope) => scope?.choose?.flatMap((choice) => choice.from) ?? [],
    ),
  );
  return {
    verdict:
      combinations.length === 0
        ? 'no-combinations'
        : failing.length > 0 || [...reached.values()].includes(false)
          ? 'refuted'
          : 'proved',
    total: String(combinations.length),
    pathways: (file.rules?.pathways ?? []).map(({ name }) => ({
      name,
      total: String(combinations.filter((one) => one.pathway === name).length),
    })),
    failing: String(failing.length),
    unreached: combinations.length === 0 ? [] : claims.flatMap(({ id }) => (reached.get(id) ? [] : [id])),
    counterexample: worstFailing && {
      pathway: worstFailing.pathway,
      units: worstFailing.units,
      missing: Object.fromEntries([...worstFailing.missing].filter(([, list]) => list.length > 0)),
    },
    inEveryCombination:
      combinations.length === 0
        ? []
        : file.units
            .map((unit) => unit.code)
            .filter((code) => grouped.has(code) && combinations.every((one) => one.units.includes(code))),
    inNoCombination: file.units
      .map((unit) => unit.code)
      .filter((code) => !combinations.some((one) => one.units.includes(code))),
    occupations:
      combinations.length === 0
        ? []
        : claims.map(({ id, required }) => {
            const own = combinations.filter((one) => one.missing.has(id));
            const missing = (one: (typeof own)[number]) => one.missing.get(id) ?? [];
            const largest = most(own.map((one) => missing(one).length));
            const worst = firstOf(
              file,
              own.filter((one) => missing(one).length === largest),
            );
            const covered = (ksb: string) => own.filter((one) => !missing(one).includes(ksb)).length;
            return {
              id,
              required: required.length,
              reached: reached.get(id),
              onEveryCombination: own.length > 0 && own.every((one) => missing(one).length === 0),
              worst: worst ? required.length - largest : null,
              worstCombination: worst && { pathway: worst.pathway, units: worst.units, missing: missing(worst) },
              always: own.length === 0 ? [] : required.filter((ksb) => covered(ksb) === own.length),
              sometimes: required.filter((ksb) => covered(ksb) > 0 && covered(ksb) < own.length),
              never: required.filter((ksb) => covered(ksb) === 0),
            };
          }),
  };
};

const found = (result: CheckResult) => ({
  verdict: result.verdict,
  total: result.combinations.total,
  pathways: result.combinations.pathways,
  failing: result.combinations.failing,
  unreached: result.unreached,
  counterexample: result.counterexample,
  inEveryCombination: result.units.inEveryCombination,
  inNoCombination: result.units.inNoCombination,
  occupations: result.occupations.map(
    ({ id, required, reached, onEveryCombination, worst, worstCombination, always, sometimes, never }) => ({
      id,
      required,
      reached,
      onEveryCombination,
      worst,
      worstCombination,
      always,
      sometimes,
      never,
    }),
  ),
});

/** Random files are sometimes wrong (a claim that requires nothing, say): those are for the tests of the file. */
const checked = (seed: number, report: 'full' | 'verdict') => {
  const { qualification, standards } = randomCase(seed);
  try {
    const result = checkQualification(qualification, standards, { report });
    return { file: qualification as File, records: standards as StandardRecord[], result };
  } catch (error) {
    if (error instanceof QualificationError) return null;
    throw error;
  }
};

describe('checkQualification against the brute-force judge', () => {
  it(`agrees in every field on random qualifications (${cases} seeds)`, () => {
    const seen = { proved: 0, refuted: 0, 'no-combinations': 0, unsettled: 0, wrong: 0 };
    for (let seed = 0; seed < cases; seed += 1) {
      const one = checked(seed, 'full');
      if (!one) {
        seen.wrong += 1;
        continue;
      }
      assert.deepEqual(found(one.result), expected(one.file, judge(one.file, one.records)), `seed ${seed}`);
      seen[one.result.verdict] += 1;
    }
    // The cases must not all be of one kind, or the agreement would say little.
    assert.ok(seen.proved > 60 && seen.refuted > 300 && seen['no-combinations'] > 60, JSON.stringify(seen));
    assert.ok(cases - seen.wrong >= 1000, JSON.stringify(seen));
    assert.equal(seen.unsettled, 0);
  });

  it('gives the same verdict when only that is asked for, with a counterexample that is one', () => {
    for (let seed = 0; seed < cases; seed += 1) {
      const one = checked(seed, 'verdict');
      if (!one) continue;
      const { file, records, result } = one;
      const judged = judge(file, records);
      const truth = expected(file, judged);
      assert.equal(result.verdict, truth.verdict, `seed ${seed}`);
      assert.deepEqual(result.unreached, truth.unreached, `seed ${seed}`);
      assert.equal(result.counterexample !== null, truth.counterexample !== null, `seed ${seed}`);
      if (!result.counterexample) continue;
      const { pathway, units, missing } = result.counterexample;
      assert.ok(isPermitted(file, pathway, new Set(units)), `seed ${seed}: the counterexample is not permitted`);
      const same = judged.combinations.find(
        (other) => other.pathway === pathway && other.units.join() === units.join(),
      );
      assert.ok(same?.fails, `seed ${seed}: the counterexample does not fail`);
      assert.deepEqual(
        missing,
        Object.fromEntries([...same.missing].filter(([, list]) => list.length > 0)),
        `seed ${seed}`,
      );
    }
  });
});
