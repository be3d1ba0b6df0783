/**
 * Answers to a round, sent by people at a steady rate through the real pages on PostgreSQL that writes through to its disk: 100 a
 * second for a minute, each of five requests (begin, two pages, about you, send), one in twenty sent twice. Nobody waits for
 * the one before. Every answer that was acknowledged is looked for afterwards, word for word. Against one bare insert of the same words at
 * the same rate.
 * `node bench/say-submissions.ts [--rate N] [--seconds N] [--json]`, with the project's own Node.
 */
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { sql } from 'kysely';
import { makeContext } from '#platform/context.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openPostgresStore } from '#platform/db/open-store.ts';
import { openQueue } from '#platform/jobs/open-queue.ts';
import { makeLog } from '#platform/log/log.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import { buildServer } from '#web/server.ts';
import { openSession } from '../src/capabilities/accounts/use-cases/sessions.ts';
import { fiveQuestions } from '../src/capabilities/have-your-say/use-cases/opening-questions.ts';
import { beginRound, describeRound, findRound, putToUse } from '../src/capabilities/have-your-say/use-cases/rounds.ts';
import { allRoutes, jobs, migrationFolders, references } from '../src/main/compose.ts';
import { startEmbeddedPostgres } from '../test/support/postgres-servers.ts';

type Work = { readonly base: string; readonly slug: string; readonly rate: number; readonly seconds: number };
type Sent = {
  readonly acknowledged: readonly string[];
  readonly failed: readonly string[];
  readonly ms: readonly number[];
  /** From the first request to the last answer. */
  readonly seconds: number;
};

const wordsOf = (n: number): string => `Answer ${n}: ${'we lend and rent what we cannot buy. '.repeat(10)}`;

/** Calls `act` so many times a second, whether the calls before have ended or not. */
const atRate = async (rate: number, seconds: number, act: (n: number) => Promise<void>): Promise<void> => {
  const all: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; n < rate * seconds; n += 1) {
    const due = start + (n * 1000) / rate - performance.now();
    if (due > 1) await new Promise((done) => setTimeout(done, due));
    all.push(act(n));
  }
  await Promise.all(all);
};

/** The people: on a thread of their own, so that they do not wait for the server's. */
const people = async ({ base, slug, rate, seconds }: Work): Promise<Sent> => {
  const acknowledged: string[] = [];
  const failed: string[] = [];
  const ms: number[] = [];
  const submit = async (n: number): Promise<void> => {
    const start = performance.now();
    // Each from an address of its own: what one network may send a minute is limited.
    const headers = {
      'x-forwarded-for': `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const post = async (path: string, fields: Readonly<Record<string, string>>): Promise<string> => {
      const answer = await fetch(`${base}${path}`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(fields).toString(),
        redirect: 'manual',
      });
      await answer.text();
      const to = answer.headers.get('location');
      if (answer.status !== 303 || !to) throw new Error(`${path} answered ${answer.status}`);
      return to;
    };
    try {
      const first = await post(`/have-your-say/${slug}/answer`, {});
      const address = first.replace(/\/[^/]+$/, '');
      const second = await post(first, { revision: '1', works: wordsOf(n) });
      await post(second, { revision: '2', help: 'A list of firms.' });
      await post(`${address}/about-you`, { revision: '3', region: 'London', mayPublish: 'no' });
      const sends = n % 20 === 0 ? 2 : 1;
      const done = await Promise.all(Array.from({ length: sends }, () => post(`${address}/send`, {})));
      if (!done.every((to) => to.endsWith('?done=sent'))) throw new Error(`Sent to ${done.join()}`);
      acknowledged.push(wordsOf(n).trim());
    } catch (error) {
      failed.push(String(error));
    }
    ms.push(performance.now() - start);
  };
  const began = performance.now();
  await atRate(rate, seconds, submit);
  return { acknowledged, failed, ms, seconds: (performance.now() - began) / 1000 };
};

const percentile = (numbers: readonly number[], share: number): number =>
  Math.round(numbers.toSorted((one, other) => one - other)[Math.floor((numbers.length - 1) * share)] ?? 0);

const measure = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      rate: { type: 'string', default: '100' },
      seconds: { type: 'string', default: '60' },
      json: { type: 'boolean', default: false },
    },
  });
  const rate = Number(values.rate);
  const seconds = Number(values.seconds);
  const pg = await startEmbeddedPostgres(true);
  const store = openPostgresStore(`${pg.address}/postgres`);
  await migrate(store.db, migrationFolders);
  const queue = await openQueue(store, jobs, [], makeLog('silent'));
  const ctx = makeContext({
    db: store.db,
    clock: () => new Date(),
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
  const slug = await beginRound(ctx, randomUUID(), 'Bench', fiveQuestions);
  const begun = await findRound(ctx, slug);
  if (!begun) throw new Error('The round was not begun');
  await describeRound(
    ctx,
    begun,
    { title: 'Bench', purpose: 'To try.', audience: '', opensAt: new Date(0), closesAt: null, onePerAddress: false },
    begun.revision,
  );
  const described = await findRound(ctx, slug);
  if (!described || (await putToUse(ctx, described, '')).kind !== 'ok') throw new Error('The round is not in use');
  const site = await buildServer({
    name: 'Bench',
    version: '0',
    routes: allRoutes('Bench'),
    navigation: [],
    context: ctx,
    log: makeLog('silent'),
    ready: async () => {},
    identify: openSession,
    signInPath: '/sign-in',
  });
  const base = await site.listen({ port: 0, host: '127.0.0.1' });
  const work: Work = { base, slug, rate, seconds };
  const sent = await new Promise<Sent>((done, refuse) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: work });
    worker.once('message', done);
    worker.once('error', refuse);
  });
  const { rows } = await sql<{ readonly words: string; readonly count: number | bigint }>`
    select given ->> 'works' as words, count(*) as count from have_your_say.answer where state = 'sent' group by 1`.execute(
    store.db,
  );
  const there = new Map(rows.map((row) => [row.words, Number(row.count)]));
  const lost = sent.acknowledged.filter((words) => !there.has(words)).length;
  const twice = [...there.values()].filter((count) => count > 1).length;

  await sql`create table bare (id uuid primary key, words text not null)`.execute(store.db);
  const bare: number[] = [];
  await atRate(rate, Math.min(seconds, 10), async (n) => {
    const began = performance.now();
    await sql`insert into bare values (${randomUUID()}, ${wordsOf(n)})`.execute(store.db);
    bare.push(performance.now() - began);
  });
  const report = {
    cores: availableParallelism(),
    wanted: rate * seconds,
    acknowledged: sent.acknowledged.length,
    failed: sent.failed.length,
    firstFailure: sent.failed[0] ?? null,
    lost,
    twice,
    perSecond: Math.round((sent.acknowledged.length / sent.seconds) * 10) / 10,
    halfWithinMs: percentile(sent.ms, 0.5),
    nearlyAllWithinMs: percentile(sent.ms, 0.99),
    bareHalfWithinMs: percentile(bare, 0.5),
    bareNearlyAllWithinMs: percentile(bare, 0.99),
    ratioOfFiveRequestsToABareInsert: Math.round(percentile(sent.ms, 0.5) / Math.max(1, percentile(bare, 0.5))),
  };
  console.log(values.json ? JSON.stringify(report) : report);
  await site.close();
  await queue.stop();
  await store.close();
  await pg.stop();
  if (lost > 0 || twice > 0 || sent.failed.length > 0) process.exitCode = 1;
};

if (isMainThread) await measure();
else parentPort?.postMessage(await people(workerData as Work));
