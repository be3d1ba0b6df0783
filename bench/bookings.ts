/**
 * Signing up for events, by real requests to two server processes on one PostgreSQL, from 200 clients: bookings a second and the
 * 99th percentile, for one event that everybody wants and over 100 events, against the bare transaction in pgbench: the same rows
 * (booking, person, message, its job, audit) by their bare statements, with the count last, on the same server. Then: 10,000 attempts for 100
 * places with one of the servers killed in the middle, and the same on the embedded store, killed and opened again; and 50,000 reminders.
 * The server syncs to disk. `node --expose-gc bench/bookings.ts [--seconds N] [--attempts N] [--reminders N] [--json]`, with the project's own Node, as root.
 */
import { execFileSync, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { type Context, makeContext } from '#platform/context.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openEmbeddedStore, openPostgresStore, type Store } from '#platform/db/open-store.ts';
import { openQueue } from '#platform/jobs/open-queue.ts';
import { makeLog } from '#platform/log/log.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import { eventText } from '../src/capabilities/events/domain/event.ts';
import { addUp } from '../src/capabilities/events/store/bookings.ts';
import { book } from '../src/capabilities/events/use-cases/book.ts';
import { draftEvent, publishEvent } from '../src/capabilities/events/use-cases/run-events.ts';
import { remindPeople } from '../src/capabilities/events/use-cases/tell-people.ts';
import { jobs, migrationFolders, references } from '../src/main/compose.ts';
import { startDebianPostgres } from '../test/support/postgres-servers.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    attempts: { type: 'string', default: '10000' },
    reminders: { type: 'string', default: '50000' },
    /** A child's own work: attempts on the embedded store in this folder. */
    embedded: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const attempts = Number(values.attempts);
const clients = 200;
const places = 100;
const pgbench = '/usr/lib/postgresql/15/bin/pgbench';

const contextOf = async (store: Store): Promise<{ readonly ctx: Context; readonly stop: () => Promise<void> }> => {
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
  return { ctx, stop: () => queue.stop() };
};

const makeEvent = async (
  ctx: Context,
  capacity: number,
  hoursAhead = 240,
  id: string = randomUUID(),
): Promise<string> => {
  const starts = new Date(Date.now() + hoursAhead * 3_600_000);
  const keep = {
    text: eventText.parse({
      title: 'A meeting',
      summary: 'About work.',
      place: 'A hall',
      contact: 'events@bench.example',
    }),
    time: { starts, ends: new Date(starts.getTime() + 3_600_000) },
    month: starts.toISOString().slice(0, 7),
    opensAt: null,
    closesAt: null,
  };
  await draftEvent(ctx, id, keep, { 'in person': capacity, online: null });
  await publishEvent(ctx, id);
  return id;
};

const address = (): string => `guest-${randomUUID()}@company.example`;
const attempt = (ctx: Context, event: string) =>
  book(ctx, event, {
    id: randomUUID(),
    way: 'in person',
    names: ['A Guest'],
    address: address(),
    organisation: 'A company',
    forEmployer: true,
    consentToShare: false,
    partWillDo: false,
    accessNeeds: '',
    answers: [],
    tag: '',
  });

const embeddedEvent = '00000000-0000-4000-8000-0000000be9c4';

if (values.embedded !== undefined) {
  const store = await openEmbeddedStore(values.embedded);
  const { ctx } = await contextOf(store);
  await makeEvent(ctx, places, 240, embeddedEvent);
  for (let done = 0; done < attempts; done += 1) {
    await attempt(ctx, embeddedEvent);
    if (done === 60) process.send?.('in the middle');
  }
  process.exit(0);
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const server = await startDebianPostgres(['fsync=on', 'max_connections=300', 'shared_buffers=256MB']);
if (!server) throw new Error('This needs Debian’s PostgreSQL 15 and root');
const url = `${server.address}/postgres`;
const store = openPostgresStore(url);
const { ctx, stop } = await contextOf(store);

const startServer = () => {
  const child = fork(join(import.meta.dirname, 'bookings-server.ts'), { env: { ...process.env, DATABASE_URL: url } });
  const port = new Promise<number>((done) => child.once('message', (message) => done(Number(message))));
  return { child, port };
};
const servers = [startServer(), startServer()];
const ports: number[] = [];
for (const one of servers) ports.push(await one.port);
const agent = new Agent({ keepAlive: true, maxSockets: clients });

/** Sends the form as a browser does. @returns where it led to, or nothing where the server was gone. */
const send = (port: number, event: string): Promise<string> =>
  new Promise((done) => {
    const body = new URLSearchParams({
      id: randomUUID(),
      way: 'in person',
      name: 'A Guest',
      address: address(),
      organisation: 'A company',
      for: 'employer',
    }).toString();
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: `/events/${event}/book`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () =>
          done(answer.statusCode === 303 ? (answer.headers.location ?? '') : `${answer.statusCode}`),
        );
      },
    );
    sent.once('error', () => done(''));
    sent.end(body);
  });

