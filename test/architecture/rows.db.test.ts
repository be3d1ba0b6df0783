import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { rowFiles, staleFiles } from '../support/row-types.ts';
import { openTestStore } from '../support/stores.ts';

const root = resolve(import.meta.dirname, '../..');

test('row types are what the migrated database says', async () => {
  const store = await openTestStore();
  const files = await rowFiles(store.db);
  await store.close();
  assert.ok(files.length > 0);
  assert.deepEqual(staleFiles(root, files), [], 'run: npm run rows');
  const [first] = files;
  if (first) assert.equal(staleFiles(root, [{ ...first, text: `${first.text}\n` }]).length, 1);
});
