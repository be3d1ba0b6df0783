import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { nobody, openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { searchOrganisations } from '../../accounts/store/organisations.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('what others say of an example', () => {
  let site: Site;
  let amina: Visitor;
  let edward: Visitor;
  let path = '';
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
    edward = await site.as('edward.editor@department.example');
    path = /href="(\/practice\/examples\/[0-9a-f-]+)">Renting/.exec((await site.get('/practice')).text)?.[1] ?? '';
  });
  after(() => site.close());

  it('those who do it and those who tried it stand apart, with cost and result, the contradictory side by side', async () => {
    const wrong = await site.post(path, { cost: '£1', text: '' }, amina);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /href="#which">Say whether you do this too/);
    assert.match(wrong.text, /href="#outcome">Say how it went/);
    assert.match(wrong.text, /value="£1"/);
    await site.post(path, { which: 'does', outcome: 'yes', text: 'The same here.', cost: '£3,000' }, amina);
    await site.post(path, { which: 'tried', outcome: 'no', text: 'It was not, after all.', cost: '£900' }, amina);
    assert.doesNotMatch(main((await site.get(path)).text), /They do not agree/);
    const ruth = await site.as('ruth.lead@southgate.example');
    const southgate = (await searchOrganisations(site.ctx, 'southgate', 1)).found[0]?.id ?? '';
    await site.post('/account/acting-for', { organisation: southgate }, ruth);
    await site.post(path, { which: 'does', outcome: 'yes', text: 'Saved half.' }, ruth);
    const shown = main((await site.get(path)).text);
    assert.doesNotMatch(shown, /The same here/, 'one word from each provider');
    assert.match(shown, /They do not agree: it worked for 1, and did not for 1/);
    const [, doing = '', tried = ''] =
      /They do this too: 1 provider([\s\S]*)They tried it: 1 provider([\s\S]*)<\/section>/.exec(shown) ?? [];
    for (const part of [doing, tried]) assert.match(part, /It worked<\/h4>[\s\S]*It did not work<\/h4>/);
    assert.match(doing, /Saved half\.[\s\S]*Cost: not told[\s\S]*Nobody\./);
    assert.match(tried, /Nobody\.[\s\S]*It was not, after all\.[\s\S]*Cost: £900/);
    const grace = await site.as('grace.lead@fenwick.example');
    assert.equal((await site.post(path, { which: 'does', outcome: 'yes', text: 'x' }, grace)).status, 403);
    assert.match((await site.get(path, amina)).text, /It was not, after all\.<\/textarea>/, 'theirs, to be put right');
    assert.equal((await site.post(`${path}/take-back`, {}, amina)).to, `${path}?done=back`);
    assert.doesNotMatch((await site.get(path)).text, /after all/);
  });

  it('“Was this useful?” counts once a form, keeps nothing of who answered, and editors see it by theme and month', async () => {
    assert.match((await site.get('/practice/usefulness', edward)).text, /By theme, over the last two years/);
    await sql`delete from practice.usefulness`.execute(site.ctx.db);
    assert.match((await site.get('/practice/usefulness', edward)).text, /Nobody has answered yet/);
    assert.equal((await site.get('/practice/usefulness', amina)).status, 403);
    assert.equal((await site.get('/practice/usefulness.csv')).status, 303);
    const page = (await site.get(path)).text;
    const id = /name="id" value="([0-9a-f-]{36})"/.exec(page)?.[1] ?? '';
    assert.notEqual(
      /name="id" value="([0-9a-f-]{36})"/.exec((await site.get(path)).text)?.[1],
      id,
      'a form of one’s own',
    );
    for (let sent = 0; sent < 2; sent += 1) {
      const answer = await site.post(`${path}/useful`, { id, useful: 'yes' });
      assert.equal(answer.to, `${path}?done=useful`);
      assert.deepEqual(answer.setCookie, []);
    }
    const start = site.ctx.clock();
    site.setTime(new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 3)));
    const later = await site.as('edward.editor@department.example');
    await site.post(`${path}/useful`, { id: randomUUID(), useful: 'no' });
    await site.post(`${path}/useful`, { id: randomUUID(), useful: 'perhaps' });
    const shown = main((await site.get('/practice/usefulness', later)).text);
    assert.match(shown, /Capital investment in construction<\/th><td[^>]*>1<\/td><td[^>]*>1<\/td><td[^>]*>50%</);
    assert.match(shown, /1 of 1<\/td><td[^>]*>0 of 1</, 'month by month');
    assert.match(
      main((await site.get('/practice/usefulness?theme=curriculum', later)).text),
      /By month: Curriculum planning and development/,
    );
    const csv = (await site.get('/practice/usefulness.csv', later)).text;
    const month = start.toISOString().slice(0, 7);
    assert.match(csv, new RegExp(`"Capital investment in construction","${month}",1,0\r\n`));
    assert.equal((await site.post('/practice/examples/nothing/useful', { useful: 'yes' }, nobody)).status, 404);
    site.setTime(start);
  });

  it('what is decided elsewhere about the example is shown on its page', async () => {
    const round = '/have-your-say/equipment-for-construction';
    const decisions = (await site.get(`${round}/read/decisions`, edward)).text;
    const theme = /<option value="([^"]+)"/.exec(
      /<select[^>]*name="theme"[\s\S]*?<\/select>/.exec(decisions)?.[0] ?? '',
    )?.[1];
    const added = await site.post(
      `${round}/read/decisions`,
      {
        id: randomUUID(),
        theme: theme ?? /name="theme" [^>]*value="([^"]+)"/.exec(decisions)?.[1] ?? '',
        text: 'We put an example beside it.',
        kind: 'practice-example',
        reference: path.slice(-36),
      },
      edward,
    );
    assert.equal(added.status, 303, added.text);
    const shown = main((await site.get(path)).text);
    assert.match(shown, /href="\/have-your-say\/equipment-for-construction\/results">You said, we did:/);
  });
});
