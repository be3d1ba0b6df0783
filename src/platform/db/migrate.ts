import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from '../context.ts';
import { StoreProblem } from './store-problem.ts';

/** Forward-only SQL files, `2026-12-01T0900-mappings.sql`: the name orders them and is remembered for ever. */
const readMigrations = (folders: readonly string[]): Record<string, Migration> => {
  const migrations: Record<string, Migration> = {};
  for (const folder of folders)
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.sql'))) {
      const name = basename(file, '.sql');
      if (migrations[name]) throw new Error(`Two migrations are called ${name}`);
      const script = readFileSync(join(folder, file), 'utf8');
      // One DO block is one statement to either driver, however many the file holds.
      migrations[name] = {
        up: async (db) => {
          await sql.raw(`do $migration$ begin\n${script}\nend $migration$`).execute(db);
        },
      };
    }
  return migrations;
};

const bookSchema = 'platform';
const bookTable = 'migration';

/**
 * Brings the store up to this release.
 *
 * @returns names of the migrations that were applied now.
 * @throws StoreProblem `newer` when the store has migrations that this release does not know.
 */
export const migrate = async (db: Database, folders: readonly string[]): Promise<readonly string[]> => {
  const migrations = readMigrations(folders);
  const unknown = (await appliedMigrations(db)).filter((name) => !migrations[name]);
  if (unknown.length > 0)
    throw new StoreProblem(
      'newer',
      `The store was made by a newer version of HTQ Toolkit (it has ${unknown.join(', ')}). Run that version, or set HTQ_DATA to another folder.`,
    );
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: bookSchema,
    migrationTableName: bookTable,
    migrationLockTableName: 'migration_lock',
    allowUnorderedMigrations: true,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? []).filter((one) => one.status === 'Success').map((one) => one.migrationName);
};

/** Names of the migrations a store has had; none for an empty database. */
export const appliedMigrations = async (db: Database): Promise<readonly string[]> => {
  const there = await sql<{ there: boolean }>`
    select to_regclass(${`${bookSchema}.${bookTable}`}) is not null as there`.execute(db);
  if (!there.rows[0]?.there) return [];
  const { rows } = await sql<{ name: string }>`select name from platform.migration order by name`.execute(db);
  return rows.map((row) => row.name);
};
