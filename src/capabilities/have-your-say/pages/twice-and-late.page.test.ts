import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { forgetSettledJob } from '../use-cases/forget-settled.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'));
const field = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const dayMs = 86_400_000;

describe('have your say: what is sent twice, at once, or too late', () => {
  let site: Site;
  let start: Date;
  let edward: Visitor;
  let maya: Visitor;
  before(async () => {
    site = await openSite('example');
    start = site.ctx.clock();
    edward = await site.as('edward.editor@department.example');
    maya = await site.as('maya.moderator@department.example');
  });
  after(() => site.close());

  const day = (days: number): string => new Date(start.getTime() + days * dayMs).toISOString().slice(0, 10);
  const edit = async (slug: string, path: string, fields: Readonly<Record<string, string>>, who: Visitor = edward) => {
    const page = await site.get(`/have-your-say/${slug}/edit`, who);
    const revision = field(page.text, 'revision');
    return site.post(`/have-your-say/${slug}/edit${path}`, { revision, ...fields }, who);
  };
  const described = (title: string, more: Readonly<Record<string, string>> = {}) => ({
    title,
    purpose: 'To learn what is missing.',
    audience: 'colleges',
    opensAt: `${day(-1)} 09:00`,
    closesAt: `${day(20)} 17:00`,
    ...more,
  });
  const newRound = async (title: string, more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const begun = await site.post('/have-your-say/desk', { id: randomUUID(), title, with: 'none' }, edward);
    const slug = /^\/have-your-say\/([\w-]+)\/edit$/.exec(begun.to)?.[1] ?? '';
    await edit(slug, '/section', { what: 's1', title: 'Kit' });
    await edit(slug, '/question', { section: 's1', what: 'works', kind: 'text', title: 'What works?', long: 'yes' });
    assert.match((await edit(slug, '', described(title, more))).to, /done=saved/);
    assert.match((await edit(slug, '/put-to-use', {})).to, /done=used/);
    return slug;
  };
  const fill = async (path: string, fields: Readonly<Record<string, string>>) =>
    site.post(path, { revision: field((await site.get(path)).text, 'revision'), ...fields });
  /** An answer, sent. @returns its address. */
  const answer = async (slug: string, works: string, about: Readonly<Record<string, string>> = {}): Promise<string> => {
    const first = (await site.post(`/have-your-say/${slug}/answer`, {})).to;
    const address = first.replace(/\/[^/]+$/, '');
    await fill(first, { works });
    await fill(`${address}/about-you`, { mayPublish: 'yes', ...about });
    assert.match((await site.post(`${address}/send`, {})).to, /done=(?:sent|mail)$/);
    return address;
  };
  const idOf = async (works: string): Promise<string> => {
    const { rows } = await sql<{
      id: string;
    }>`select id from have_your_say.answer where given ->> 'works' = ${works}`.execute(site.ctx.db);
    return rows[0]?.id ?? '';
  };

  it('of two coders who have the same text before them the second is told, and nobody becomes both', async () => {
    const slug = await newRound('Two coders');
    const read = `/have-your-say/${slug}/read`;
    await answer(slug, 'Two coders read this.');
    const id = await idOf('Two coders read this.');
    const book = { number: '0', count: '2', 'name-1': 'Renting', 'name-2': 'People' };
    await site.post(`${read}/code-book`, book, maya);
    const code = `${read}/code?question=works`;
    await site.post(code, { answer: id, theme: 'renting' }, maya);
    const late = await site.post(code, { answer: id, theme: 'people' }, edward);
    assert.equal(late.status, 422);
    assert.match(late.text, /Somebody else coded that text meanwhile/);
    const readings = async () =>
      (
        await sql<{ part: string; themes: string[]; coders: number }>`
          select part, themes, count(*) over (partition by coder)::integer as coders from have_your_say.reading
          where answer_id = ${id} order by part`.execute(site.ctx.db)
      ).rows;
    assert.deepEqual(await readings(), [{ part: 'first', themes: ['renting'], coders: 1 }]);
    await site.post(code, { answer: id, theme: 'renting' }, maya);
    await site.post(`${code}&as=second`, { answer: id, theme: 'people' }, edward);
    await site.post(code, { answer: id, theme: 'people' }, edward);
    assert.deepEqual(
      (await readings()).map((one) => one.coders),
      [1, 1],
      'two people',
    );
  });

  it('of two moderators who decide on a text the second is told, and keeps what was typed', async () => {
    const slug = await newRound('Two moderators');
    await answer(slug, 'Call Jo, who knows.');
    const path = `/have-your-say/${slug}/read/answers/${await idOf('Call Jo, who knows.')}`;
    const seen = field((await site.get(path, maya)).text, 'seen');
    const redacted = { question: 'works', how: 'redacted', text: 'Call [name], who knows.', reason: 'A name.' };
    assert.match((await site.post(path, { ...redacted, seen }, maya)).to, /done=decided/);
    const late = await site.post(path, { question: 'works', how: 'as-it-is', seen, reason: 'All well' }, edward);
    assert.equal(late.status, 422);
    assert.match(late.text, /Somebody decided on this text meanwhile/);
    assert.match(late.text, /All well/);
    const again = field(late.text, 'seen');
    assert.notEqual(again, seen);
    assert.match((await site.post(path, { question: 'works', how: 'as-it-is', seen: again }, edward)).to, /decided/);
  });

  it('questions that are put to use twice are one version', async () => {
    const slug = await newRound('Used twice');
    await edit(slug, '/put-to-use', { note: 'Once more' });
    const { rows } = await sql<{
      version: number;
    }>`select version from have_your_say.round where slug = ${slug}`.execute(site.ctx.db);
    assert.equal(rows[0]?.version, 1);
  });

  it('a link that was not mailed is not said to be', async () => {
    const slug = await newRound('Mailed late');
    const first = (await site.post(`/have-your-say/${slug}/answer`, {})).to;
    const address = first.replace(/\/[^/]+$/, '');
    await site.post(`/have-your-say/${slug}/edit/close`, {}, edward);
    assert.equal((await site.post(`${address}/mail`, { mailto: 'late@college.example' })).to, address);
    assert.equal((await keptMail(site.ctx, 500)).filter((one) => one.to === 'late@college.example').length, 0);
  });

  it('a round that takes one answer an address is not opened again once its key is gone', async () => {
    const slug = await newRound('Once, and again', { onePerAddress: 'yes', closesAt: `${day(1)} 09:00` });
    const job = { id: 'x', lastTry: false, signal: new AbortController().signal, progress: async () => {} };
    site.setTime(new Date(start.getTime() + 40 * dayMs));
    const then = await site.as('edward.editor@department.example');
    if (forgetSettledJob.kind === 'stepwise') await forgetSettledJob.run(site.ctx, {}, job);
    const opened = await edit(slug, '', described('Once, and again', { closesAt: `${day(60)} 09:00` }), then);
    site.setTime(start);
    assert.equal(opened.status, 422);
    assert.match(opened.text, /cannot be opened again/);
  });

  it('a round whose results are published stays closed: who answered then would be told of nothing', async () => {
    const closed = '/have-your-say/equipment-for-construction';
    const page = await site.get(`${closed}/edit`, edward);
    const typed = { purpose: 'To know.', opensAt: `${day(-90)} 09:00`, closesAt: `${day(20)} 09:00` };
    const fields = { ...described('Equipment for construction', typed), revision: field(page.text, 'revision') };
    const opened = await site.post(`${closed}/edit`, fields, edward);
    assert.equal(opened.status, 422);
    assert.match(opened.text, /cannot be opened again/);
    assert.equal((await site.get(`${closed}/results`)).status, 200);
  });

  it('an enquiry that is put before other providers is on their list', async () => {
    const id = randomUUID();
    const asked = { id, kind: 'enquiry', topic: 'funding', text: 'Who lends rigs?', address: 'asker@college.example' };
    await site.post('/have-your-say/ask', asked);
    await site.post(`/have-your-say/inbox/${id}`, { how: 'wanted', question: 'Who lends out rigs?' }, edward);
    assert.match(main((await site.get('/have-your-say/wanted')).text), /Who lends out rigs\?/);
  });

  it('an address that was typed wrong is an error of whoever typed it', async () => {
    const results = '/have-your-say/equipment-for-construction/results';
    for (const from of ['1e30', '0.5', 'Infinity', '-1', 'x'])
      assert.equal((await site.get(`${results}?from=${from}`)).status, 200, from);
    const after = `2026-01-01_${'-'.repeat(36)}`;
    const list = '/have-your-say/equipment-for-construction/read/answers';
    assert.equal((await site.get(`${list}?after=${after}`, edward)).status, 200);
  });
});