/** Everybody signs up for one of the events for some seconds. */
const load = async (events: readonly string[], forSeconds: number) => {
  const waits: number[] = [];
  const start = performance.now();
  const end = start + forSeconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let turn = client; performance.now() < end; turn += 1) {
        const from = performance.now();
        const to = await send(ports[client % ports.length] ?? 0, events[turn % events.length] ?? '');
        if (!to.endsWith('done=held')) throw new Error(`A booking led to ${to}`);
        waits.push(performance.now() - from);
      }
    }),
  );
  const took = (performance.now() - start) / 1000;
  return {
    perSecond: waits.length / took,
    p99: percentile(
      waits.toSorted((one, other) => one - other),
      0.99,
    ),
  };
};

/** The same rows by their bare statements. */
const bare = async (events: readonly string[], forSeconds: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'htq-pgbench-'));
  await sql`create table if not exists public.bench_event (n integer primary key, id uuid not null)`.execute(store.db);
  await sql`truncate public.bench_event`.execute(store.db);
  for (const [n, id] of events.entries())
    await sql`insert into public.bench_event values (${n}, ${id})`.execute(store.db);
  writeFileSync(
    join(folder, 'booking.sql'),
    `\\set n random(0, ${events.length - 1})
select id as event, gen_random_uuid() as booking, gen_random_uuid() as mail, gen_random_uuid()::text as word from public.bench_event where n = :n \\gset
begin;
insert into events.booking (id, event_id, way, token, state, places, wanted, part_will_do, address, organisation, for_employer, consent_to_share, access_needs, answers, tag, made_at, changed_at, until, told_sequence)
  values (:booking, :event, 'in person', :word, 'held', 1, 1, false, :word, 'A company', true, false, '', '[]', '', clock_timestamp(), clock_timestamp(), clock_timestamp() + interval '30 minutes', 0) on conflict do nothing;
insert into events.attendee (booking_id, number, name, code) values (:booking, 1, 'A Guest', 'ABCDEF');
insert into platform.mail (id, name, to_address, subject, body, state, made_at)
  values (:mail, 'bench', :word, 'Confirm your place: A meeting', '[{"kind":"text","text":"A meeting: Wednesday 1 December 2021, 11:00 to 12:35, in person, A hall. We hold a place for you for 30 minutes."},{"kind":"link","text":"Confirm it","href":"http://localhost/bookings/x"}]', 'waiting', clock_timestamp());
insert into pgboss.job (name, data) values ('mail.deliver', '{"mail":"x"}');
insert into platform.act (id, at, name, door, actor_kind, subject_kind, subject_id, after)
  values (gen_random_uuid(), clock_timestamp(), 'events.held', 'page', 'visitor', 'booking', :word, '{"way":"in person","places":1}');
update events.way set taken = taken + 1 where event_id = :event and way = 'in person' and waiting = 0 and taken + 1 <= capacity;
commit;
`,
  );
  const where = new URL(server.address.replace('postgresql:', 'http:'));
  const words = execFileSync(
    pgbench,
    [
      '-h',
      where.hostname,
      '-p',
      where.port,
      '-U',
      'postgres',
      '-n',
      '-M',
      'prepared',
      '-c',
      String(clients),
      '-j',
      '2',
      '-T',
      String(forSeconds),
      '-l',
      `--log-prefix=${join(folder, 'log')}`,
      '-f',
      join(folder, 'booking.sql'),
      'postgres',
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const perSecond = Number(/tps = ([\d.]+)/.exec(words)?.[1]);
  const waits = readdirSync(folder)
    .filter((name) => name.startsWith('log'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map((line) => Number(line.split(' ')[2]) / 1000)
    .toSorted((one, other) => one - other);
  rmSync(folder, { recursive: true, force: true });
  return { perSecond, p99: percentile(waits, 0.99) };
};

const many = 10_000_000;
const compare = async (count: number) => {
  const events: string[] = [];
  for (let n = 0; n < count; n += 1) events.push(await makeEvent(ctx, many));
  await load(events, 2);
  // Ours and the peer by turns, so that what else the machine does falls on both.
  const ours = await load(events, seconds);
  const peer = await bare(events, seconds);
  return {
    bookingsPerSecond: Math.round(ours.perSecond),
    barePerSecond: Math.round(peer.perSecond),
    ratio: Number((ours.perSecond / peer.perSecond).toFixed(2)),
    p99ms: Math.round(ours.p99),
    bareP99ms: Math.round(peer.p99),
  };
};

/** Everyone for 100 places; in the middle one of the servers is killed, and whoever was there tries at the other. */
const rush = async () => {
  const event = await makeEvent(ctx, places);
  let left = attempts;
  let killed = false;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (left > 0) {
        left -= 1;
        const which = killed ? 0 : client % 2;
        if (!killed && attempts - left >= places / 2) {
          killed = true;
          servers[1]?.child.kill('SIGKILL');
        }
        if ((await send(ports[which] ?? 0, event)) === '') await send(ports[0] ?? 0, event);
      }
    }),
  );
  const { taken, people } = await addUp(ctx, event, 'in person');
  const { rows } = await sql<{ taken: number; mails: number }>`
    select taken, (select count(*)::integer from platform.mail where name = 'events.held' and to_address in (select address from events.booking where event_id = ${event} and state = 'held')) as mails
    from events.way where event_id = ${event}`.execute(ctx.db);
  return { sold: taken, counted: rows[0]?.taken, mailsForThem: rows[0]?.mails, bookingsInAll: people };
};

