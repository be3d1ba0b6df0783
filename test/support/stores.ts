import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { type Context, makeContext, type StoreKind } from '#platform/context.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openPostgresStore, pgliteOptions, type Store, storeOver } from '#platform/db/open-store.ts';
import { openQueue } from '#platform/jobs/open-queue.ts';
import { makeLog } from '#platform/log/log.ts';
import type { MailTransport } from '#platform/mail/transport.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import { jobs, migrationFolders, personalData, references } from '../../src/main/compose.ts';

/**
 * The instant at which the tests run. The suite is run once more as of the next academic year, so that what hangs on
 * the calendar shows in time.
 */
export const testInstant = new Date(process.env.HTQ_TEST_NOW ?? '2026-11-23T12:00:00Z');

/** Name of the migrated database that each test file's own is copied from (`test/run.ts` makes it). */
export const templateDatabase = 'htq_template';

let made = 0;

/**
 * A migrated store of the caller's own: on the PostgreSQL server that HTQ_TEST_SERVER names, else PGlite in memory.
 * Close it: an open one holds the run.
 */
export const openTestStore = async (): Promise<Store> => {
  const server = process.env.HTQ_TEST_SERVER;
  if (server) return openCopy(server);
  const template = process.env.HTQ_TEST_TEMPLATE;
  if (template)
    return storeOver(await PGlite.create({ ...pgliteOptions, loadDataDir: new Blob([readFileSync(template)]) }));
  const store = storeOver(await PGlite.create(pgliteOptions));
  await migrate(store.db, migrationFolders);
  return store;
};

const openCopy = async (server: string): Promise<Store> => {
  made += 1;
  const name = `htq_${process.pid}_${made}`;
  const admin = openPostgresStore(`${server}/postgres`);
  await sql`create database ${sql.id(name)} template ${sql.id(templateDatabase)}`.execute(admin.db);
  const store = openPostgresStore(`${server}/${name}`);
  return {
    ...store,
    close: async () => {
      await store.close();
      await sql`drop database ${sql.id(name)} with (force)`.execute(admin.db);
      await admin.close();
    },
  };
};

export type TestStore = { readonly ctx: Context; readonly close: () => Promise<void> };

/** A context over a store of the caller's own, with the time held still. */
export const openTestContext = async (
  storeKind: StoreKind = 'example',
  clock: () => Date = () => testInstant,
  mail: MailTransport | null = null,
): Promise<TestStore> => {
  const store = await openTestStore();
  const queue = await openQueue(store, jobs, [], makeLog('silent'));
  const ctx = makeContext({
    db: store.db,
    clock,
    storeKind,
    workers: inlineWorkers,
    name: 'HTQ Toolkit',
    address: 'http://localhost',
    jobs: queue,
    mail,
    issuers: [],
    exampleToken: storeKind === 'example' ? 'example-token' : null,
    signingSecret: 'a secret of the tests, and of nothing else',
    personalData,
    references,
    actor: { kind: 'system', name: 'test' },
    door: 'command',
  });
  return {
    ctx,
    close: async () => {
      await queue.stop();
      await store.close();
    },
  };
};

class RolledBack extends Error {}

/** Runs the act in a transaction that is rolled back, so that the next test finds the store as it was. */
export const rolledBack = async (ctx: Context, act: (ctx: Context) => Promise<void>): Promise<void> => {
  await ctx
    .transaction(async (inside) => {
      await act(inside);
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
};
