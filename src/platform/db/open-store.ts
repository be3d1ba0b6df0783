import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from '../context.ts';
import { holdStore } from './store-lock.ts';
import { StoreProblem } from './store-problem.ts';

export type Store = {
  readonly engine: 'embedded' | 'postgresql';
  readonly db: Database;
  /** The embedded database itself, for the job queue, which speaks to it directly; `null` on PostgreSQL. */
  readonly pglite: PGlite | null;
  /** The PostgreSQL database's address, which may hold a password; `null` on the embedded store. */
  readonly address: string | null;
  /** Lets go of the store: open queries end first. */
  readonly close: () => Promise<void>;
};

/**
 * Both drivers give the same JavaScript values: int8 as a number (no count here outgrows 2^53),
 * a date as its ISO text (a `Date` would be a day off on one driver in summer time).
 */
const int8 = 20;
const date = 1082;
const asNumber = (text: string): number => Number(text);
const asText = (text: string): string => text;

/** PGlite turns bytes into text and back one by one, which takes some ten seconds for 20 MB and holds up everybody. */
const bytea = 17;
const asBytes = (text: string): Buffer => Buffer.from(text.slice('\\x'.length), 'hex');
const bytesAsText = (bytes: Uint8Array): string =>
  `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;

export const pgliteOptions = {
  parsers: { [int8]: asNumber, [date]: asText, [bytea]: asBytes },
  serializers: { [bytea]: bytesAsText },
  extensions: { pg_trgm },
};

/** A store over a PGlite that is open already, made with `pgliteOptions`. */
export const storeOver = (pglite: PGlite): Store => {
  const db: Database = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite }) });
  return {
    engine: 'embedded',
    db,
    pglite,
    address: null,
    close: async () => {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
    },
  };
};

/**
 * Opens the embedded store in `folder`, making both when they are not there yet.
 *
 * @throws StoreProblem `folder` when the folder cannot be made or written, `held` when another process has the store.
 */
export const openEmbeddedStore = async (folder: string): Promise<Store> => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw new StoreProblem('folder', `The data folder ${folder} cannot be written. Set HTQ_DATA to a folder that can.`);
  }
  const lock = holdStore(join(folder, 'store.lock'), folder);
  try {
    const pglite = await PGlite.create(join(folder, 'store'), pgliteOptions);
    const store = storeOver(pglite);
    return {
      ...store,
      close: async () => {
        await store.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** Opens a PostgreSQL database by its address; connections are made when they are first needed. */
export const openPostgresStore = (address: string): Store => {
  const parsers = new Map<number, (text: string) => unknown>([
    [int8, asNumber],
    [date, asText],
  ]);
  const pool = new pg.Pool({
    connectionString: address,
    max: 10,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that the server drops while idle must not end the process; the pool makes a new one.
  pool.on('error', () => {});
  const db: Database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return { engine: 'postgresql', db, pglite: null, address, close: () => db.destroy() };
};
