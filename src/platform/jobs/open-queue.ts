import { sql } from 'kysely';
import { type Db, fromKysely, fromPglite, type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss';
import { actingAs, type Context } from '../context.ts';
import type { Store } from '../db/open-store.ts';
import type { PlatformTables } from '../db/rows.ts';
import type { Logger } from '../log/log.ts';
import { countJobs, listJobs } from './find-jobs.ts';
import { type JobDefinition, type JobQueue, NoFurtherTry } from './job.ts';

/** A job that is added by the clock. */
export type Schedule = {
  readonly job: JobDefinition;
  /** Cron, in London's time. */
  readonly cron: string;
};

/** A worker that says nothing for so long is taken for dead, and its job runs again. pg-boss takes 10 at least. */
const heartbeatSeconds = 10;
/** How often the dead are looked for. */
const monitorSeconds = 5;
/** Between two looks at a queue whose notification may have been missed. */
const usualPollingSeconds = 5;
/** Jobs fetched at once: while a fetch comes back full, the next follows at once; of one job each, it would wait. */
const batchSize = 10;
const stopWithinMs = 20_000;
const doneAreKeptSeconds = 7 * 24 * 3600;
/** Longest wait between two tries. */
const longestBackOffSeconds = 6 * 3600;

/** The queue over a store; jobs wait in it from the first `send` on, and run once `work` was called. */
export const openQueue = async (
  store: Store,
  definitions: readonly JobDefinition[],
  schedules: readonly Schedule[],
  log: Logger,
  pollingSeconds: number = usualPollingSeconds,
): Promise<JobQueue> => {
  const byName = new Map(definitions.map((one) => [one.name, one]));
  const boss = new PgBoss({
    ...(store.pglite
      ? { db: fromPglite(store.pglite), backend: 'pglite' as const }
      : { connectionString: store.address ?? '', max: 4 }),
    schema: 'pgboss',
    useListenNotify: true,
    registerInstance: false,
    superviseIntervalSeconds: monitorSeconds,
    monitorIntervalSeconds: monitorSeconds,
    // The embedded store has one connection and little to vacuum; a PostgreSQL has its own operator.
    monitorVacuum: false,
    reindex: false,
  });
  // Its own loop goes on after a fault, such as a database that is away for a while.
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue met a fault'));
  await boss.start();
  for (const job of definitions) {
    const options = {
      retryLimit: job.tries - 1,
      retryDelay: job.backOffSeconds,
      retryBackoff: job.tries > 1,
      retryDelayMax: longestBackOffSeconds,
      // Jobs of a batch run one after the other.
      expireInSeconds: job.limitSeconds * batchSize,
      heartbeatSeconds,
      deleteAfterSeconds: doneAreKeptSeconds,
      notify: true,
    };
    await boss.createQueue(job.name, options);
    await boss.updateQueue(job.name, options);
  }

  return {
    send: async (db, job, data, { after, key } = {}) => {
      if (!byName.has(job.name)) throw new Error(`The job ${job.name} is in no list of jobs`);
      await boss.send(job.name, data, {
        db: fromKysely(db as Parameters<typeof fromKysely>[0]),
        ...(after ? { startAfter: after } : {}),
        ...(key ? { singletonKey: key, singletonSeconds: 60 } : {}),
      });
    },
    list: (state, limit) => listJobs(store, byName, state, limit),
    counts: () => countJobs(store, byName),
    runAgain: async (name, id) => {
      const { rows } = await sql`
        select 1 from pgboss.job where name = ${name} and id::text = ${id} and state = 'failed'`.execute(store.db);
      if (rows.length === 0 || !byName.has(name)) return false;
      await boss.retry(name, id);
      return true;
    },
    work: async (ctx) => {
      for (const job of definitions)
        await boss.work(
          job.name,
          {
            includeMetadata: true,
            perJobResults: true,
            batchSize,
            burstWhenBatchFull: true,
            pollingIntervalSeconds: pollingSeconds,
            notifyPollingIntervalSeconds: pollingSeconds,
          },
          async (batch: JobWithMetadata<object>[]) => {
            const results: JobResult[] = [];
            for (const one of batch)
              results.push(await runJob(boss, actingAs(ctx, { kind: 'system', name: job.name }, 'job'), job, one));
            return results;
          },
        );
      for (const { job, cron } of schedules) await boss.schedule(job.name, cron, {}, { tz: 'Europe/London' });
      const scheduled = new Set(schedules.map(({ job }) => job.name));
      for (const old of await boss.getSchedules()) if (!scheduled.has(old.name)) await boss.unschedule(old.name);
    },
    stop: () => boss.stop({ graceful: true, timeout: stopWithinMs }),
  };
};

const runJob = async (
  boss: PgBoss,
  ctx: Context,
  job: JobDefinition,
  one: JobWithMetadata<object>,
): Promise<JobResult> => {
  const attempt = { id: one.id, retryCount: one.retryCount };
  try {
    const data = job.data.parse(one.data ?? {});
    if (job.kind === 'atomic')
      return await ctx.transaction(async (inside) => {
        const words = await job.run(inside, data);
        const db: Db = fromKysely(inside.db as Parameters<typeof fromKysely>[0]);
        const answer = (await boss.complete(job.name, attempt, { words }, { db })) as { readonly affected?: number };
        // Another worker has taken this job over meanwhile: what was done here must not stand beside what it does.
        if (answer.affected === 0) throw new Error('The job was taken over by another worker');
        return { id: one.id, status: 'completed', output: { words } };
      });
    const words = await job.run(ctx, data, {
      id: one.id,
      lastTry: one.retryCount >= one.retryLimit,
      signal: AbortSignal.any([one.signal, AbortSignal.timeout(job.limitSeconds * 1000)]),
      progress: ({ done, total, words }) => saveProgress(ctx, one.id, done, total, words),
    });
    // Told now, not with the batch: what is done is not run again when the worker is killed over the next one.
    await boss.complete(job.name, attempt, { words });
    return { id: one.id, status: 'completed', output: { words } };
  } catch (error) {
    // pg-boss calls a failure for good "deadletter", whether or not there is such a queue.
    const status = error instanceof NoFurtherTry ? 'deadletter' : 'failed';
    return { id: one.id, status, output: { words: error instanceof Error ? error.message : String(error) } };
  }
};

const saveProgress = async (
  ctx: Context,
  id: string,
  done: number,
  total: number | null,
  words: string,
): Promise<void> => {
  const values = { done, total, words, at: ctx.clock() };
  await ctx.db
    .withTables<PlatformTables>()
    .insertInto('platform.job_progress')
    .values({ job_id: id, ...values })
    .onConflict((conflict) => conflict.column('job_id').doUpdateSet(values))
    .execute();
};
