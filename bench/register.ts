/**
 * The register with 5,000 qualifications, 3,000 providers and 60,000 offers, in 100,000 facts:
 * an "as of" query against the plain current one over a table that holds nothing but the present, and the search against
 * MiniSearch in memory with the same words and filter: both find, rank and return the twenty rows that the list shows.
 * `node bench/register.ts [--json]`, with the project's own Node. The database is the embedded one, or the one that
 * DATABASE_URL names (an empty one of its own).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import MiniSearch from 'minisearch';
import { makeContext } from '#platform/context.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openEmbeddedStore, openPostgresStore } from '#platform/db/open-store.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import { asListed, type ListedEntry } from '../src/capabilities/register/domain/listed-entry.ts';
import { noFilters, type RegisterFilters } from '../src/capabilities/register/domain/register-filters.ts';
import { factsHolding } from '../src/capabilities/register/store/facts.ts';
import { makeFindable } from '../src/capabilities/register/use-cases/enter-facts.ts';
import { listRegister } from '../src/capabilities/register/use-cases/find-register.ts';
import { readEntries, readProviders } from '../src/capabilities/register/use-cases/read-register.ts';
import { migrationFolders } from '../src/main/compose.ts';
import { referencesOf } from '../src/main/references.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const counts = { qualifications: 5000, providers: 3000, offers: 60_000, facts: 102_000 };
const rounds = 300;

/** Mulberry32: the same register and questions on every run. */
const random = (() => {
  let state = 20261127;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
})();
const pick = <Value>(all: readonly Value[]): Value => all[Math.floor(random() * all.length)] as Value;

const subjects =
  'networks software building services testing laboratory accounting engineering manufacturing nursing childcare data cyber security design surveying logistics marketing energy maintenance'.split(
    ' ',
  );
const towns = Array.from(
  { length: 300 },
  (_, number) =>
    `${pick(['North', 'South', 'East', 'West', 'Upper', 'Lower'])}${pick(['field', 'gate', 'brook', 'mere', 'ham', 'ford', 'wick', 'stead'])}${number % 50}`,
);
const routes = [
  'Digital',
  'Health and science',
  'Construction and the built environment',
  'Engineering and manufacturing',
];
const kinds = ['College', 'University', 'Training', 'Institute'];

type Fact = {
  readonly kind: string;
  readonly subject: string;
  readonly qualification: string | null;
  readonly occupation: string | null;
  readonly ukprn: string | null;
  readonly body: object;
  readonly words: string;
  readonly from: string;
  readonly to: string;
  readonly recordedFrom: string;
  readonly recordedTo: string;
};
const facts: Fact[] = [];
const none = { qualification: null, occupation: null, ukprn: null };
const stands = { to: 'infinity', recordedTo: 'infinity' };
const title = (number: number): string =>
  `Level ${4 + (number % 2)} ${pick(['Diploma', 'Certificate', 'Higher National'])} in ${pick(subjects)} and ${pick(subjects)}`;
const numberOf = (index: number): string => `9${String(index).padStart(7, '0')}`;
for (let index = 0; index < counts.providers; index += 1) {
  const ukprn = String(10_000_000 + index);
  const town = pick(towns);
  const name = `${town} ${pick(kinds)}`;
  facts.push({
    ...none,
    ...stands,
    kind: 'provider',
    subject: ukprn,
    ukprn,
    from: '2020-08-01',
    recordedFrom: '2020-08-08',
    words: `${name} ${town} ${ukprn}`,
    body: {
      name,
      type: null,
      region: pick(['North West', 'London', 'South East']),
      town,
      postcode: 'ZZ1 1ZZ',
      closedOn: null,
    },
  });
}
const offersEach = counts.offers / counts.qualifications;
for (let index = 0; index < counts.qualifications; index += 1) {
  const id = `q${index}`;
  const occupation = `ST${String(index % 700).padStart(4, '0')}`;
  const body = {
    title: title(index),
    numbers: [numberOf(index)],
    level: 4 + (index % 2),
    awardingOrganisation: `${pick(['Example', 'Sample', 'Model'])} Awards ${index % 40}`,
    route: pick(routes),
    credits: 120,
    fictional: true,
  };
  const from = `202${1 + (index % 4)}-06-01`;
  const shared = { ...none, qualification: id, from, recordedFrom: from };
  facts.push({
    ...shared,
    ...stands,
    kind: 'qualification',
    subject: id,
    body,
    words: `${body.title} ${numberOf(index)} ${body.awardingOrganisation}`,
  });
  facts.push({
    ...shared,
    ...stands,
    kind: 'approval',
    subject: `${id}/${occupation}`,
    occupation,
    words: `${occupation} ${pick(subjects)} technician`,
    body: {
      occupationTitle: `${pick(subjects)} technician`,
      option: null,
      standardVersion: '1.0',
      cycle: '4',
      approvedOn: from,
      firstTeach: from,
      nextReview: null,
    },
  });
  for (let number = 0; number < offersEach; number += 1) {
    const ukprn = String(10_000_000 + Math.floor(random() * counts.providers));
    facts.push({
      ...shared,
      ...stands,
      kind: 'offer',
      subject: `${id}-${number}`,
      ukprn,
      words: 'Main site',
      body: {
        site: 'Main site',
        postcode: 'ZZ1 1ZZ',
        mode: pick(['full-time', 'part-time', 'either']),
        entryRoutes: [],
        units: [],
        firstTeach: from,
        confirmedBy: 'Example Awards',
        confirmedOn: from,
        confirmedWith: null,
      },
    });
  }
}
// The rest is the past: what was believed until it was put right, and what was true until it changed.
const current = facts.filter((one) => one.kind !== 'provider');
while (facts.length < counts.facts) {
  const one = pick(current);
  facts.push(
    facts.length % 2 === 0
      ? { ...one, recordedFrom: '2021-01-01', recordedTo: '2021-06-01' }
      : { ...one, from: '2020-01-01', to: '2021-01-01' },
  );
}

