import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Clock } from '#kernel/clock.ts';
import { type Context, makeContext, type StoreKind } from '#platform/context.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openEmbeddedStore, openPostgresStore, type Store } from '#platform/db/open-store.ts';
import { settleStoreKind } from '#platform/db/store-kind.ts';
import { StoreProblem } from '#platform/db/store-problem.ts';
import type { Logger } from '#platform/log/log.ts';
import type { WorkerPool } from '#platform/workers/pool.ts';
import type { Capability } from '#web/capability.ts';
import { shellRoutes } from '#web/pages/shell-pages.ts';
import type { Route } from '#web/route.ts';
import { buildServer } from '#web/server.ts';
import { alignment } from '../capabilities/alignment/capability.ts';
import { standards } from '../capabilities/standards/capability.ts';
import { type Config, projectRoot } from './config.ts';

/** Every capability there is, in the order in which the navigation shows them. */
export const capabilities: readonly Capability[] = [alignment, standards];

export const migrationFolders: readonly string[] = [
  join(projectRoot, 'src/platform/db/migrations'),
  ...capabilities.flatMap((one) => one.migrations ?? []),
];

export const commands = capabilities.flatMap((one) => one.commands);

export const version: string = (
  JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { readonly version: string }
).version;

/** Every route of the site; the table that the tests walk. */
export const allRoutes = (name: string): readonly Route[] => [
  ...shellRoutes(
    name,
    capabilities.flatMap((one) => one.doors),
  ),
  ...capabilities.flatMap((one) => one.routes),
];

export type OpenHouse = { readonly store: Store; readonly context: Context; readonly made: boolean };

/**
 * Opens the store, brings it up to date, settles what kind it is and fills a new example.
 *
 * @param wanted the kind asked for; `null`: as it is, an example when new.
 * @param say told what is being done, in a person's words.
 * @throws StoreProblem
 */
export const openHouse = async (
  config: Config,
  parts: {
    readonly clock: Clock;
    readonly workers: WorkerPool;
    readonly wanted: StoreKind | null;
    readonly say: (line: string) => void;
  },
): Promise<OpenHouse> => {
  const { clock, workers, wanted, say } = parts;
  say(config.databaseUrl ? 'Opening the PostgreSQL database …' : `Opening the store in ${config.dataFolder} …`);
  const store = config.databaseUrl ? openPostgresStore(config.databaseUrl) : await openEmbeddedStore(config.dataFolder);
  try {
    const applied = await migrate(store.db, migrationFolders);
    if (applied.length > 0) say(`Brought the store up to date (${applied.length} steps) …`);
    const { kind, isNew } = await settleStoreKind(store.db, clock, wanted);
    const context = makeContext({ db: store.db, clock, workers, storeKind: kind });
    if (isNew && kind === 'example') {
      say('Writing the fictional examples …');
      for (const capability of capabilities) await capability.seedExample?.(context);
    }
    return { store, context, made: isNew };
  } catch (error) {
    await store.close();
    throw asStoreProblem(error);
  }
};

/** Errors of a PostgreSQL that is not there, does not let us in, or lacks the database: SQLSTATE classes 08, 28 and 3D, and the network's own. */
const unreachable = /^(?:08|28|3D)|^E(?:CONNREFUSED|NOTFOUND|HOSTUNREACH|TIMEDOUT|CONNRESET)$/;

/** The address may hold a password, so the message has the reason alone. */
const asStoreProblem = (error: unknown): unknown => {
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !unreachable.test(code)) return error;
  const reason = error instanceof Error && error.message !== '' ? error.message : code;
  return new StoreProblem('unreachable', `The database that DATABASE_URL names cannot be used: ${reason}.`);
};

export const buildSite = (config: Config, house: OpenHouse, log: Logger) =>
  buildServer({
    name: config.name,
    version,
    routes: allRoutes(config.name),
    navigation: capabilities.flatMap((one) => one.navigation),
    context: house.context,
    log,
    ready: async () => {
      await sql`select 1`.execute(house.store.db);
    },
  });
