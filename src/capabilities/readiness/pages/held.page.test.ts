import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { inPlans } from '../use-cases/personal-data.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const id = '11111111-1111-4111-8111-111111111111';
const asked = { qualification: 'HNC in Robots', firstTeach: '20/9/2029', route: 'Digital', learners: '18' };
const address = `/plans/new?${new URLSearchParams(asked)}`;

describe('a plan of someone who belongs to no provider yet', () => {
  let site: Site;
  let sam: Visitor;
  before(async () => {
    site = await openSite('example');
    sam = await site.as('sam.visitor@home.example');
  });
  after(() => site.close());

  it('is said to need a provider before anybody signs in', async () => {
    const page = main((await site.get(address)).text);
    assert.match(page, /Sign in to keep it/);
    assert.match(page, /if you belong to none here yet, it is held for you until you do/);
  });

  it('the way to a provider leads back, and says how one that is not listed comes here', async () => {
    const page = main((await site.get(address, sam)).text);
    assert.match(page, /ask whoever runs this instance to add it\. They need its name and its UKPRN/);
    const way = (/href="(\/organisations\?back=[^"]+)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&');
    const organisations = (await site.get(way, sam)).text;
    const back = /govuk-back-link" href="([^"]+)"/.exec(organisations)?.[1]?.replaceAll('&amp;', '&') ?? '';
    assert.match(main((await site.get(back, sam)).text), /HNC in Robots/);
    const none = await site.get(`${way}&q=nothing-like-this`, sam);
    assert.match(none.text, /govuk-back-link/, 'the way back stays over a search');
    assert.match(none.text, /the eight digits/);
    const elsewhere = await site.get('/organisations?back=https://elsewhere.example/', sam);
    assert.doesNotMatch(elsewhere.text, /elsewhere\.example/);
  });

  it('is held once, told to its person alone, and let go', async () => {
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post('/plans/held', { ...asked, id }, sam)).to, '/plans?done=held');
    await site.post('/plans/held', { ...asked, id: '11111111-1111-4111-8111-222222222222' }, sam);
    const list = main((await site.get('/plans', sam)).text);
    assert.equal(list.match(/HNC in Robots/g)?.length, 2, 'a link and the name of its button');
    assert.match(list, /first teach 20 September 2029/);
    const href = /href="(\/plans\/new\?[^"]+)"/.exec(list)?.[1]?.replaceAll('&amp;', '&') ?? '';
    assert.match(main((await site.get(href, sam)).text), /HNC in Robots/);
    const amina = await site.as('amina.lead@northfield.example');
    assert.doesNotMatch(main((await site.get('/plans', amina)).text), /HNC in Robots/);
    const held = /name="id" value="([^"]+)"/.exec(list)?.[1] ?? '';
    await site.post('/plans/held/let-go', { id: held }, amina);
    assert.match(main((await site.get('/plans', sam)).text), /HNC in Robots/, 'nobody else lets it go');
    await site.post('/plans/held/let-go', { id: held }, sam);
    assert.doesNotMatch(main((await site.get('/plans', sam)).text), /HNC in Robots/);
    assert.equal((await site.post('/plans/held', { ...asked, id })).status >= 300, true, 'not without an account');
    const faulty = await site.post('/plans/held', { ...asked, firstTeach: 'never', id }, sam);
    assert.match(faulty.to, /^\/plans\/new\?/);
  });

  it('waits no more once a provider keeps it, and goes with its person', async () => {
    const amina = await site.as('amina.lead@northfield.example');
    await site.post('/plans/held', { ...asked, id }, amina);
    assert.match(main((await site.get('/plans', amina)).text), /You belong to a provider now: open each, and keep it/);
    await site.post('/plans', { ...asked, id: '11111111-1111-4111-8111-333333333333' }, amina);
    assert.doesNotMatch(main((await site.get('/plans', amina)).text), /Held for you/);
    await site.post('/plans/held', { ...asked, id }, sam);
    const { rows } = await sql<{ readonly id: string }>`
      select id from accounts.person where address = 'sam.visitor@home.example'`.execute(site.ctx.db);
    const person = rows[0]?.id ?? '';
    assert.match(JSON.stringify(await inPlans.held(site.ctx, person)), /HNC in Robots/);
    await site.ctx.transaction((inside) => inPlans.erase(inside, person));
    assert.doesNotMatch(JSON.stringify(await inPlans.held(site.ctx, person)), /HNC in Robots/);
  });
});