const folder = mkdtempSync(join(tmpdir(), 'htq-bench-'));
const store = process.env.DATABASE_URL ? openPostgresStore(process.env.DATABASE_URL) : await openEmbeddedStore(folder);
await migrate(store.db, migrationFolders);
const now = new Date('2026-11-27T09:00:00Z');
const ctx = makeContext({
  db: store.db,
  clock: () => now,
  storeKind: 'own',
  workers: inlineWorkers,
  name: 'bench',
  address: 'http://localhost',
  jobs: undefined as never,
  mail: null,
  issuers: [],
  exampleToken: null,
  personalData: [],
  references: referencesOf([]),
  actor: { kind: 'system', name: 'bench' },
  door: 'command',
});
const begun = performance.now();
for (let at = 0; at < facts.length; at += 5000)
  await sql`
    insert into register.fact (kind, subject, qualification, occupation, ukprn, body, words, true_from, true_to, recorded_from,
      recorded_to, source, retrieved_on)
    select kind, subject, qualification, occupation, ukprn, body, to_tsvector('english', words), "from", "to", "recordedFrom",
      "recordedTo", 'bench', '2026-11-27'
    from jsonb_to_recordset(${JSON.stringify(facts.slice(at, at + 5000))}::jsonb) as given (kind text, subject text,
      qualification text, occupation text, ukprn text, body jsonb, words text, "from" date, "to" date,
      "recordedFrom" timestamptz, "recordedTo" timestamptz)
    on conflict do nothing`.execute(store.db);
// The peer of the "as of" query: the present alone, without either time.
await sql`create table register.present as select kind, subject, qualification, occupation, ukprn, body, source, retrieved_on
  from register.fact where recorded_to = 'infinity' and true_to = 'infinity'`.execute(store.db);
await sql`create index present_by_qualification on register.present (qualification, kind)`.execute(store.db);
await sql`create index present_by_subject on register.present (kind, subject)`.execute(store.db);
const ids = Array.from({ length: counts.qualifications }, (_, index) => `q${index}`);
for (let at = 0; at < ids.length; at += 500)
  await ctx.transaction((inside) => makeFindable(inside, ids.slice(at, at + 500)));
for (const table of ['fact', 'present', 'found']) await sql`analyze register.${sql.raw(table)}`.execute(store.db);
const fillSeconds = (performance.now() - begun) / 1000;
const stored = Number((await sql<{ n: string }>`select count(*) as n from register.fact`.execute(store.db)).rows[0]?.n);

const at = (all: readonly number[], share: number): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length * share)] ?? 0;
const timed = async (act: () => unknown): Promise<number> => {
  const from = performance.now();
  await act();
  return performance.now() - from;
};
/** Runs two in turn, so that whatever else the machine does meets both. */
const inTurn = async (ours: (round: number) => unknown, peers: (round: number) => unknown) => {
  const times = { ours: [] as number[], peers: [] as number[] };
  for (let round = -20; round < rounds; round += 1) {
    const [one, other] = [await timed(() => ours(round + 20)), await timed(() => peers(round + 20))];
    if (round < 0) continue;
    times.ours.push(one);
    times.peers.push(other);
  }
  return {
    oursMs: { median: at(times.ours, 0.5), p95: at(times.ours, 0.95) },
    peersMs: { median: at(times.peers, 0.5), p95: at(times.peers, 0.95) },
    ratioOfMedians: at(times.ours, 0.5) / at(times.peers, 0.5),
  };
};

