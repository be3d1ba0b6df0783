import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('finding in the register', () => {
  let site: Site;
  let editor: Visitor;
  before(async () => {
    site = await openSite('example');
    editor = await site.as('edward.editor@department.example');
  });
  after(() => site.close());
  const found = async (query: string): Promise<string> =>
    />([^<]*)<\/h2>/.exec((await site.get(`/register?${query}`)).text.split('id="found"')[1] ?? '')?.[0] ?? 'nothing';
  const past = 'on=2026-11-20';

  it('finds a number however it is written, whole and by its beginning', async () => {
    for (const [words, count] of [
      ['999/0001/1', 1],
      ['999/0003/3', 1],
      ['998/0404/4', 1],
      ['99900011', 1],
      ['9990003', 1],
      ['999/0003', 1],
      ['999', 5],
      ['diploma+999/0001/1', 1],
    ] as const)
      for (const day of ['', `&${past}`])
        assert.match(await found(`words=${words}${day}`), new RegExp(`^>${count} qualification`), `${words}${day}`);
  });

  it('counts as delivery what the awarding organisation confirmed, and says what waits', async () => {
    const row = async (more = '') =>
      main((await site.get(`/register?words=community+networks${more}`)).text).replaceAll(/\s+/g, ' ');
    assert.match(await row(), /1 provider confirmed, 1 not/);
    assert.match(await row(`&${past}`), /1 provider confirmed, 1 not/);
    for (const day of ['', `&${past}`]) {
      assert.match(await found(`words=community+networks&region=London${day}`), />0 qual/);
      assert.match(await found(`words=community+networks&provider=19999902${day}`), />0 qual/);
      assert.match(await found(`words=community+networks&town=southgate${day}`), />0 qual/);
    }
    const csv = (await site.get('/register.csv?words=community+networks')).text.replace(/^\uFEFF/, '');
    const [head = [], ...rows] = csv.split(/\r?\n/).map((line) => line.replaceAll('"', '').split(','));
    const line = rows.find((one) => one.includes('999/0001/1'));
    const cell = (name: string) => line?.[head.indexOf(name)];
    assert.equal(cell('providers'), '19999901');
    assert.equal(cell('providersNotConfirmed'), '19999902');
  });

  it('finds an offer that leaves the choice under either way of study', async () => {
    for (const day of ['', `&${past}`])
      for (const mode of ['full-time', 'part-time', 'either'])
        assert.match(await found(`words=999/0001/1&mode=${mode}${day}`), />1 qual/, `${mode}${day}`);
  });

  it('finds nothing for what it cannot read, and says it beside the field; a program is refused', async () => {
    for (const [query, field] of [
      ['provider=1999', 'provider'],
      ['first-teach-by=soon', 'first-teach-by'],
      ['mode=sometimes', 'mode'],
      ['level=9', 'level'],
      ['state=x', 'state'],
      ['on=31/2/2025', 'on'],
    ] as const) {
      const page = await site.get(`/register?${query}`);
      assert.equal(page.status, 422, query);
      assert.match(page.text, new RegExp(`href="#${field}"`), query);
      assert.match(page.text, new RegExp(`id="${field}-error"`), query);
      assert.doesNotMatch(page.text, /Level 4 Diploma in Community Networks/, query);
      for (const form of ['csv', 'json'])
        assert.equal((await site.get(`/register.${form}?${query}`)).status, 400, query);
    }
    assert.match((await site.get('/register?provider=1999')).text, /value="1999"/);
    assert.equal((await site.get('/register/999-0001-1/record?on=bad')).status, 400);
    for (const day of ['', `&${past}`]) assert.match(await found(`provider=eastmere${day}`), />1 qual/, day);
    assert.match(await found('first-teach-by=30/09/2024'), />2 qual/);
    assert.match((await site.get('/register?first-teach-by=30/09/2024')).text, /First teach by: 30 September 2024/);
    assert.match(await found('on=31+December+2022'), />2 qual/);
  });

  it('says of a withdrawn entry what it was approved for and when, to people and to machines', async () => {
    const page = (await site.get('/register/999-0003-3')).text;
    const before = main(page).split('id="before"')[1] ?? '';
    assert.match(before, /Community network technician/);
    assert.match(before, /1 December 2023/);
    assert.match(before, /30 June 2026/);
    const data = JSON.parse(/<script type="application\/ld\+json"[^>]*>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '{}');
    const credential = data['@graph'].find(
      (one: { readonly '@type': string }) => one['@type'] === 'EducationalOccupationalCredential',
    );
    assert.equal(credential.creativeWorkStatus, 'Withdrawn');
    assert.equal(credential.expires, '2026-06-30');
    assert.doesNotMatch((await site.get('/register/999-0001-1')).text, /id="before"/);
  });

  it('keeps what was ticked for comparison, when only one was', async () => {
    const compared = (await site.get('/register/compare?id=999-0001-1')).text;
    assert.match(main(compared), /One is ticked: Level 4 Diploma in Community Networks/);
    const back = /href="(\/register\?tick=[^"]+)"/.exec(compared)?.[1] ?? assert.fail();
    assert.match((await site.get(back)).text, /value="999-0001-1" checked/);
    const narrowed = (await site.get(`${back}&level=5`)).text;
    assert.match(narrowed, /<input type="hidden" name="id" value="999-0001-1">/);
    assert.match(narrowed, /<input type="hidden" name="tick" value="999-0001-1">/);
  });

  it('recorded no confirmation of the example before it was given, and no acceptance before the terms', async () => {
    const then = main((await site.get('/register/999-0001-1?on=2024-01-25&known=2024-01-25')).text);
    assert.match(then, /Not confirmed by the awarding organisation/);
    assert.match(
      main((await site.get('/register/999-0001-1?on=2024-03-01&known=2024-03-01')).text),
      /Confirmed by Example Awards/,
    );
    const terms = (await site.get('/mark/offers/999-0001-1-northfield')).text;
    assert.match(terms, /Accepted for Northfield College on Monday 2 March 2026/);
    assert.match(terms, /Version 1, from 1 January 2026/);
  });

  it('has its headings in order, and a history whose rows stack on a phone', async () => {
    const list = main((await site.get('/register')).text);
    const levels = [...list.matchAll(/<h([1-6])([^>]*)>/g)].map(([, level, more]) => {
      assert.doesNotMatch(more ?? '', /role=/, 'a heading that is a heading');
      return Number(level);
    });
    for (const [at, level] of levels.entries()) assert.ok(level <= (levels[at - 1] ?? 0) + 1, levels.join());
    const history = main((await site.get('/register/999-0001-1/history')).text);
    assert.match(history, /htq-stacked/);
    assert.match(history, /data-name="Believed"/);
  });

  it('offers for a row that matches nothing what is near by name and by postcode, or takes a UKPRN', async () => {
    const { importRegister } = await import('../use-cases/import-register.ts');
    const list = [
      ['Provider', 'Postcode', 'Qualification'],
      ['Northfeld Collge', 'ZZ1 1ZZ', 'Level 5 Diploma in Community Testing'],
      ['Nothing Like It', 'ZZ3 3ZZ', 'Level 5 Diploma in Comunity Testing'],
    ];
    const wish = { source: 'x', asAt: null, dry: false, allowRemovals: false, allowOlder: false, confirmedBy: null };
    assert.equal((await importRegister(site.ctx, list, wish)).unmatched, 2);
    const queue = (await site.get('/register/matching', editor)).text;
    const [first = '', second = ''] = queue.split('<section').slice(-2);
    assert.match(first, /value="19999901"[^>]*>Northfield College[^<]*at this postcode/);
    assert.match(second, /value="19999902"[^>]*>Southgate Institute[^<]*at this postcode/);
    assert.match(second, /Level 5 Diploma in Community Testing/);
    const row = /name="row" value="([0-9a-f-]+)"/.exec(second)?.[1] ?? '';
    const send = (other: string) =>
      site.post('/register/matching', { row, ukprn: '', other, entry: '999-0005-5' }, editor);
    const wrong = await send('1999');
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="1999"/);
    assert.match((await send('19999999')).text, /No provider with this UKPRN/);
    assert.equal((await send('19999904')).status, 303);
  });

  it('does not announce an approval that only ends as a new one', async () => {
    const feed = async () => (await site.get('/register/updates.atom')).text;
    const approved = (text: string) =>
      text.split('<entry>').filter((one) => /Approved: Level 4 Certificate in Network Support/.test(one));
    const [only, ...more] = approved(await feed());
    assert.equal(more.length, 0);
    assert.match(only ?? '', /<updated>2023-12-08/);
    assert.match(only ?? '', /It ended on 30 June 2026/);
    const answer = await site.post(
      '/register/999-0004-4/edit/withdrawal',
      { on: '2026-11-20', reason: 'quality', basis: 'A decision' },
      editor,
    );
    await site.post(answer.to.replace('?done=proposed', ''), { decision: 'enter', note: '' }, editor);
    const [first = ''] = (await feed()).split('<entry>').slice(1);
    assert.match(first, /Withdrawn: Level 4 Diploma in Network Installation/);
  });
});
