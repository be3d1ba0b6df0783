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

test('every example standard reads, and says that it is fictional', () => {
  assert.equal(standards.length, 3);
  for (const record of standards) {
    assert.equal(readStandard(record).kind, 'ok');
    assert.equal((record as { readonly _fictional?: boolean })._fictional, true);
  }
});

test('the network diploma is proved over 5,852,925 combinations', () => {
  const result = checkExample('network-technician');
  assert.equal(result.verdict, 'proved');
  // 30! / (8! 22!)
  assert.equal(result.combinations.total, '5852925');
  assert.deepEqual(result.advice, []);
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
    ['title-says-htq', 'part-not-accepted', 'dead-unit'],
  );
});

test('what one college runs of the draft is proved', () => {
  const result = checkExample('network-technician-draft', 'northfield-college');
  assert.equal(result.verdict, 'proved');
  assert.equal(result.combinations.total, '15');
});

test('building services is proved for both options; of one pathway alone the other cannot be reached', () => {
  const whole = checkExample('building-services');
  assert.equal(whole.verdict, 'proved');
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
