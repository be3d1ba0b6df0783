import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Actor, Door } from '#kernel/actor.ts';
import type { Clock } from '#kernel/clock.ts';
import { personalActs } from '#platform/audit/personal-acts.ts';
import { sealActsJob } from '#platform/audit/seal-acts.ts';
import { type Context, makeContext, type StoreKind } from '#platform/context.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openEmbeddedStore, openPostgresStore, type Store } from '#platform/db/open-store.ts';
import { settleStoreKind } from '#platform/db/store-kind.ts';
import { StoreProblem } from '#platform/db/store-problem.ts';
import { deliverEventJob } from '#platform/events/recorded-event.ts';
import type { JobDefinition, JobQueue } from '#platform/jobs/job.ts';
import { openQueue } from '#platform/jobs/open-queue.ts';
import type { Logger } from '#platform/log/log.ts';
import { notifyTransport } from '#platform/mail/notify.ts';
import { deliverMail, personalMail } from '#platform/mail/outbox.ts';
import { smtpTransport } from '#platform/mail/smtp.ts';
import type { MailTransport } from '#platform/mail/transport.ts';
import type { WorkerPool } from '#platform/workers/pool.ts';
import type { Capability } from '#web/capability.ts';
import { searchRoutes } from '#web/pages/search-pages.ts';
import { shellRoutes } from '#web/pages/shell-pages.ts';
import { subscriptionRoutes } from '#web/pages/subscription-pages.ts';
import type { Route } from '#web/route.ts';
import { buildServer } from '#web/server.ts';
import { accounts } from '../capabilities/accounts/capability.ts';
import { signInPath } from '../capabilities/accounts/paths.ts';
import { openSession } from '../capabilities/accounts/use-cases/sessions.ts';
import { alignment } from '../capabilities/alignment/capability.ts';
import { employers } from '../capabilities/employers/capability.ts';
import { events } from '../capabilities/events/capability.ts';
import { guidance } from '../capabilities/guidance/capability.ts';
import { haveYourSay } from '../capabilities/have-your-say/capability.ts';
import { practice } from '../capabilities/practice/capability.ts';
import { qualityMark } from '../capabilities/quality-mark/capability.ts';
import { readiness } from '../capabilities/readiness/capability.ts';
import { register } from '../capabilities/register/capability.ts';
import { standards } from '../capabilities/standards/capability.ts';
import { type Config, type MailSettings, projectRoot } from './config.ts';
import { referencesOf } from './references.ts';
import { schedules } from './schedules.ts';

/** Every capability there is, in the order in which the navigation shows them. */
export const capabilities: readonly Capability[] = [
  guidance,
  practice,
  events,
  employers,
  readiness,
  alignment,
  standards,
  register,
  qualityMark,
  haveYourSay,
  accounts,
];

/** The same in the order in which a new store is filled: everything hangs on people, organisations and the standards. */
const filledFirst: readonly Capability[] = [accounts, standards];
export const seedOrder: readonly Capability[] = [
  ...filledFirst,
  ...capabilities.filter((one) => !filledFirst.includes(one)),
];

export const migrationFolders: readonly string[] = [
  join(projectRoot, 'src/platform/db/migrations'),
  ...capabilities.flatMap((one) => one.migrations ?? []),
];

/** What holds personal data, the platform's own parts included. */
export const personalData = [...capabilities.flatMap((one) => one.personalData), personalMail, personalActs];

export const references = referencesOf(capabilities);

/** Every kind of job there is. */
export const jobs: readonly JobDefinition[] = [
  // A job knows its own data's shape; the queue only hands it on, checked.
  deliverMail as unknown as JobDefinition,
  sealActsJob,
  deliverEventJob(capabilities.flatMap((one) => one.hears ?? [])) as unknown as JobDefinition,
  ...capabilities.flatMap((one) => one.jobs),
];

export const commands = capabilities.flatMap((one) => one.commands);

export const version: string = (
  JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { readonly version: string }
).version;

/** Whoever may run the instance's commands holds its data anyway: the system user is their account. */
export const commandLineActor: Actor = { kind: 'system', name: 'command line' };

/** Every route of the site; the table that the tests walk. */
export const allRoutes = (name: string): readonly Route[] => [
  ...shellRoutes(
    name,
    capabilities.flatMap((one) => one.doors),
    async (ctx) => {
      const pages = [];
      for (const one of capabilities) pages.push(...(await one.publicPages(ctx)));
      return pages;
    },
  ),
  ...searchRoutes(Object.assign({}, ...capabilities.map((one) => one.searchKinds))),
  ...subscriptionRoutes,
  ...capabilities.flatMap((one) => one.routes),
];

export type OpenHouse = {
  readonly store: Store;
  readonly context: Context;
  readonly made: boolean;
  /** Stops the queue, lets go of the mail server and of the store. */
  readonly close: () => Promise<void>;
};

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
    readonly log: Logger;
    /** The address that links in mails begin with. */
    readonly address: string;
    readonly actor: Actor;
    readonly door: Door;
    /** Opens the example people's door; `null`: it stays shut. */
    readonly exampleToken: string | null;
  },
): Promise<OpenHouse> => {
  const { clock, workers, wanted, say, log, address, exampleToken } = parts;
  let queue: JobQueue | undefined;
  const mail = openMail(config.mail);
  say(config.databaseUrl ? 'Opening the PostgreSQL database …' : `Opening the store in ${config.dataFolder} …`);
  const store = config.databaseUrl ? openPostgresStore(config.databaseUrl) : await openEmbeddedStore(config.dataFolder);
  try {
    const applied = await migrate(store.db, migrationFolders);
    if (applied.length > 0) say(`Brought the store up to date (${applied.length} steps) …`);
    const { kind, isNew } = await settleStoreKind(store.db, clock, wanted);
    queue = await openQueue(store, jobs, schedules, log);
    const house = {
      db: store.db,
      clock,
      workers,
      storeKind: kind,
      name: config.name,
      address,
      jobs: queue,
      mail,
      issuers: config.issuers,
      exampleToken: kind === 'example' ? exampleToken : null,
      ...signingSecretOf(config, kind),
      personalData,
      references,
    };
    if (isNew) {
      const start = makeContext({ ...house, actor: { kind: 'system', name: 'start' }, door: 'start' });
      say('Publishing the guide …');
      for (const capability of seedOrder) await capability.seed?.(start);
      if (kind === 'example') {
        say('Writing the fictional examples …');
        for (const capability of seedOrder) await capability.seedExample?.(start);
      }
    }
    const close = async () => {
      await queue?.stop();
      mail?.close();
      await store.close();
    };
    return { store, context: makeContext({ ...house, actor: parts.actor, door: parts.door }), made: isNew, close };
  } catch (error) {
    await queue?.stop();
    mail?.close();
    await store.close();
    throw asStoreProblem(error);
  }
};

/** What an example store signs is worth nothing, so it needs no secret; a store of one's own signs with its operator's. */
const signingSecretOf = (config: Config, kind: StoreKind): { readonly signingSecret?: string } => {
  const secret = config.signingSecret ?? (kind === 'example' ? 'an example store keeps no secrets' : null);
  return secret === null ? {} : { signingSecret: secret };
};

const openMail = (settings: MailSettings): MailTransport | null => {
  switch (settings.kind) {
    case 'none':
      return null;
    case 'smtp':
      return smtpTransport(settings.address, settings.from);
    case 'notify':
      return notifyTransport(settings.key, settings.template);
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
    identify: openSession,
    signInPath,
  });
