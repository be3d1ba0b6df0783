import type { Context } from '../context.ts';
import type { PlatformTables } from '../db/rows.ts';
import { batchHash, beforeTheFirst } from './act-hash.ts';
import { personalHash } from './record-act.ts';

export type TrailReport = {
  readonly batches: number;
  /** Acts in batches. */
  readonly sealed: number;
  /** Acts that wait for the next batch: what they say is not proven yet. */
  readonly unsealed: number;
  /** Hash of the last batch; note it elsewhere, and a chain that was written anew shows too. */
  readonly head: string;
  /** What does not hold, each as a sentence. Empty: the trail is whole. */
  readonly faults: readonly string[];
};

/** Reads the whole trail and says where it does not hold. @param knownHead a head noted earlier, which must still be in the chain. */
export const verifyActs = async (ctx: Context, knownHead: string | null = null): Promise<TrailReport> => {
  const tables = ctx.db.withTables<PlatformTables>();
  const batches = await tables.selectFrom('platform.act_batch').selectAll().orderBy('batch').execute();
  const faults: string[] = [];
  let previous = beforeTheFirst;
  let expected = 1;
  let sealed = 0;
  for (const batch of batches) {
    if (batch.batch !== expected) faults.push(`Batch ${expected} is missing.`);
    if (batch.previous_hash !== previous)
      faults.push(`Batch ${batch.batch} does not follow the batch before it: the chain is broken here.`);
    const acts = await tables
      .selectFrom('platform.act_sealed as sealed')
      .innerJoin('platform.act as act', 'act.id', 'sealed.act_id')
      .selectAll('act')
      .where('sealed.batch', '=', batch.batch)
      .orderBy('sealed.place')
      .execute();
    sealed += acts.length;
    if (acts.length !== batch.acts)
      faults.push(`Batch ${batch.batch} was sealed with ${batch.acts} acts and has ${acts.length}.`);
    else if (batchHash(batch.batch, batch.previous_hash, acts) !== batch.hash)
      faults.push(`Batch ${batch.batch} does not hold what was sealed: an act in it was changed.`);
    previous = batch.hash;
    expected = batch.batch + 1;
  }
  if (knownHead !== null && knownHead !== beforeTheFirst && !batches.some((batch) => batch.hash === knownHead))
    faults.push('The head that was noted earlier is not in the chain: the chain was cut short or written anew.');
  faults.push(...(await personalFaults(ctx)));
  const { count } = await tables
    .selectFrom('platform.act')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { batches: batches.length, sealed, unsealed: Number(count) - sealed, head: previous, faults };
};

/** Personal values that are still there must be those that were hashed; erased ones are simply gone. */
const personalFaults = async (ctx: Context): Promise<readonly string[]> => {
  const rows = await ctx.db
    .withTables<PlatformTables>()
    .selectFrom('platform.act_personal as personal')
    .innerJoin('platform.act as act', 'act.id', 'personal.act_id')
    .select(['act.number', 'act.personal as hashes', 'personal.name', 'personal.value', 'personal.key'])
    .orderBy('act.number')
    .execute();
  return rows.flatMap(({ number, hashes, name, value, key }) =>
    (hashes as Readonly<Record<string, string>> | null)?.[name] === personalHash(key, value)
      ? []
      : [`The ${name} of act ${number} is not what was recorded.`],
  );
};
