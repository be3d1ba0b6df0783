/**
 * The search over 100,000 documents against MiniSearch in memory with the same documents: time of a question, and how
 * often the known answer is among the first five, on 200 questions of which half are misspelt.
 * `node bench/search.ts [--documents 100000] [--json]`, with the project's own Node. The database is the embedded one,
 * or the one that DATABASE_URL names (an empty one of its own).
 *
 * Documents are the standards and KSBs of ../shared/data/standards, else of the examples; the rest are paragraphs drawn
 * from their words.
 */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import MiniSearch from 'minisearch';
import { makeContext } from '#platform/context.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openEmbeddedStore, openPostgresStore } from '#platform/db/open-store.ts';
import { findEntries } from '#platform/search/find-entries.ts';
import { putEntries, type SearchEntry } from '#platform/search/search-entry.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import { readStandard } from '../src/capabilities/standards/use-cases/read-standard.ts';
import { migrationFolders } from '../src/main/compose.ts';
import { referencesOf } from '../src/main/references.ts';

const { values } = parseArgs({
  options: { documents: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
});
const wanted = Number(values.documents);
const root = resolve(import.meta.dirname, '..');
const real = resolve(root, '../shared/data/standards');
const from = existsSync(real) ? real : join(root, 'examples/standards');

/** Mulberry32: the same documents and questions on every run. */
const random = (() => {
  let state = 20261124;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
})();
const pick = <Value>(all: readonly Value[]): Value => all[Math.floor(random() * all.length)] as Value;

const changedAt = new Date('2026-11-24T00:00:00Z');
const shared = { route: null, level: null, changedAt };
const standards = globSync('*.json', { cwd: from })
  .sort()
  .map((file) => readStandard(JSON.parse(readFileSync(join(from, file), 'utf8'))))
  .flatMap((read) => (read.kind === 'ok' ? [read.value] : []));

const entries: SearchEntry[] = [];
const questions: { readonly words: string; readonly answer: string }[] = [];
for (const one of standards) {
  const id = one.reference;
  entries.push({
    ...shared,
    kind: 'standard',
    id,
    href: `/standards/${id}`,
    title: one.title,
    summary: one.typicalJobTitles.join(', '),
    body: one.overview,
    codes: [id],
  });
  for (const ksb of one.ksbs)
    entries.push({
      ...shared,
      kind: 'ksb',
      id: `${id} ${ksb.code}`,
      href: `/standards/${id}#${ksb.code}`,
      title: `${ksb.code} of ${one.title}`,
      summary: '',
      body: ksb.text,
      codes: [],
    });
}
const words = entries.flatMap((one) => one.body.split(/\s+/)).filter((word) => word.length > 2);
for (let number = entries.length; number < wanted; number += 1)
  entries.push({
    ...shared,
    kind: 'paragraph',
    id: String(number),
    href: `/${number}`,
    title: Array.from({ length: 4 }, () => pick(words)).join(' '),
    summary: '',
    body: Array.from({ length: 25 }, () => pick(words)).join(' '),
    codes: [],
  });

/** One letter left out, doubled, or two exchanged, in the longest word: as people mistype. */
const misspelt = (text: string): string => {
  const longest = text.split(/\s+/).reduce((best, word) => (word.length > best.length ? word : best), '');
  const at = 2 + Math.floor(random() * Math.max(1, longest.length - 4));
  const [head, a = '', b = '', tail] = [longest.slice(0, at), longest[at], longest[at + 1], longest.slice(at + 2)];
  const wrong = pick([`${head}${b}${tail}`, `${head}${a}${a}${b}${tail}`, `${head}${b}${a}${tail}`]);
  return text.replace(longest, wrong);
};
const ksbs = entries.filter((one) => one.kind === 'ksb' && one.body.split(/\s+/).length > 8);
for (let number = 0; number < 200; number += 1) {
  const standard = pick(standards);
  const ksb = pick(ksbs);
  const [text, answer] = [
    [standard.title, standard.reference],
    [pick(standard.typicalJobTitles.length > 0 ? standard.typicalJobTitles : [standard.title]), standard.reference],
    [
      ksb.body
        .split(/\s+/)
        .slice(0, 8)
        .join(' ')
        .replaceAll(/[^\p{L}\p{N} ]/gu, ' '),
      ksb.id,
    ],
  ][number % 3] as [string, string];
  questions.push({ words: Math.floor(number / 3) % 2 === 0 ? text : misspelt(text), answer });
}

const folder = mkdtempSync(join(tmpdir(), 'htq-bench-'));
const store = process.env.DATABASE_URL ? openPostgresStore(process.env.DATABASE_URL) : await openEmbeddedStore(folder);
await migrate(store.db, migrationFolders);
const ctx = makeContext({
  db: store.db,
  clock: () => changedAt,
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
for (let at = 0; at < entries.length; at += 1000)
  await ctx.transaction((inside) => putEntries(inside, entries.slice(at, at + 1000)));
await sql`analyze platform.search_entry`.execute(store.db);
await sql`analyze platform.search_word`.execute(store.db);
const fillSeconds = (performance.now() - begun) / 1000;

const peer = new MiniSearch<SearchEntry & { readonly key: string; readonly code: string }>({
  idField: 'key',
  fields: ['title', 'summary', 'body', 'code'],
  storeFields: ['id'],
});
peer.addAll(entries.map((one) => ({ ...one, key: `${one.kind} ${one.id}`, code: one.codes.join(' ') })));

const ask = async (words_: string): Promise<readonly string[]> =>
  (await findEntries(ctx, { words: words_, kind: null, route: null, level: null }, 1)).found.map((one) => one.id);
const askPeer = (words_: string): readonly string[] =>
  peer
    .search(words_, { fuzzy: 0.2, prefix: true, boost: { title: 3 } })
    .slice(0, 20)
    .map((one) => String(one.id));

const times: { readonly ours: number[]; readonly peers: number[] } = { ours: [], peers: [] };
const right = { ours: 0, peers: 0 };
const warm = questions.slice(0, 10);
for (const one of warm) {
  await ask(one.words);
  askPeer(one.words);
}
for (const one of questions) {
  let from_ = performance.now();
  const ours = await ask(one.words);
  times.ours.push(performance.now() - from_);
  from_ = performance.now();
  const peers = askPeer(one.words);
  times.peers.push(performance.now() - from_);
  if (ours.slice(0, 5).includes(one.answer)) right.ours += 1;
  if (peers.slice(0, 5).includes(one.answer)) right.peers += 1;
}
const at = (all: readonly number[], share: number): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length * share)] ?? 0;
const report = {
  documents: entries.length,
  engine: store.engine,
  fillSeconds,
  oursMs: { median: at(times.ours, 0.5), p95: at(times.ours, 0.95) },
  miniSearchMs: { median: at(times.peers, 0.5), p95: at(times.peers, 0.95) },
  ratioOfMedians: at(times.ours, 0.5) / at(times.peers, 0.5),
  amongFirstFive: { ours: right.ours / questions.length, miniSearch: right.peers / questions.length },
};
console.log(values.json ? JSON.stringify(report) : report);
await store.close();
rmSync(folder, { recursive: true, force: true });
