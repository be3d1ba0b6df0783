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
