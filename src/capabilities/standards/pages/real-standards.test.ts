import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { openStandardsSite, type StandardsSite } from '../../../../test/support/standards-site.ts';

/** Real records lie beside the project where its makers work; they are not part of it. */
const shared = resolve(import.meta.dirname, '../../../../../shared/data');
const folder = join(shared, 'standards');
const skip = existsSync(folder) ? false : 'there are no real standards in ../shared/data beside the project';

type Keyed = { readonly referenceNumber: string; readonly versionNumber: string };
const recordsIn = (place: string): readonly Keyed[] =>
  readdirSync(place).map((file) => JSON.parse(readFileSync(join(place, file), 'utf8')) as Keyed);

let site: StandardsSite | undefined;
let records: readonly Keyed[] = [];

before(async () => {
  if (skip) return;
  records = recordsIn(folder);
  site = await openStandardsSite('own');
});
after(() => site?.close());

const opened = (): StandardsSite => {
  assert.ok(site);
  return site;
};

test('every real standard has its page, with its grid, its wording as text and each code once', { skip }, async () => {
  const report = await opened().load(records);
  assert.deepEqual([report.added, report.refused], [records.length, []]);
  for (const { referenceNumber, versionNumber } of records) {
    const name = `${referenceNumber} ${versionNumber}`;
    const { status, text } = await opened().get(`/standards/${referenceNumber}/${versionNumber}`);
    assert.equal(status, 200, name);
    assert.match(text, /<svg class="htq-map"/, name);
    assert.doesNotMatch(text, /&amp;(?:lt|gt|amp|nbsp|quot|#x?\w+);/i, name);
    assert.doesNotMatch(text, /&lt;\/?(?:p|li|ul|ol|br|strong|span|div|a)\b/i, name);
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    assert.equal(new Set(ids).size, ids.length, `${name}: an id stands twice`);
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target), `${name}: #${target}`);
  }
});

test('the list holds them all, and attributes their wording', { skip }, async () => {
  const { text } = await opened().get('/standards');
  assert.match(text, new RegExp(`>${records.length} standards</h2>`));
  assert.match(text, /© Crown copyright, published by/);
  const { text: csv } = await opened().get('/standards.csv');
  assert.equal(csv.trim().split('\r\n').length, records.length + 1);
});

test('a word finds the occupation it names first', { skip }, async () => {
  const { document } = await opened().get('/standards?words=software+developer');
  assert.equal(document.querySelector('h3')?.textContent, 'Software developer');
});

test('what was edited without a new version number says so', { skip }, async () => {
  const earlier = recordsIn(join(shared, 'standards-earlier'));
  const report = await opened().load(earlier, new Date('2026-12-01T08:00:00Z'));
  assert.equal(report.changed, earlier.length);
  for (const { referenceNumber } of earlier) {
    const { status, text } = await opened().get(`/standards/${referenceNumber}`);
    assert.equal(status, 200);
    assert.match(text, /changed on 1 December 2026 although its number stayed/);
  }
});

test('standards written to older templates have their page too', { skip }, async () => {
  const old = readFileSync(join(shared, 'standards-ksb-only.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Keyed & { readonly version: string });
  const report = await opened().load(old);
  assert.deepEqual(report.refused, []);
  for (const { referenceNumber, version } of old) {
    const { status, text } = await opened().get(`/standards/${referenceNumber}/${version}`);
    assert.equal(status, 200, referenceNumber);
    assert.match(text, /This record (?:lists|does not say)|<svg class="htq-map"/, referenceNumber);
    assert.doesNotMatch(text, /&amp;(?:lt|gt|amp|nbsp|quot|#x?\w+);/i, referenceNumber);
  }
});
