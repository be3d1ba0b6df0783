import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { madeUpRecord } from '../../../../test/support/made-up-standards.ts';
import { openStandardsSite, type StandardsSite } from '../../../../test/support/standards-site.ts';
import { noFilters, type StandardFilters } from '../domain/standard-filters.ts';
import {
  canBeSearched,
  countMatching,
  findHeld,
  findMatching,
  findRecord,
  findReplacements,
  findVersions,
} from './find-standards.ts';

let site: StandardsSite;

before(async () => {
  site = await openStandardsSite();
  await site.load([
    madeUpRecord({ reference: 'ST9101', version: '1.9', title: 'Lamp keeper', status: 'Retired' }),
    madeUpRecord({ reference: 'ST9101', version: '1.10', title: 'Lamp keeper' }),
    madeUpRecord({ reference: 'ST9101', version: '2.0', title: 'Lamp keeper', status: 'In development' }),
    madeUpRecord({
      reference: 'ST9102',
      title: 'Tide watcher',
      level: 5,
      route: 'Engineering and manufacturing',
      options: ['Spring tides', 'Neap tides'],
      knowledge: ['what moves the tides', 'how lamps burn'],
    }),
    madeUpRecord({ reference: 'ST9103', title: '100% cotton weaver', level: 2, route: null, fictional: true }),
    madeUpRecord({ reference: 'ST9104', title: 'Apprentice keeper', status: 'Retired', level: null }),
  ]);
});
after(() => site.close());

const found = async (filters: Partial<StandardFilters>): Promise<readonly string[]> =>
  (await findMatching(site.ctx, { ...noFilters, ...filters }, null)).map((one) => `${one.reference} ${one.version}`);

test('lists one version a standard: the newest approved, else the newest, by title', async () => {
  assert.deepEqual(await found({}), ['ST9103 1.0', 'ST9104 1.0', 'ST9101 1.10', 'ST9102 1.0']);
});

test('orders versions as people count: 1.10 comes after 1.9', async () => {
  const versions = await findVersions(site.ctx, ['ST9101']);
  assert.deepEqual(
    versions.map((one) => one.version),
    ['2.0', '1.10', '1.9'],
  );
});

test('a filter is about versions: a standard with a version that matches is listed by that one', async () => {
  assert.deepEqual(await found({ status: 'Retired' }), ['ST9104 1.0', 'ST9101 1.9']);
  assert.deepEqual(await found({ status: 'In development' }), ['ST9101 2.0']);
});

test('each filter narrows, and together they narrow further', async () => {
  assert.deepEqual(await found({ route: 'Digital', levels: [4] }), ['ST9101 1.10']);
  assert.deepEqual(await found({ levels: [2, 5] }), ['ST9103 1.0', 'ST9102 1.0']);
  assert.deepEqual(await found({ coreAndOptions: true }), ['ST9102 1.0']);
  assert.deepEqual(await found({ fictional: true }), ['ST9103 1.0']);
  assert.deepEqual(await found({ fictional: false, levels: [2] }), []);
});

test('words are found in titles first, then in the wording', async () => {
  assert.deepEqual(await found({ words: 'lamps' }), ['ST9101 1.10', 'ST9103 1.0', 'ST9104 1.0', 'ST9102 1.0']);
  assert.deepEqual(await found({ words: 'moving tide' }), ['ST9102 1.0']);
  assert.deepEqual(await found({ words: '"tides burn"' }), []);
  assert.deepEqual(await found({ words: 'keeper -apprentice' }), ['ST9101 1.10']);
});

test('part of a title or of a reference is found as it was typed, with no sign read as a pattern', async () => {
  assert.deepEqual(await found({ words: 'tide wat' }), ['ST9102 1.0']);
  assert.deepEqual(await found({ words: 'st9102' }), ['ST9102 1.0']);
  assert.deepEqual(await found({ words: 'ST91' }), ['ST9103 1.0', 'ST9104 1.0', 'ST9101 1.10', 'ST9102 1.0']);
  assert.deepEqual(await found({ words: '100% cot' }), ['ST9103 1.0']);
  assert.deepEqual(await found({ words: 'L_mp' }), []);
  assert.deepEqual(await found({ words: "'; drop table x --\\" }), []);
});

test('counts what matches whatever part is asked for', async () => {
  assert.equal(await countMatching(site.ctx, noFilters), 4);
  assert.equal(await countMatching(site.ctx, { ...noFilters, words: 'tides' }), 1);
  const part = await findMatching(site.ctx, noFilters, { skip: 1, take: 2 });
  assert.deepEqual(
    part.map((one) => one.reference),
    ['ST9104', 'ST9101'],
  );
});

test('knows words that say nothing to a search', async () => {
  assert.equal(await canBeSearched(site.ctx, 'the of'), false);
  assert.equal(await canBeSearched(site.ctx, 'the lamps'), true);
});

test('says what it holds', async () => {
  assert.deepEqual(await findHeld(site.ctx), {
    standards: 4,
    versions: 6,
    real: 3,
    fictional: 1,
    routes: ['Digital', 'Engineering and manufacturing'],
    levels: [2, 4, 5],
    statuses: ['Approved for delivery', 'In development', 'Retired'],
  });
});

test('a record that changes under its number is found with the day it changed', async () => {
  assert.deepEqual(await findReplacements(site.ctx, 'ST9104', '1.0'), []);
  const later = new Date('2026-12-01T08:00:00Z');
  await site.load(
    [madeUpRecord({ reference: 'ST9104', title: 'Apprentice keeper', status: 'Retired', level: 3 })],
    later,
  );
  assert.deepEqual(await findReplacements(site.ctx, 'ST9104', '1.0'), [later]);
  assert.equal((await findRecord(site.ctx, 'ST9104', '1.0'))?.standard.level, 3);
  assert.equal(await findRecord(site.ctx, 'ST9104', '9'), null);
});
