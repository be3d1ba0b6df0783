import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { makeFindableJob } from '../src/capabilities/standards/use-cases/make-findable.ts';
import { openSite, type Site } from './support/site.ts';

describe('the search', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  const titles = async (query: string): Promise<readonly string[]> => {
    const { text } = await site.get(`/search?${query}`);
    return [...text.matchAll(/<h2 class="govuk-heading-s govuk-!-margin-bottom-1"><a [^>]*>(.*?)<\/a>/g)].map(
      ([, title = '']) => title.replaceAll(/<[^>]+>/g, ''),
    );
  };

  it('finds pages and standards by words, in any form of them, and marks what it found', async () => {
    assert.equal((await titles('q=fund'))[0], 'Funding');
    assert.ok((await titles('q=approving+qualifications')).includes('How a qualification is approved'));
    assert.match((await site.get('/search?q=fund')).text, /<mark class="htq-mark">/);
  });

  it('finds what a table of a page says', async () => {
    assert.deepEqual(await titles('q=Ambleforth'), ['Growth Fund recipients, 2021 to 2022']);
  });

  it('finds a standard by its code, and its KSBs by their words', async () => {
    const [first] = await titles('q=st9001');
    assert.ok(first);
    const { text } = await site.get('/search?q=ST9001');
    assert.match(text, /href="\/standards\/ST9001"/);
  });

  it('searches for what was most likely meant, and says so', async () => {
    const { text } = await site.get('/search?q=clawbak+rules');
    assert.match(text, /for <strong>clawback rules<\/strong>: what you typed is written nowhere/);
    assert.equal((await titles('q=clawbak'))[0], 'Funding');
  });

  it('takes phrases, leaves out words, says when nothing has all of them', async () => {
    assert.ok((await titles('q=%22growth+fund%22')).length > 0);
    assert.ok(!(await titles('q=fund+-learner')).includes('Funding'));
    assert.match((await site.get('/search?q=funding+network+clawback+mark')).text, /None has all the words/);
    assert.match((await site.get('/search?q=qqqqqqqq')).text, /0 results/);
    assert.match((await site.get('/search?q=%27%22%29%28%26%7C%21%3A*')).text, /0 results/);
  });

  it('finds the standards of a large import once its job has run', async () => {
    await sql`delete from platform.search_entry where kind = 'standard'`.execute(site.ctx.db);
    assert.deepEqual(await titles('q=ST9001&kind=standard'), []);
    assert.ok(makeFindableJob.kind === 'stepwise');
    const job = { id: '', lastTry: true, signal: new AbortController().signal, progress: async () => {} };
    assert.match(await makeFindableJob.run(site.ctx, {}, job), /^\d+ standards can be found\.$/);
    assert.equal((await titles('q=ST9001&kind=standard')).length, 1);
  });

  it('filters by kind, route and level', async () => {
    const all = await titles('q=network');
    const some = await titles('q=network&kind=standard');
    assert.ok(some.length > 0 && some.length <= all.length);
    assert.deepEqual(await titles('q=network&kind=nothing'), []);
    assert.deepEqual(await titles('q=network&level=9'), []);
  });

  it('suggests titles that begin so', async () => {
    const found = JSON.parse((await site.get('/search/suggest?q=fun')).text);
    assert.ok(
      found.some((one: { readonly title: string }) => one.title === 'Funding'),
      JSON.stringify(found),
    );
    assert.deepEqual(JSON.parse((await site.get('/search/suggest?q=%5C%28')).text), []);
  });

  it('is right at once when a page is published or withdrawn', async () => {
    const edward = await site.as('edward.editor@department.example');
    const fields = {
      title: 'Employers',
      summary: 'S.',
      body: 'A zebra crossing.',
      major: 'yes',
      changeNote: 'N.',
      revision: '0',
      act: 'submit',
    };
    await site.post('/guidance/employers/edit', fields, edward);
    assert.deepEqual(await titles('q=zebra'), [], 'a draft is nobody’s to find');
    await site.post('/guidance/employers/edit/publish', { revision: '1' }, edward);
    assert.deepEqual(await titles('q=zebras'), ['Employers']);
    assert.match((await site.get('/search?q=zebbra')).text, /<strong>zebra<\/strong>/);
    await site.post('/guidance/employers/edit/withdraw', { reason: 'Old.' }, edward);
    assert.deepEqual(await titles('q=zebra'), []);
    assert.doesNotMatch(
      (await site.get('/search?q=zebbra')).text,
      /<strong>zebra/,
      'its words are nobody’s to be led to',
    );
    await site.post('/guidance/employers/edit/withdraw', { reason: '' }, edward);
    assert.deepEqual(await titles('q=zebra'), ['Employers']);
  });
});
