import { type Kysely, sql, type Transaction } from 'kysely';
import type { Clock } from '#kernel/clock.ts';
import type { WorkerPool } from './workers/pool.ts';

/** The database as the platform sees it: each capability names its own tables with `withTables`. */
export type Database = Kysely<unknown>;

/** What an act needs from the house. Made in `main/compose.ts`, passed as the first argument of every use-case. */
export type Context = {
  readonly db: Database;
  readonly clock: Clock;
  /** An example store holds fictional records; an own store never does. Settled when the store is made. */
  readonly storeKind: StoreKind;
  /** Where proofs, workbooks and other heavy work run, off the thread that answers requests. */
  readonly workers: WorkerPool;
  /**
   * Runs `act` with a context whose every part is bound to one transaction, a savepoint when nested.
   * An outer context must not be used inside: on the embedded store it would wait for itself for ever.
   */
  readonly transaction: <Value>(act: (ctx: Context) => Promise<Value>) => Promise<Value>;
};

export type StoreKind = 'example' | 'own';

export const makeContext = (parts: Omit<Context, 'transaction'>): Context => ({
  ...parts,
  transaction: (act) => parts.db.transaction().execute((trx) => act(inTransaction(parts, trx, 0))),
});

const inTransaction = (parts: Omit<Context, 'transaction'>, trx: Transaction<unknown>, depth: number): Context => ({
  ...parts,
  db: trx,
  transaction: async (act) => {
    const savepoint = sql.raw(`htq_${depth}`);
    await sql`savepoint ${savepoint}`.execute(trx);
    try {
      const value = await act(inTransaction(parts, trx, depth + 1));
      await sql`release savepoint ${savepoint}`.execute(trx);
      return value;
    } catch (error) {
      await sql`rollback to savepoint ${savepoint}`.execute(trx);
      throw error;
    }
  },
});
