import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { readStandard } from '#cap/standards';
import { checkQualification } from '../src/capabilities/alignment/index.ts';

/** What `examples/README.md` promises. */
const examples = resolve(import.meta.dirname, '../examples');
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(examples, path), 'utf8'));
const standards = readdirSync(join(examples, 'standards')).map((file) => readJson(`standards/${file}`));

const checkExample = (qualification: string, offer?: string) =>
  checkQualification(
    readJson(`qualifications/${qualification}.json`),
    standards,
    offer ? { offer: readJson(`offers/${offer}.json`) } : {},
  );

type Mapping = Readonly<Record<string, readonly string[]>>;
type DiplomaUnit = {
  readonly code: string;
  readonly covers?: Mapping;
  readonly outcomes?: readonly { readonly covers?: Mapping }[];
};
type Diploma = { readonly units: readonly DiplomaUnit[] };

/** The KSBs of ST9001 that the unit and its outcomes cover in full. */
const covered = (unit: DiplomaUnit): readonly string[] =>
  [unit, ...(unit.outcomes ?? [])].flatMap((one) => one.covers?.ST9001 ?? []);

const without = (unit: DiplomaUnit, ksb: string): DiplomaUnit => {
  const less = <Holder extends { readonly covers?: Mapping }>(one: Holder): Holder =>
    one.covers ? { ...one, covers: { ST9001: (one.covers.ST9001 ?? []).filter((code) => code !== ksb) } } : one;
  return unit.outcomes ? { ...less(unit), outcomes: unit.outcomes.map(less) } : less(unit);
};

test('every example standard reads, and says that it is fictional', () => {
  assert.equal(standards.length, 4);
  for (const record of standards) {
    assert.equal(readStandard(record).kind, 'ok');
    assert.equal((record as { readonly _fictional?: boolean })._fictional, true);
  }
});

test('every KSB of an example standard is needed by a duty, and six of ST9002 by one option alone', () => {
  for (const record of standards) {
    const read = readStandard(record);
    assert.ok(read.kind === 'ok');
    const standard = read.value;
    const used = new Set(standard.duties.flatMap((duty) => duty.ksbs));
    assert.deepEqual(
      standard.ksbs.filter((ksb) => !used.has(ksb.code)).map((ksb) => ksb.code),
      [],
      `${standard.reference} ${standard.version}`,
    );
    if (standard.reference !== 'ST9002') continue;
    assert.equal(standard.ksbs.length, 23);
    assert.equal(standard.ksbs.filter((ksb) => !ksb.core && ksb.options.length === 1).length, 6);
  }
});

test('the network diploma is proved over 5,852,925 combinations', () => {
  const result = checkExample('network-technician');
  assert.equal(result.verdict, 'proved');
  // 30! / (8! 22!)
  assert.equal(result.combinations.total, '5852925');
  assert.deepEqual(result.advice, []);
  assert.deepEqual(
    result.occupations.map((one) => [one.required, one.worst]),
    [[21, 21]],
  );
});

test('in the network diploma seven optional units teach no S2 and seven no S6, and an eighth would refute it', () => {
  const diploma = readJson('qualifications/network-technician.json') as Diploma;
  const optional = diploma.units.slice(8);
  for (const ksb of ['S2', 'S6']) {
    const teaching = optional.filter((unit) => covered(unit).includes(ksb));
    assert.equal(optional.length - teaching.length, 7, ksb);
    const less = {
      ...diploma,
      units: diploma.units.map((unit) => (unit.code === teaching[0]?.code ? without(unit, ksb) : unit)),
    };
    const result = checkQualification(less, standards);
    assert.equal(result.verdict, 'refuted', ksb);
    assert.equal(result.combinations.failing, '1', ksb);
    assert.deepEqual(result.counterexample?.missing, { ST9001: [ksb] });
  }
});

test('its draft is refuted by one combination of 182, and says what to look at', () => {
  const result = checkExample('network-technician-draft');
  assert.equal(result.verdict, 'refuted');
  // Choose 4 of 10 is 210; of these 28 hold both barred units.
  assert.equal(result.combinations.total, '182');
  assert.equal(result.combinations.failing, '1');
  assert.deepEqual(result.counterexample?.missing, { ST9001: ['K10'] });
  assert.deepEqual(result.counterexample?.units.slice(6), ['ND07', 'ND10', 'ND11', 'ND14']);
  assert.deepEqual(
    result.advice.map((one) => one.code),
    ['title-says-htq', 'part-not-accepted', 'dead-unit', 'single-optional-unit'],
  );
  assert.deepEqual(result.units, { inEveryCombination: ['ND06'], inNoCombination: ['ND17'] });
});

test('with the mapping that its author forgot, the draft is proved', () => {
  const draft = readJson('qualifications/network-technician-draft.json') as Diploma;
  const units = draft.units.map((unit) =>
    unit.code === 'ND07'
      ? {
          ...unit,
          outcomes: unit.outcomes?.map((one) => (one.covers ? one : { ...one, covers: { ST9001: ['K10'] } })),
        }
      : unit,
  );
  const result = checkQualification({ ...draft, units }, standards);
  assert.equal(result.verdict, 'proved');
  assert.equal(result.combinations.total, '182');
});

test('what one college runs of the draft is proved', () => {
  const result = checkExample('network-technician-draft', 'northfield-college');
  assert.equal(result.verdict, 'proved');
  assert.equal(result.combinations.total, '15');
});

test('building services is proved for both options; of one pathway alone the other cannot be reached', () => {
  const whole = checkExample('building-services');
  assert.equal(whole.verdict, 'proved');
  assert.equal(whole.combinations.total, '117');
  assert.deepEqual(whole.advice, []);
  assert.deepEqual(
    whole.combinations.pathways.map((one) => one.total),
    ['63', '30', '24'],
  );
  const offer = checkExample('building-services', 'southgate-institute');
  assert.equal(offer.verdict, 'refuted');
  assert.deepEqual(offer.unreached, ['controls']);
  assert.equal(offer.counterexample, null);
  assert.equal(offer.combinations.total, '2');
});
