/**
 * Telling subscribers of a change: messages written and queued a second, by `tellNews` on PostgreSQL, against the bare
 * statements of the same rows (what was told, the message, its job) in a transaction for each address; and what the
 * process holds in memory beyond what it held before, for a tenth of the subscribers and for all of them.
 * `node bench/tell.ts [--subscribers N] [--json]`, with the project's own Node. Give Node `--expose-gc`, or what was
 * let go of counts as held.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { makeContext } from '#platform/context.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openPostgresStore } from '#platform/db/open-store.ts';
import { openQueue } from '#platform/jobs/open-queue.ts';
import { makeLog } from '#platform/log/log.ts';
import { deliverMail } from '#platform/mail/outbox.ts';
import { tellNews } from '#platform/subscriptions/tell-news.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import { addPage, addVersion } from '../src/capabilities/guidance/store/guide.ts';
import { guidanceNews } from '../src/capabilities/guidance/use-cases/tell-subscribers.ts';
import { jobs, migrationFolders, references } from '../src/main/compose.ts';
import { startEmbeddedPostgres } from '../test/support/postgres-servers.ts';

const { values } = parseArgs({
  options: { subscribers: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
});
const subscribers = Number(values.subscribers);

const server = await startEmbeddedPostgres();
const store = openPostgresStore(`${server.address}/postgres`);
await migrate(store.db, migrationFolders);
const queue = await openQueue(store, jobs, [], makeLog('silent'));
let now = new Date();
const ctx = makeContext({
  db: store.db,
  clock: () => now,
  storeKind: 'own',
  workers: inlineWorkers,
  name: 'Bench',
  address: 'http://localhost',
  jobs: queue,
  mail: null,
  issuers: [],
  exampleToken: null,
  personalData: [],
  references,
  actor: { kind: 'system', name: 'bench' },
  door: 'command',
});

const text = { title: 'Funding', summary: 'What there is.', body: '## For learners\n\nAsk.\n' };
await ctx.transaction(async (inside) => {
  await addPage(inside, { id: 'funding', place: 1, topic: 'Funding', reviewDue: '2030-01-01' });
  await addVersion(inside, 'funding', {
    ...text,
    number: 1,
    major: true,
    changeNote: 'First.',
    writtenBy: null,
    checkedBy: null,
  });
});
const subscribe = async (count: number): Promise<void> => {
  await sql`delete from platform.subscription`.execute(store.db);
  await sql`insert into platform.subscription (id, token, address, list, scope, words, frequency, made_at, confirmed_at)
    select gen_random_uuid(), 'token-' || n, 'reader' || n || '@college.example', 'guidance', 'guide', 'changes', 'at-once', ${now}, ${now}
    from generate_series(1, ${count}) n`.execute(store.db);
};
let version = 1;
const publish = async (): Promise<void> => {
  now = new Date(now.getTime() + 60_000);
  version += 1;
  await ctx.transaction((inside) =>
    addVersion(inside, 'funding', {
      ...text,
      number: version,
      major: true,
      changeNote: `Change ${version}.`,
      writtenBy: null,
      checkedBy: null,
    }),
  );
};

const held = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Tells `count` of a new version. @returns messages a second, and the most that the process grew by meanwhile, in bytes. */
const tell = async (count: number) => {
  await subscribe(count);
  await publish();
  const before = held();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, held());
  }, 500);
  const start = performance.now();
  const written = await tellNews(ctx, guidanceNews, 'at-once');
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  if (written !== count) throw new Error(`${written} messages instead of ${count}`);
  return { perSecond: written / seconds, grewBy: most - before };
};

/** The same rows by their bare statements. */
const bare = async (count: number): Promise<number> => {
  const start = performance.now();
  for (let n = 1; n <= count; n += 1)
    await store.db.transaction().execute(async (trx) => {
      const id = randomUUID();
      await sql`insert into platform.told (address, list, news, told_at) values (${`bare${n}@college.example`}, 'guidance', ${`funding@${version}`}, ${now})`.execute(
        trx,
      );
      await sql`insert into platform.mail (id, name, person, to_address, to_name, subject, body, unsubscribe, state, made_at)
        values (${id}, 'bench', null, ${`bare${n}@college.example`}, null, 'Changed: Funding', ${JSON.stringify([{ kind: 'text', text: 'Funding: changed.' }])}, 'http://localhost/x', 'waiting', ${now})`.execute(
        trx,
      );
      await queue.send(trx, deliverMail, { mail: id });
    });
  return count / ((performance.now() - start) / 1000);
};

await tell(Math.ceil(subscribers / 100));
const tenth = await tell(Math.ceil(subscribers / 10));
const all = await tell(subscribers);
const peer = await bare(Math.ceil(subscribers / 10));
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
const report = {
  subscribers,
  messagesPerSecond: Math.round(all.perSecond),
  barePerSecond: Math.round(peer),
  ratio: Number((all.perSecond / peer).toFixed(2)),
  grewByForATenthMB: megabytes(tenth.grewBy),
  grewByForAllMB: megabytes(all.grewBy),
};
console.log(values.json ? JSON.stringify(report) : report);
await queue.stop();
await store.close();
await server.stop();
