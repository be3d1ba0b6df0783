import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { type HeavyWork, OutOfTime, openWorkerPool, PoolFull } from './pool.ts';

const work = (name: string): HeavyWork => ({
  module: new URL('../../../test/support/heavy.ts', import.meta.url),
  name,
});

describe('the pool of worker threads', () => {
  const pool = openWorkerPool(1);
  after(() => pool.close());

  it('runs work on a thread of its own, and hands on what it throws', async () => {
    assert.equal(await pool.run<number>(work('double'), 21, 10_000), 42);
    await assert.rejects(pool.run(work('fails'), null, 10_000), /it failed/);
  });

  it('ends what takes too long, and goes on with the next', async () => {
    await assert.rejects(pool.run(work('spins'), null, 300), OutOfTime);
    assert.equal(await pool.run<number>(work('double'), 2, 10_000), 4);
  });

  it('says no when too much waits', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => pool.run(work('double'), 1, 10_000)));
    const refused = answers.filter((one) => one.status === 'rejected' && one.reason instanceof PoolFull);
    assert.equal(refused.length, 3, 'one runs, eight wait, the rest come back');
  });
});
