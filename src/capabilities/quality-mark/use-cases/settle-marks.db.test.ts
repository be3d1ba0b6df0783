import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { seedOrder } from '../../../../src/main/compose.ts';
import { openTestContext, type TestStore } from '../../../../test/support/stores.ts';
import { settleProvider } from './settle-marks.ts';

describe('settling a provider’s marks', () => {
  let store: TestStore;
  before(async () => {
    store = await openTestContext('example');
    for (const capability of seedOrder) await capability.seed?.(store.ctx);
    for (const capability of seedOrder) await capability.seedExample?.(store.ctx);
  });
  after(() => store.close());

  it('at once from several sides issues each credential once, each at a place of its own in the list', async () => {
    const { ctx } = store;
    await sql`update quality_mark.credential set revoked_at = ${ctx.clock()}, revoked_for = 'replaced' where revoked_at is null`.execute(
      ctx.db,
    );
    const settled = await Promise.all(Array.from({ length: 6 }, () => settleProvider(ctx, '19999901')));
    const issued = settled.map((one) => one.issued);
    assert.equal(issued.filter((one) => one > 0).length, 1, issued.join());
    const { rows } = await sql<{ standing: string; places: string; all: string }>`
      select count(*) filter (where revoked_at is null)::text as standing,
        count(distinct (status_list, status_index))::text as places, count(*)::text as all
      from quality_mark.credential`.execute(ctx.db);
    assert.equal(rows[0]?.standing, String(Math.max(...issued)));
    assert.equal(rows[0]?.places, rows[0]?.all);
  });
});
