import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { madeUpRecord } from '../../../../test/support/made-up-standards.ts';
import { openStandardsSite, type StandardsSite } from '../../../../test/support/standards-site.ts';
import { noFilters } from '../domain/standard-filters.ts';
import { standardsAsCsv, standardsAsJson } from './list-files.ts';
import { openStandard } from './open-standard.ts';
import { searchStandards, standardsPerPage } from './search-standards.ts';
import { listStandardTitles, standardsByReference } from './standards-for-neighbours.ts';

let site: StandardsSite;

before(async () => {
  site = await openStandardsSite();
  await site.load([
    madeUpRecord({ reference: 'ST9101', version: '1.1', status: 'Retired' }),
    madeUpRecord({ reference: 'ST9101', version: '1.2', title: 'Keeper of lamps' }),
    madeUpRecord({ reference: 'ST9101', version: '1.3', status: 'In development' }),
    madeUpRecord({ reference: 'ST9102', title: '=1+2', fictional: true }),
  ]);
});
after(() => site.close());

test('neighbours get the raw records of all versions, newest first', async () => {
  const records = await standardsByReference(site.ctx, ['st9101 ', 'ST0000', 'ST\u00009']);
  assert.deepEqual(
    records.map((one) => (one as { readonly versionNumber: string }).versionNumber),
    ['1.3', '1.2', '1.1'],
  );
  assert.deepEqual(await standardsByReference(site.ctx, []), []);
});

test('neighbours get every version by title, to choose from', async () => {
  const titles = await listStandardTitles(site.ctx);
  assert.deepEqual(titles[0], {
    reference: 'ST9102',
    version: '1.0',
    title: '=1+2',
    level: 4,
    status: 'Approved for delivery',
    fictional: true,
  });
  assert.equal(titles.length, 4);
});

test('a standard opens at its newest approved version, or at the one asked for', async () => {
  const opened = async (version: string | null) => {
    const result = await openStandard(site.ctx, 'ST9101', version);
    assert.equal(result.kind, 'ok');
    return result.value;
  };
  assert.equal((await opened(null)).standard.version, '1.2');
  const first = await opened('1.1');
  assert.equal(first.standard.version, '1.1');
  assert.equal(first.current.version, '1.2');
  assert.equal(first.versions.length, 3);
});

test('what is not there is refused with the versions that are', async () => {
  const version = await openStandard(site.ctx, 'ST9101', '9');
  assert.equal(version.kind, 'refused');
  assert.deepEqual(
    version.refusal.versions.map((one) => one.version),
    ['1.3', '1.2', '1.1'],
  );
  const reference = await openStandard(site.ctx, 'ST0000', null);
  assert.deepEqual(reference, { kind: 'refused', refusal: { reference: 'ST0000', versions: [] } });
});

test('words too common to search for are left out and said', async () => {
  const result = await searchStandards(site.ctx, { ...noFilters, words: 'the' }, 1);
  assert.equal(result.commonWords, true);
  assert.equal(result.total, 2);
});

test('a page after the last is the last', async () => {
  const many = Array.from({ length: standardsPerPage }, (_, index) =>
    madeUpRecord({ reference: `ST8${String(index).padStart(3, '0')}`, title: `Standard ${index}` }),
  );
  await site.load(many);
  const result = await searchStandards(site.ctx, noFilters, 99);
  assert.deepEqual([result.page, result.pages, result.total, result.found.length], [2, 2, 52, 2]);
});

test('files hold every page, keep versions as text and say whose wording it is', async () => {
  const csv = new TextDecoder().decode(await standardsAsCsv(site.ctx, { ...noFilters, words: 'keeper or st9102' }));
  const lines = csv.trim().split('\r\n');
  assert.equal(lines.length, 3);
  assert.match(csv, /"ST9101","1.2","Keeper of lamps"/);
  assert.match(csv, /"'=1\+2"/, 'what a spreadsheet would run is kept from running');
  assert.match(csv, /"Fictional, made up for HTQ Toolkit"/);
  const json = JSON.parse(await standardsAsJson(site.ctx, noFilters, (one) => `/at/${one.reference}`));
  assert.equal(json.standards.length, 52);
  const one = json.standards.find((standard: { readonly reference: string }) => standard.reference === 'ST9101');
  assert.equal(one.source, 'Crown copyright, Skills England, Open Government Licence v3.0');
  assert.deepEqual(one.otherVersions, [
    { version: '1.3', status: 'In development' },
    { version: '1.1', status: 'Retired' },
  ]);
});