const asked = Array.from({ length: rounds + 20 }, () => Array.from({ length: 20 }, () => pick(ids)));
const then = { on: '2025-09-01', known: new Date('2025-06-01T00:00:00Z') };
/** Everything that the register says of twenty entries: what a page of the list reads. */
const entriesOf = await inTurn(
  (round) => factsHolding(ctx, then, { qualifications: asked[round] ?? [] }),
  (round) =>
    sql`select kind, subject, qualification, occupation, ukprn, body, source, retrieved_on from register.present
      where qualification = any(${asked[round] ?? []}::text[]) order by kind, subject`.execute(store.db),
);
/** How many are approved: over all of them. */
const approvedOn = await inTurn(
  () =>
    sql`select count(*) from register.fact as fact where fact.kind = 'approval' and fact.recorded_from <= ${then.known}
      and fact.recorded_to > ${then.known} and fact.true_from <= ${then.on}::date and fact.true_to > ${then.on}::date`.execute(
      store.db,
    ),
  () => sql`select count(*) from register.present where kind = 'approval'`.execute(store.db),
);

/** What MiniSearch indexes, and all that a row of the list shows, which it keeps beside. */
type Document = ListedEntry & { readonly numbers: string; readonly about: string; readonly who: string };
const documents: Document[] = [];
for (let first = 0; first < ids.length; first += 500) {
  const entries = await readEntries(ctx, { on: '2026-11-27', known: null }, ids.slice(first, first + 500));
  const providers = await readProviders(ctx, { on: '2026-11-27', known: null }, [
    ...new Set(entries.flatMap((one) => one.offers.map((offer) => offer.ukprn))),
  ]);
  for (const one of entries)
    documents.push({
      ...asListed(one, '2026-11-27'),
      numbers: one.numbers.join(' '),
      about: `${one.awardingOrganisation} ${one.approvals.map((approval) => `${approval.occupation} ${approval.occupationTitle}`).join(' ')}`,
      who: one.offers
        .map(
          (offer) =>
            `${providers.get(offer.ukprn)?.name ?? ''} ${providers.get(offer.ukprn)?.town ?? ''} ${offer.ukprn} ${offer.site}`,
        )
        .join(' '),
    });
}
const peer = new MiniSearch<Document>({
  fields: ['title', 'numbers', 'about', 'who'],
  storeFields: [
    'title',
    'number',
    'level',
    'awardingOrganisation',
    'route',
    'occupationTitles',
    'firstTeach',
    'providers',
    'state',
    'fictional',
  ],
});
peer.addAll(documents);
const questions = Array.from(
  { length: rounds + 20 },
  (_, round): { readonly words: string; readonly route: string | null } => {
    const one = pick(documents);
    const town = pick(one.who.split(' '));
    const kind = round % 5;
    const words = [
      `${one.title.split(' ').slice(-3).join(' ')}`,
      `${pick(subjects)} ${town}`,
      one.numbers,
      `${pick(subjects).slice(0, 5)}`,
      `${one.about.split(' ').slice(0, 2).join(' ')} ${pick(subjects)}`,
    ][kind] as string;
    return { words, route: round % 3 === 0 ? one.route : null };
  },
);
const filtersOf = (round: number): RegisterFilters => ({
  ...noFilters,
  ...(questions[round] ?? { words: '', route: null }),
});
const ask = (round: number) =>
  listRegister(ctx, { on: '2026-11-27', known: null }, true, filtersOf(round), { skip: 0, take: 20 });
const askPeer = (round: number) => {
  const question = questions[round];
  const found = peer.search(question?.words ?? '', {
    prefix: true,
    combineWith: 'AND',
    boost: { title: 3 },
    ...(question?.route ? { filter: (one) => one.route === question.route } : {}),
  });
  return { total: found.length, entries: found.slice(0, 20) };
};
const listed = await inTurn(ask, askPeer);
/** Whether both find anything: what they count may differ, since one of them knows that networks are a network. */
let same = 0;
for (let round = 0; round < 100; round += 1) if ((await ask(round)).total > 0 === askPeer(round).total > 0) same += 1;

const report = {
  engine: store.engine,
  facts: stored,
  fillSeconds,
  asOf: { entriesOf, approvedOn },
  search: { listed, agreeWhetherAnything: same / 100 },
};
console.log(values.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
await store.close();
rmSync(folder, { recursive: true, force: true });
