/**
 * Jobs a second through the queue on PostgreSQL, with two workers, against pg-boss's own bare loop: the same number of
 * jobs, each worker with the same settings, and nothing done in a job but a row written.
 * `node bench/queue.ts [--jobs N] [--json]`, with the project's own Node.
 */
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { visitor } from '#kernel/actor.ts';
import { makeContext } from '#platform/context.ts';
import { openPostgresStore, type Store } from '#platform/db/open-store.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { openQueue } from '#platform/jobs/open-queue.ts';
import { makeLog } from '#platform/log/log.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import { referencesOf } from '../src/main/references.ts';
import { startEmbeddedPostgres } from '../test/support/postgres-servers.ts';

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '2000' }, json: { type: 'boolean', default: false } },
});
const jobs = Number(values.jobs);
const log = makeLog('silent');

const server = await startEmbeddedPostgres();
const address = `${server.address}/postgres`;
const store: Store = openPostgresStore(address);
await sql`create schema if not exists platform`.execute(store.db);
await sql`create table if not exists platform.job_progress (job_id uuid primary key, done integer, total integer, words text, at timestamptz)`.execute(
  store.db,
);
await sql`create table done (n integer)`.execute(store.db);

const waitFor = async (count: number): Promise<void> => {
  for (;;) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from done`.execute(store.db);
    if (Number(rows[0]?.count) >= count) return;
    await new Promise((done) => setTimeout(done, 20));
  }
};

const job: JobDefinition<{ n: number }> = {
  name: 'bench.ours',
  title: 'Bench',
  data: z.object({ n: z.number() }),
  tries: 2,
  backOffSeconds: 1,
  limitSeconds: 60,
  kind: 'atomic',
  run: async ({ db }, { n }) => {
    await sql`insert into done values (${n})`.execute(db);
    return 'Done.';
  },
};

const ours = async (): Promise<number> => {
  const stores = [openPostgresStore(address), openPostgresStore(address)];
  const queues = [];
  for (const one of stores) queues.push(await openQueue(one, [job as unknown as JobDefinition], [], log));
  for (let n = 0; n < jobs; n += 1) await queues[0]?.send(store.db, job, { n });
  const start = performance.now();
  for (const [at, queue] of queues.entries())
    await queue.work(
      makeContext({
        db: (stores[at] ?? store).db,
        clock: () => new Date(),
        storeKind: 'own',
        workers: inlineWorkers,
        name: 'Bench',
        address: 'http://localhost',
        jobs: queue,
        mail: null,
        issuers: [],
        exampleToken: null,
        personalData: [],
        references: referencesOf([]),
        actor: visitor,
        door: 'job',
      }),
    );
  await waitFor(jobs);
  const seconds = (performance.now() - start) / 1000;
  for (const queue of queues) await queue.stop();
  for (const one of stores) await one.close();
  return jobs / seconds;
};

const bare = async (): Promise<number> => {
  await sql`truncate done`.execute(store.db);
  const bosses = [];
  for (let worker = 0; worker < 2; worker += 1) {
    const boss = new PgBoss({ connectionString: address, max: 4, useListenNotify: true, registerInstance: false });
    await boss.start();
    bosses.push(boss);
  }
  await bosses[0]?.createQueue('bench.bare', { notify: true, heartbeatSeconds: 10 });
  for (let n = 0; n < jobs; n += 1) await bosses[0]?.send('bench.bare', { n });
  const start = performance.now();
  for (const boss of bosses)
    await boss.work<{ n: number }>(
      'bench.bare',
      { batchSize: 10, burstWhenBatchFull: true, pollingIntervalSeconds: 5, notifyPollingIntervalSeconds: 5 },
      async (batch) => {
        for (const one of batch) await sql`insert into done values (${one.data.n})`.execute(store.db);
      },
    );
  await waitFor(jobs);
  const seconds = (performance.now() - start) / 1000;
  for (const boss of bosses) await boss.stop({ graceful: true });
  return jobs / seconds;
};

const oursRate = await ours();
const bareRate = await bare();
const result = { jobs, workers: 2, oursPerSecond: oursRate, barePerSecond: bareRate, ratio: oursRate / bareRate };
if (values.json) console.log(JSON.stringify(result, null, 2));
else console.table([result]);
await store.close();
await server.stop();
