import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { PlatformTables } from '../db/rows.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { batchHash, beforeTheFirst } from './act-hash.ts';

/** Acts in one batch at most: one transaction reads and hashes them. */
const largestBatch = 5000;

/** One sealer at a time; any number no other lock of this project has. */
const sealLock = 4_810_001;

/**
 * Seals what is not sealed yet, as one batch more in the chain. Acts are written without waiting for each other and
 * joined to the chain here: a chain head in every transaction would make all writes wait in one line.
 *
 * @returns how many acts were sealed.
 */
export const sealActs = async (ctx: Context): Promise<number> =>
  ctx.transaction(async ({ db }) => {
    await sql`select pg_advisory_xact_lock(${sealLock})`.execute(db);
    const tables = db.withTables<PlatformTables>();
    const acts = await tables
      .selectFrom('platform.act')
      .selectAll()
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('platform.act_sealed').select('act_id').whereRef('act_id', '=', 'platform.act.id'))),
      )
      .orderBy('number')
      .limit(largestBatch)
      .execute();
    if (acts.length === 0) return 0;
    const last = await tables
      .selectFrom('platform.act_batch')
      .select(['batch', 'hash'])
      .orderBy('batch', 'desc')
      .limit(1)
      .executeTakeFirst();
    const batch = (last?.batch ?? 0) + 1;
    const previous = last?.hash ?? beforeTheFirst;
    await tables
      .insertInto('platform.act_batch')
      .values({
        batch,
        acts: acts.length,
        hash: batchHash(batch, previous, acts),
        previous_hash: previous,
        sealed_at: ctx.clock(),
      })
      .execute();
    for (let first = 0; first < acts.length; first += 1000)
      await tables
        .insertInto('platform.act_sealed')
        .values(acts.slice(first, first + 1000).map((act, at) => ({ act_id: act.id, batch, place: first + at })))
        .execute();
    return acts.length;
  });

export const sealActsJob: JobDefinition = {
  name: 'audit.seal',
  title: 'Seal the audit trail',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 30,
  limitSeconds: 120,
  kind: 'stepwise',
  run: async (ctx) => {
    let sealed = 0;
    for (;;) {
      const now = await sealActs(ctx);
      sealed += now;
      if (now < largestBatch) return sealed === 0 ? 'Nothing new to seal.' : `Sealed ${sealed} acts.`;
    }
  },
};
