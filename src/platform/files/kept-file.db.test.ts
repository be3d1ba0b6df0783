import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestContext, type TestStore } from '../../../test/support/stores.ts';
import { deleteKeptFile, isKept, keepFile, readKeptFile } from './kept-file.ts';

describe('a file in the store', () => {
  let store: TestStore;
  before(async () => {
    store = await openTestContext('example');
  });
  after(() => store.close());

  it('comes back byte for byte, also as a part of a longer one, until it is deleted', async () => {
    const longer = Uint8Array.from({ length: 300 }, (_, at) => at % 256);
    for (const bytes of [longer, longer.subarray(7, 290), new Uint8Array(0)]) {
      const id = await store.ctx.transaction((inside) => keepFile(inside, 'application/octet-stream', bytes));
      const kept = await readKeptFile(store.ctx, id);
      assert.equal(Buffer.compare(Buffer.from(bytes), Buffer.from(kept?.bytes ?? [1])), 0);
      assert.equal(kept?.size, bytes.length);
      assert.equal(await isKept(store.ctx, [id], bytes), true);
      assert.equal(await isKept(store.ctx, [id], Uint8Array.of(9)), false);
      await deleteKeptFile(store.ctx, id);
      assert.equal(await readKeptFile(store.ctx, id), undefined);
    }
  });
});