const rushEmbedded = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'htq-bench-'));
  const child = fork(import.meta.filename, ['--embedded', folder, '--attempts', String(attempts)]);
  const ended = new Promise((done) => child.once('exit', done));
  child.once('message', () => child.kill('SIGKILL'));
  await ended;
  const embedded = await openEmbeddedStore(folder);
  const open = await contextOf(embedded);
  const before = await addUp(open.ctx, embeddedEvent, 'in person');
  for (let done = before.people; done < attempts; done += 1) await attempt(open.ctx, embeddedEvent);
  const after = await addUp(open.ctx, embeddedEvent, 'in person');
  await open.stop();
  await embedded.close();
  rmSync(folder, { recursive: true, force: true });
  return { soldBeforeTheKill: before.taken, sold: after.taken, bookingsInAll: after.people };
};

const held = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const remind = async (count: number) => {
  const event = await makeEvent(ctx, many, 12);
  await sql`insert into events.booking (id, event_id, way, token, state, places, wanted, part_will_do, address, organisation, for_employer, consent_to_share, access_needs, answers, tag, made_at, changed_at, confirmed_at, told_sequence)
    select gen_random_uuid(), ${event}, 'in person', 'r-' || ${event} || n, 'confirmed', 1, 1, false, 'reminded-' || n || '@company.example', 'A company', true, false, '', '[]', '', ${new Date()}, ${new Date()}, ${new Date()}, 0
    from generate_series(1, ${count}) n`.execute(ctx.db);
  await sql`insert into events.attendee (booking_id, number, name, code) select id, 1, 'A Guest', 'ABCDEF' from events.booking where event_id = ${event}`.execute(
    ctx.db,
  );
  const before = held();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, held());
  }, 500);
  const start = performance.now();
  const told = await remindPeople(ctx);
  clearInterval(watch);
  if (told !== count) throw new Error(`${told} reminders instead of ${count}`);
  return {
    perSecond: Math.round(told / ((performance.now() - start) / 1000)),
    grewByMB: Math.round((most - before) / 1e6),
  };
};

const oneEvent = await compare(1);
const hundredEvents = await compare(100);
const rushed = await rush();
const embedded = await rushEmbedded();
await remind(1000);
const tenth = await remind(Number(values.reminders) / 10);
const all = await remind(Number(values.reminders));
const report = { oneEvent, hundredEvents, rush: rushed, rushEmbedded: embedded, reminders: { tenth, all } };
console.log(values.json ? JSON.stringify(report) : report);
for (const one of servers) one.child.kill();
agent.destroy();
await stop();
await store.close();
await server.stop();
