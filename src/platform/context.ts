import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, Door } from '#kernel/actor.ts';
import type { Clock } from '#kernel/clock.ts';
import type { IssuerSettings } from './issuer.ts';
import type { JobQueue } from './jobs/job.ts';
import type { MailTransport } from './mail/transport.ts';
import type { PersonalData } from './personal-data.ts';
import type { References } from './references.ts';
import type { WorkerPool } from './workers/pool.ts';

/** The database as the platform sees it: each capability names its own tables with `withTables`. */
export type Database = Kysely<unknown>;

/** What every act of one process shares. */
export type House = {
  readonly clock: Clock;
  /** An example store holds fictional records; an own store never does. Settled when the store is made. */
  readonly storeKind: StoreKind;
  /** The instance's name, as pages and mails give it. */
  readonly name: string;
  /** The instance's address as people reach it, without a slash at the end: links in mails begin so. */
  readonly address: string;
  /** Where proofs, workbooks and other heavy work run, off the thread that answers requests. */
  readonly workers: WorkerPool;
  readonly jobs: JobQueue;
  /** How mail leaves; `null`: it does not. An example store keeps it for its mailbox page. */
  readonly mail: MailTransport | null;
  /** Who may sign people in beside this instance's own mails. */
  readonly issuers: readonly IssuerSettings[];
  /** Opens the door to the example people and the mailbox, at this machine alone; `null` in a store of one's own. */
  readonly exampleToken: string | null;
  /** Under which keys that sign are sealed in the store; left out: nothing here signs. Never logged. */
  readonly signingSecret?: string;
  /** What each capability holds about people. */
  readonly personalData: readonly PersonalData[];
  /** What capabilities point at in one another. */
  readonly references: References;
};

/** What an act needs from the house. Made in `main/compose.ts`, passed as the first argument of every use-case. */
export type Context = House & {
  readonly db: Database;
  readonly actor: Actor;
  readonly door: Door;
  readonly inTransaction: boolean;
  /**
   * Runs `act` with a context whose every part is bound to one transaction, a savepoint when nested.
   * An outer context must not be used inside: on the embedded store it would wait for itself for ever.
   */
  readonly transaction: <Value>(act: (ctx: Context) => Promise<Value>) => Promise<Value>;
};

export type StoreKind = 'example' | 'own';

type Parts = Omit<Context, 'transaction' | 'inTransaction'>;

export const makeContext = (parts: Parts): Context => ({
  ...parts,
  inTransaction: false,
  transaction: (act) => parts.db.transaction().execute((trx) => act(inTransaction(parts, trx, 0))),
});

/** The same house for another actor: made at the edge, once the edge knows who is there. */
export const actingAs = (ctx: Context, actor: Actor, door: Door): Context => {
  if (ctx.inTransaction) throw new Error('Who acts is settled before a transaction begins');
  return makeContext({ ...ctx, actor, door });
};

const inTransaction = (parts: Parts, trx: Transaction<unknown>, depth: number): Context => ({
  ...parts,
  db: trx,
  inTransaction: true,
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

/** What is written with an act is written in its transaction: both stand, or neither. */
export const demandTransaction = (ctx: Context, what: string): void => {
  if (!ctx.inTransaction) throw new Error(`${what} belongs into the transaction of the act`);
};
