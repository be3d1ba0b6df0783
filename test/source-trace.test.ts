import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site } from './support/site.ts';

const rows = readFileSync(resolve(import.meta.dirname, '../docs/source.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-H]\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('everything that the original page had is told here', () => {
  let site: Site;
  before(async () => {
    site = await openSite('own');
  });
  after(() => site.close());

  it('traces every row of the facts', () => {
    const ids = rows.map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    const expected = ['H1', 'H5', 'A5', 'B3', 'C1', 'C8', 'D4', 'E2', 'F1', 'G1'];
    assert.deepEqual(
      expected.filter((id) => !ids.includes(id)),
      [],
    );
    assert.equal(ids.length, 29);
  });

  for (const [, id, what, address, words] of rows)
    it(`${id}: ${what}`, async () => {
      const answer = await site.get(address ?? '');
      assert.equal(answer.status, 200);
      const text = answer.text.replaceAll(/<[^>]+>/g, '').replaceAll('&amp;', '&');
      assert.ok(text.includes(words ?? ''), `${address} does not say "${words}"`);
    });
});
