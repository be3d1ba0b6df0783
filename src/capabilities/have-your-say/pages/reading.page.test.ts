import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { keptMail } from '#platform/mail/outbox.ts';
import { readCsv } from '#platform/sheets/read-csv.ts';
import { readSheets } from '#platform/sheets/read-sheets.ts';
import { answerRound, fieldOf } from '../../../../test/support/answers.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { tellAnswerers } from '../use-cases/decide.ts';
import { forgetSettledJob } from '../use-cases/forget-settled.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'));
const slug = 'teaching-digital';
const read = `/have-your-say/${slug}/read`;

describe('reading answers', () => {
  let site: Site;
  let edward: Visitor;
  let maya: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
    maya = await site.as('maya.moderator@department.example');
  });
  after(() => site.close());

  const answer = (works: string, about: Readonly<Record<string, string>> = {}): Promise<string> =>
    answerRound(site, slug, works, about);
  const texts = async (): Promise<readonly { id: string; works: string }[]> =>
    (
      await sql<{ id: string; works: string }>`select a.id, a.given ->> 'works' as works from have_your_say.answer a
        join have_your_say.round r on r.id = a.round_id
        where r.slug = ${slug} and a.state = 'sent' and a.given ->> 'works' is not null`.execute(site.ctx.db)
    ).rows;

  it('a personal detail is pointed out, taken out with a reason, and only then may everyone read it', async () => {
    const id = await answer(
      'Ask Dr Smith, smith@college.ac.uk, about our rigs. =1+1 is two. We rent them by the term.',
    );
    const path = `${read}/answers/${id}`;
    const shown = main((await site.get(path, maya)).text);
    assert.match(shown, /it seems to hold an email address and a name with a title/);
    assert.match(shown, /Ask Dr Smith, \[taken out\], about our rigs/);
    assert.equal((await site.get(`/have-your-say/${slug}/results/answers/${id}`, maya)).status, 404);
    const wrong = await site.post(path, { question: 'works', how: 'redacted', text: 'Ask us.', reason: '' }, maya);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Say why something is taken out/);
    assert.match(wrong.text, />Ask us\.<\/textarea>/);
    const text = 'Ask [name taken out] about our rigs. We rent them by the term.';
    await site.post(path, { question: 'works', how: 'redacted', text, reason: 'It named a person.' }, maya);
    const published = main((await site.get(`/have-your-say/${slug}/results/answers/${id}`, maya)).text);
    assert.match(published, /We rent them by the term/);
    assert.match(published, /It named a person/);
    assert.doesNotMatch(published, /Smith/);
    assert.equal(
      (await site.get(`/have-your-say/${slug}/results/answers/${id}`)).status,
      404,
      'not before the results',
    );
  });

  it('what may not be published is counted and stays unread', async () => {
    const id = await answer('Nobody else shall read this.', { mayPublish: 'no', address: 'quiet@college.example' });
    const path = `${read}/answers/${id}`;
    assert.match(main((await site.get(path, maya)).text), /its words may not be published/);
    assert.equal((await site.post(path, { question: 'works', how: 'as-it-is' }, maya)).status, 404);
  });

  it('texts are coded with a code book that has versions; suggestions come from what was coded', async () => {
    const book = `${read}/code-book`;
    const rows = (names: readonly string[]) =>
      Object.fromEntries([['count', String(names.length)], ...names.map((name, at) => [`name-${at + 1}`, name])]);
    assert.equal((await site.post(book, { number: '0', ...rows(['Renting', 'Renting']) }, maya)).status, 422);
    await site.post(book, { number: '0', ...rows(['Renting', 'People']) }, maya);
    const stale = await site.post(book, { number: '0', ...rows(['Else']) }, maya);
    assert.match(stale.text, /Somebody saved a version meanwhile/);
    for (const text of ['Renting a rig by the term', 'We rent two rigs', 'A rig that we rent, and lend on'])
      await answer(text);
    const code = `${read}/code?question=works`;
    for (const one of await texts())
      await site.post(code, { answer: one.id, ...(/rent/i.test(one.works) ? { theme: 'renting' } : {}) }, maya);
    assert.match(main((await site.get(code, maya)).text), /Every text that has come so far is coded/);
    await answer('Could we rent a rig together?');
    const shown = main((await site.get(code, maya)).text);
    assert.match(shown, /Renting: because of .*“rent”/);
    assert.match(shown, /Nothing is ticked for you/);
    assert.doesNotMatch(shown, /checked/);
    const now = (await site.get(book, maya)).text;
    await site.post(
      book,
      { number: '1', count: '2', 'id-1': 'renting', 'name-1': 'Renting and lending', 'id-2': 'people', 'name-2': '' },
      maya,
    );
    assert.match(now, /Version|1: /);
    assert.match(main((await site.get(book, maya)).text), /2: .*1 theme/);
  });

  it('a second coder reads a sample without seeing the first one’s themes, and the two are compared', async () => {
    const agreement = `${read}/agreement`;
    assert.equal((await site.post(agreement, { question: 'works', count: '0' }, maya)).status, 422);
    await site.post(agreement, { question: 'works', count: '100' }, maya);
    const code = `${read}/code?question=works&as=second`;
    assert.match(main((await site.get(code, maya)).text), /No text waits for you/, 'nobody is their own second coder');
    const some = await texts();
    const own = await site.post(code, { answer: some[0]?.id ?? '', theme: 'renting' }, maya);
    assert.equal(own.status, 404);
    const shown = main((await site.get(code, edward)).text);
    assert.doesNotMatch(shown, /Suggested/);
    for (const one of some)
      await site.post(code, { answer: one.id, ...(/rent/i.test(one.works) ? { theme: 'renting' } : {}) }, edward);
    assert.match(main((await site.get(agreement, maya)).text), /1\.00, almost perfect/);
  });

  it('a quote is word for word out of what everyone may read, and leads back to the answer', async () => {
    const [one] = (await texts()).filter((each) => each.works.startsWith('Ask Dr Smith'));
    const path = `${read}/answers/${one?.id}`;
    const quote = (text: string) =>
      site.post(`${path}/quote`, { id: randomUUID(), question: 'works', theme: 'renting', text }, maya);
    assert.equal((await quote('Ask Dr Smith')).status, 422);
    assert.match((await quote('We rent them by the term.')).to, /done=quoted/);
    const results = main((await site.get(`/have-your-say/${slug}/results`, maya)).text);
    assert.match(results, /“We rent them by the term\.”/);
    assert.ok(results.includes(`/results/answers/${one?.id}`));
  });

  it('sheets hold every answer, with and without names, and run no formula', async () => {
    await answer('=HYPERLINK("http://evil.example";"x")', { name: '=cmd|calc', organisation: '@SUM(1)' });
    for (const format of ['csv', 'xlsx', 'ods'] as const)
      for (const names of ['no', 'yes'] as const) {
        const file = await site.server.inject({
          method: 'POST',
          url: `${read}/export`,
          headers: {
            host: 'localhost',
            cookie: `htq_session=${maya.token}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          payload: new URLSearchParams({
            'form-token': fieldOf((await site.get(read, maya)).text, 'form-token'),
            format,
            names,
          }).toString(),
        });
        assert.equal(file.statusCode, 200);
        const bytes = new Uint8Array(file.rawPayload);
        if (format === 'csv') {
          const text = new TextDecoder().decode(bytes);
          assert.doesNotMatch(text, /(?:^|,)"[=@+-]/m);
          assert.equal(text.includes('cmd|calc'), names === 'yes');
          assert.ok(readCsv('x', bytes).kind === 'ok');
          continue;
        }
        const book = await readSheets('answers', bytes);
        assert.ok(book.kind === 'ok');
        const cells = book.value.sheets[0]?.rows.flat() ?? [];
        assert.ok(cells.includes('=HYPERLINK("http://evil.example";"x")'), `${format} holds it as a text`);
        assert.equal(cells.includes('=cmd|calc'), names === 'yes');
        assert.equal(cells.includes('quiet@college.example'), names === 'yes');
      }
  });

  it('a question that is taken out keeps the answers it had', async () => {
    const edit = `/have-your-say/${slug}/edit`;
    const revision = fieldOf((await site.get(edit, edward)).text, 'revision');
    await site.post(`${edit}/take-out`, { what: 'works', revision }, edward);
    await site.post(`${edit}/put-to-use`, { note: 'Without the first' }, edward);
    assert.match(main((await site.get(read, maya)).text), /not asked any more since version 2/);
    const results = main((await site.get(`/have-your-say/${slug}/results`, maya)).text);
    assert.match(results, /Not asked any more since version 2/);
  });

  it('a decision is tied to the very version that it changed, and those who left an address are told once', async () => {
    const decisions = `${read}/decisions`;
    const decide = (kind: string, reference: string) =>
      site.post(
        decisions,
        { id: randomUUID(), theme: 'renting', text: 'The page says more.', kind, reference },
        edward,
      );
    assert.match((await decide('guidance-page-version', 'facilities/99')).text, /There is no such thing on this site/);
    assert.match((await decide('guidance-page-version', 'facilities/1')).to, /done=yes/);
    assert.match((await site.post(`${decisions}/publish`, {}, edward)).text, /still open/);
    await site.post(`/have-your-say/${slug}/edit/close`, {}, edward);
    assert.equal((await site.post(`${decisions}/publish`, {}, edward)).to, `/have-your-say/${slug}/results`);
    const results = main((await site.get(`/have-your-say/${slug}/results`)).text);
    assert.match(results, /href="\/guidance\/facilities\/versions\/1"/);
    assert.match((await site.get('/guidance/facilities')).text, /You said, we did: Teaching digital/);
    const { rows } = await sql<{ id: string }>`select id from have_your_say.round where slug = ${slug}`.execute(
      site.ctx.db,
    );
    const round = rows[0]?.id ?? '';
    assert.equal(await tellAnswerers(site.ctx, round), 1);
    assert.equal(await tellAnswerers(site.ctx, round), 0);
    const mails = (await keptMail(site.ctx, 500)).filter((one) => one.to === 'quiet@college.example');
    assert.equal(mails.length, 1);
    const kept = await sql`select 1 from have_your_say.answer where address is not null and state = 'sent'`.execute(
      site.ctx.db,
    );
    assert.equal(kept.rows.length, 0, 'the address is deleted once it was told');
  });

  it('results hold small numbers back, and can be taken away', async () => {
    const example = '/have-your-say/equipment-for-construction/results';
    const shown = main((await site.get(example)).text);
    assert.match(shown, /64 people answered/);
    assert.match(shown, /<rect class="htq-say-bar__count"/);
    const numbers = [...shown.matchAll(/--numeric">(\d+)<\/td>/g)].map((match) => Number(match[1]));
    assert.ok(numbers.length > 20);
    assert.deepEqual(
      numbers.filter((one) => one > 0 && one < 5),
      [],
    );
    const csv = await site.get(`${example}/download?format=csv`);
    assert.match(csv.text, /"Theme","Machines, software and rooms","all",14/);
    assert.doesNotMatch(csv.text, /,[1-4]\r/);
    // A table that tells something has more numbers than dashes; one that does not is one line.
    const lines = csv.text.split('\r\n').slice(1);
    for (const table of new Set(
      lines.map((line) => line.split(',')[0] ?? '').filter((what) => what.includes(' by ')),
    )) {
      const rows = lines.filter((line) => line.startsWith(`${table},`));
      const held = rows.filter((line) => line.includes('"under 5')).length;
      assert.ok(held * 2 <= rows.length, `${table}: ${held} of ${rows.length}`);
    }
    assert.match(csv.text, /"Answers by kind and region","","Left out: most of its numbers are under 5/);
  });

  it('a few answers are not counted in public at all', async () => {
    await sql`delete from have_your_say.answer a using have_your_say.round r
      where r.id = a.round_id and r.slug = ${slug} and a.given ->> 'works' is null`.execute(site.ctx.db);
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from have_your_say.answer`.execute(
      site.ctx.db,
    );
    assert.ok(Number(rows[0]?.count) > 0);
    const shown = main((await site.get(`/have-your-say/${slug}/results`)).text);
    assert.match(shown, /Fewer than 10 people answered/);
    assert.doesNotMatch(shown, /--numeric/);
  });

  it('answers are for editors and moderators alone', async () => {
    const sam = await site.as('sam.visitor@home.example');
    for (const path of [read, `${read}/answers`, `${read}/decisions`])
      assert.equal((await site.get(path, sam)).status, 403, path);
    assert.equal((await site.post(`${read}/decisions/publish`, {}, maya)).status, 403, 'a moderator does not publish');
  });

  it('what was begun and left is forgotten, and the keys of hashes are thrown away', async () => {
    await site.post('/have-your-say/desk', { id: randomUUID(), title: 'Later', with: 'five' }, edward);
    site.setTime(new Date(site.ctx.clock().getTime() + 400 * 86_400_000));
    const words = await forgetSettledJob.run(site.ctx, {}, {} as never);
    assert.match(words, /threw away the keys of 2 rounds/);
    const { rows } = await sql`select 1 from have_your_say.answer where state = 'draft'`.execute(site.ctx.db);
    assert.equal(rows.length, 0);
  });
});
