/**
 * Reading a round of 20,000 answers to five questions, two of them texts, on PostgreSQL: themes suggested for all 40,000 texts
 * from 2,000 that were coded (learnt anew), everything counted with small numbers held back, and the page of results with its
 * charts rendered. Against the same counts in one process that reads every answer first; and what the process holds in memory
 * beyond what it held before, for a tenth of the answers and for all of them.
 * `node bench/say.ts [--answers N] [--json]`, with the project's own Node. Give Node `--expose-gc`, or what was let go of
 * counts as held.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { makeContext } from '#platform/context.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openPostgresStore } from '#platform/db/open-store.ts';
import { openQueue } from '#platform/jobs/open-queue.ts';
import { makeLog } from '#platform/log/log.ts';
import { inlineWorkers } from '#platform/workers/pool.ts';
import { prepareAssets } from '#web/assets.ts';
import { makeRender } from '#web/render.ts';
import type { Questionnaire } from '../src/capabilities/have-your-say/domain/questionnaire.ts';
import { regions, respondentKinds } from '../src/capabilities/have-your-say/domain/round.ts';
import { suggestThemes } from '../src/capabilities/have-your-say/domain/suggest-themes.ts';
import { resultsView, shownCounts } from '../src/capabilities/have-your-say/pages/results.ts';
import { addCodeBook } from '../src/capabilities/have-your-say/store/reading.ts';
import { addRound, addRoundVersion, findRound } from '../src/capabilities/have-your-say/store/rounds.ts';
import { eachText, themeModel } from '../src/capabilities/have-your-say/use-cases/read-answers.ts';
import { countResults } from '../src/capabilities/have-your-say/use-cases/results.ts';
import { jobs, migrationFolders, references } from '../src/main/compose.ts';
import { startEmbeddedPostgres } from '../test/support/postgres-servers.ts';

const { values } = parseArgs({
  options: { answers: { type: 'string', default: '20000' }, json: { type: 'boolean', default: false } },
});
const answers = Number(values.answers);

const server = await startEmbeddedPostgres();
const store = openPostgresStore(`${server.address}/postgres`);
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

const text = (id: string) =>
  ({ id, kind: 'text', title: id, hint: '', required: false, when: null, long: true }) as const;
const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `Option ${id}` }));
const questions: Questionnaire = {
  sections: [
    {
      id: 's',
      title: 'All',
      lead: '',
      when: null,
      questions: [
        text('works'),
        text('lacks'),
        { id: 'one', kind: 'one-of', title: 'One', hint: '', required: false, when: null, options },
        { id: 'several', kind: 'several-of', title: 'Several', hint: '', required: false, when: null, options },
        {
          id: 'scale',
          kind: 'scale',
          title: 'Scale',
          hint: '',
          required: false,
          when: null,
          least: 1,
          most: 5,
          leastWords: '',
          mostWords: '',
        },
      ],
    },
  ],
};
const themes = ['staff', 'kit', 'employers', 'learners', 'money', 'time', 'rooms', 'rules'];
/** Words of each theme and words of none: a text has twenty of the first and ten of the second. */
const wordOf = (kind: string, n: number): string => `${kind}${String.fromCharCode(97 + (n % 26), 97 + ((n * 7) % 26))}`;

const fill = async (slug: string, count: number): Promise<void> => {
  const id = randomUUID();
  await ctx.transaction(async (inside) => {
    await addRound(inside, {
      id,
      slug,
      title: slug,
      purpose: 'Bench',
      audience: '',
      opensAt: new Date(0),
      closesAt: null,
      onePerAddress: false,
      addressKey: randomBytes(32),
      draft: questions,
    });
    const round = await findRound(inside, slug);
    if (round) await addRoundVersion(inside, round, { number: 1, note: '', by: null });
    await addCodeBook(
      inside,
      id,
      { number: 1, note: '', themes: themes.map((theme) => ({ id: theme, name: theme, description: '' })) },
      null,
    );
  });
  const at = Date.now();
  for (let from = 0; from < count; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, count - from) }, (_, index) => {
      const n = from + index;
      const say = (theme: string): string =>
        Array.from({ length: 30 }, (_, word) =>
          word % 3 === 2 ? wordOf('plain', n + word) : wordOf(theme, n * 3 + word),
        ).join(' ');
      const first = themes[n % themes.length] ?? '';
      const second = themes[(n * 5 + 1) % themes.length] ?? '';
      return {
        id: randomUUID(),
        n,
        kind: respondentKinds[(n * n) % respondentKinds.length],
        region: regions[(n * 3) % regions.length],
        given: {
          works: say(first),
          lacks: say(second),
          one: options[n % 4]?.id,
          several: options.filter((_, place) => (n + place) % 3 === 0).map((one) => one.id),
          scale: 1 + (n % 5),
        },
        first,
        second,
      };
    });
    await sql`insert into have_your_say.answer (id, round_id, version, token_hash, state, given, name, organisation, provider_kind,
        region, may_publish, revision, made_at, changed_at, sent_at)
      select id, ${id}::uuid, 1, id::text, 'sent', given, '', '', kind, region, true, 1, moment, moment, moment
      from (select *, to_timestamp(${at / 1000}::float8 + n) as moment from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given_row (id uuid, n integer, kind text, region text, given jsonb)) made`.execute(store.db);
    await sql`insert into have_your_say.reading (answer_id, question, part, book, themes, at)
      select id, question, 'first', 1, array[theme], to_timestamp(${at / 1000}::float8)
      from (select id, 'works' as question, first as theme from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, first text)
        union all
        select id, 'lacks', second from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, second text)) made`.execute(
      store.db,
    );
  }
};

