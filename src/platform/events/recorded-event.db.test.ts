import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { openTestContext, type TestStore } from '../../../test/support/stores.ts';
import type { RunningJob } from '../jobs/job.ts';
import { defineEvent, deliverEventJob, hearing, recordEvent } from './recorded-event.ts';

const happened = defineEvent('test.happened', z.object({ what: z.string() }));
const running: RunningJob = { id: 'x', lastTry: false, signal: new AbortController().signal, progress: async () => {} };

describe('a recorded event', () => {
  let store: TestStore;
  before(async () => {
    store = await openTestContext();
  });
  after(() => store.close());

  const waiting = async (): Promise<number> =>
    (await store.ctx.jobs.list('waiting', 100)).filter((one) => one.name === 'platform.deliver-event').length;

  it('waits to be told when its act stands, and vanishes with it', async () => {
    await store.ctx
      .transaction(async (inside) => {
        await recordEvent(inside, happened, { what: 'nothing' });
        throw new Error('undone');
      })
      .catch(() => {});
    assert.equal(await waiting(), 0);
    await store.ctx.transaction((inside) => recordEvent(inside, happened, { what: 'something' }));
    assert.equal(await waiting(), 1);
    await assert.rejects(recordEvent(store.ctx, happened, { what: 'outside' }), /transaction/);
  });

  it('reaches everyone who hears it, each in a transaction, and nobody else', async () => {
    const heard: string[] = [];
    const job = deliverEventJob([
      hearing(happened, async (ctx, { what }) => {
        heard.push(`${what} ${ctx.inTransaction}`);
        return 'Heard it.';
      }),
      { event: 'test.other', hear: async () => assert.fail() },
    ]);
    if (job.kind !== 'stepwise') assert.fail();
    assert.equal(await job.run(store.ctx, { event: 'test.happened', data: { what: 'it' } }, running), 'Heard it.');
    assert.deepEqual(heard, ['it true']);
    assert.equal(
      await job.run(store.ctx, { event: 'test.nobody', data: {} }, running),
      'Nobody waits for test.nobody.',
    );
    await assert.rejects(job.run(store.ctx, { event: 'test.happened', data: {} }, running));
  });
});
