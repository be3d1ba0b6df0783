import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { openTestContext, openTestStore, type TestStore } from '../../../test/support/stores.ts';
import { countActs } from '../audit/find-acts.ts';
import { recordAct } from '../audit/record-act.ts';
import { type Context, makeContext } from '../context.ts';
import type { Store } from '../db/open-store.ts';
import { makeLog } from '../log/log.ts';
import { enqueue } from './enqueue.ts';
import { type JobDefinition, type JobState, NoFurtherTry } from './job.ts';
import { openQueue } from './open-queue.ts';

const number = z.object({ n: z.number() });
const shared = { data: number, backOffSeconds: 1, limitSeconds: 30 };

describe('the job queue', () => {
  let store: Store;
  let outer: TestStore;
  let ctx: Context;
  const ran: string[] = [];
  let faults = 0;

  const atomic: JobDefinition<{ n: number }> = {
    ...shared,
    name: 'test.atomic',
    title: 'Acts once',
    tries: 2,
    kind: 'atomic',
    run: async (inside, { n }) => {
      await recordAct(inside, { name: 'test.job-acted', after: { n } });
      ran.push(`atomic ${n}`);
      if (n === 13) throw new Error('Thirteen brings bad luck');
      return `Acted on ${n}.`;
    },
  };
  const stepwise: JobDefinition<{ n: number }> = {
    ...shared,
    name: 'test.stepwise',
    title: 'Goes step by step',
    tries: 3,
    kind: 'stepwise',
    run: async (_ctx, { n }, job) => {
      await job.progress({ done: 1, total: 2, words: 'Half of it' });
      ran.push(`stepwise ${n}`);
      if (n === 1 && faults++ === 0) throw new Error('Not this time');
      if (n === 2) throw new NoFurtherTry('Nobody is there');
      return `Did ${n}.`;
    },
  };

  before(async () => {
    // The queue of the test store has the house's own jobs; this one has these.
    outer = await openTestContext();
    store = await openTestStore();
    const jobs = await openQueue(store, [atomic, stepwise] as unknown as JobDefinition[], [], makeLog('silent'), 0.5);
    ctx = makeContext({ ...outer.ctx, db: store.db, jobs });
    await jobs.work(ctx);
  });
  after(async () => {
    await ctx.jobs.stop();
    await store.close();
    await outer.close();
  });

  const send = (job: JobDefinition<{ n: number }>, n: number) =>
    ctx.transaction((inside) => enqueue(inside, job, { n }));
  const until = async (state: JobState, words: RegExp) => {
    for (let tries = 0; tries < 200; tries += 1) {
      const found = (await ctx.jobs.list(state, 100)).find((one) => words.test(one.words ?? ''));
      if (found) return found;
      await wait(100);
    }
    throw new Error(`No ${state} job says ${words}: ${JSON.stringify(await ctx.jobs.list(state, 10))}`);
  };

  it('takes a job in a transaction alone, and forgets it with the rollback', async () => {
    await assert.rejects(enqueue(ctx, atomic, { n: 1 }), /transaction of the act/);
    await assert.rejects(
      ctx.transaction(async (inside) => {
        await enqueue(inside, atomic, { n: 99 });
        throw new Error('rolled back');
      }),
      /rolled back/,
    );
    await send(atomic, 1);
    assert.equal((await until('done', /Acted on 1\./)).title, 'Acts once');
    assert.ok(!ran.includes('atomic 99'));
  });

  it('undoes what a job did that failed, says why, and runs it again when told to', async () => {
    const before = await countActs(ctx);
    await send(atomic, 13);
    const failed = await until('failed', /Thirteen brings bad luck/);
    assert.equal(ran.filter((one) => one === 'atomic 13').length, 2, 'it was tried twice');
    assert.equal(await countActs(ctx), before, 'and left nothing behind');
    assert.equal(await ctx.jobs.runAgain('test.atomic', 'no-such-job'), false);
    assert.equal(await ctx.jobs.runAgain(failed.name, failed.id), true);
    for (let tries = 0; tries < 100 && ran.filter((one) => one === 'atomic 13').length < 3; tries += 1) await wait(100);
    assert.ok(ran.filter((one) => one === 'atomic 13').length >= 3);
  });

  it('tries again after a fault, and shows how far it has come', async () => {
    await send(stepwise, 1);
    const done = await until('done', /Did 1\./);
    assert.equal(ran.filter((one) => one === 'stepwise 1').length, 2);
    assert.deepEqual(done.progress, { done: 1, total: 2, words: 'Half of it' });
  });

  it('does not try again what would fail however often', async () => {
    await send(stepwise, 2);
    await until('failed', /Nobody is there/);
    assert.equal(ran.filter((one) => one === 'stepwise 2').length, 1);
  });

  it('counts jobs by state', async () => {
    const counts = await ctx.jobs.counts();
    assert.ok(counts.done >= 2 && counts.failed >= 1);
  });
});