const held = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Texts between two looks at the memory. */
const weighEvery = 1500;

const render = makeRender(prepareAssets());
const shell = {
  name: 'Bench',
  version: '0',
  title: 'Bench',
  faulty: false,
  description: '',
  canonical: '',
  linkedData: '',
  wide: false,
  crumbs: [],
  navigation: [],
  signInHref: '/sign-in',
  person: null,
  formToken: '',
  example: false,
  phase: '',
  address: '',
  today: '',
};

/** Suggests, counts and charts. @returns milliseconds of each, and what the process grew by, in bytes. */
const readRound = async (slug: string, expected: number) => {
  const round = await findRound(ctx, slug);
  if (!round) throw new Error('The round is not there');
  const before = held();
  let most = before;
  const start = performance.now();
  const model = await themeModel(
    ctx,
    round,
    themes.map((id) => ({ id, name: id, description: '' })),
  );
  let suggested = 0;
  let texts = 0;
  await eachText(ctx, round.id, ['works', 'lacks'], (said) => {
    texts += 1;
    if (suggestThemes(model, said).length > 0) suggested += 1;
  });
  const coded = performance.now();
  most = Math.max(most, held());
  const weighed = performance.now();
  const results = await countResults(ctx, round);
  const counted = performance.now();
  const page = render(resultsView.template, {
    preview: false,
    published: '',
    title: slug,
    purpose: '',
    answers: '',
    small: '',
    enough: true,
    downloads: [],
    themes: [],
    ...shownCounts(results),
    publicAnswers: [],
    moreHref: '',
    shell,
  });
  const charted = performance.now();
  most = Math.max(most, held());
  if (results.answers !== expected || texts !== 2 * expected || !page.includes('htq-say-bar__count'))
    throw new Error(`${results.answers} answers and ${texts} texts were read`);
  // Once more, not timed: what is held while the texts go by.
  let passed = 0;
  await eachText(ctx, round.id, ['works', 'lacks'], (said) => {
    passed += 1;
    suggestThemes(model, said);
    if (passed % weighEvery === 0) most = Math.max(most, held());
  });
  if (suggested < texts * 0.9) throw new Error(`Only ${suggested} of ${texts} texts got a suggestion`);
  return {
    code: coded - start,
    count: counted - weighed,
    chart: charted - counted,
    all: coded - start + (charted - weighed),
    grewBy: most - before,
  };
};

/** The peer: every answer is read into the process, and counted there. */
const readAll = async (slug: string) => {
  const before = held();
  const start = performance.now();
  const { rows } = await sql<{ given: Record<string, unknown>; themes: string[][] }>`
    select a.given, a.provider_kind, a.region, (select jsonb_agg(r.themes) from have_your_say.reading r where r.answer_id = a.id) as themes
    from have_your_say.answer a join have_your_say.round o on o.id = a.round_id where o.slug = ${slug}`.execute(
    store.db,
  );
  const counts = new Map<string, number>();
  for (const { given, themes: named } of rows) {
    for (const [question, value] of Object.entries(given))
      for (const one of Array.isArray(value) ? value : [value])
        if (question !== 'works' && question !== 'lacks')
          counts.set(`${question}/${one}`, (counts.get(`${question}/${one}`) ?? 0) + 1);
    for (const theme of new Set(named.flat())) counts.set(theme, (counts.get(theme) ?? 0) + 1);
  }
  const took = performance.now() - start;
  const grewBy = held() - before;
  // Looked at once more, so that what was read is still held when the memory is weighed.
  if (rows.length < answers || counts.size === 0) throw new Error('The peer read too little');
  return { took, grewBy };
};

await fill('tenth', Math.ceil(answers / 10));
await fill('all', answers);
await sql`analyze`.execute(store.db);
const tenth = await readRound('tenth', Math.ceil(answers / 10));
await readRound('tenth', Math.ceil(answers / 10));
const all = await readRound('all', answers);
const peer = await readAll('all');
const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
const report = {
  answers,
  textsSuggestedMs: Math.round(all.code),
  countedMs: Math.round(all.count),
  chartedMs: Math.round(all.chart),
  allMs: Math.round(all.all),
  countedInProcessMs: Math.round(peer.took),
  countRatio: Number((all.count / peer.took).toFixed(2)),
  grewByForATenthMB: megabytes(tenth.grewBy),
  grewByForAllMB: megabytes(all.grewBy),
  grewByInProcessMB: megabytes(peer.grewBy),
};
console.log(values.json ? JSON.stringify(report) : report);
await queue.stop();
await store.close();
await server.stop();
