import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseFeed } from '@rowanmanning/feed-parser';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site } from '../../../../test/support/site.ts';

describe('the pages of the guide', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  const draft = (more: Readonly<Record<string, string>> = {}) => ({
    title: 'Cycles and timelines',
    summary: 'When each cycle was open.',
    body: 'Something <script>alert(1)</script> new.\n\n## A section\n\n[bad](javascript:alert(1))',
    major: 'yes',
    changeNote: 'Shorter.',
    revision: '0',
    act: 'save',
    ...more,
  });

  it('shows a page with its contents, dates and history', async () => {
    const { text } = await site.get('/guidance/approval');
    assert.match(text, /<a [^>]*href="#every-combination">Every combination<\/a>/);
    assert.match(text, /<h2 id="every-combination"/);
    assert.match(text, /all updates of this page/);
    const history = (await site.get('/guidance/approval/history')).text;
    assert.match(history, /13 October 2021: the Education and Skills Funding Agency first published/);
    assert.match(history, /16 November 2021/);
    assert.match(history, /Came with the toolkit/);
  });

  it('an editor writes, looks, hands over and publishes; readers see what changed', async () => {
    const edward = await site.as('edward.editor@department.example');
    const path = '/guidance/cycles';
    assert.equal((await site.post(`${path}/edit`, draft(), edward)).to, `${path}/edit?done=saved`);
    const form = await site.get(`${path}/edit`, edward);
    assert.doesNotMatch(form.text, /<script>alert|href="javascript/);
    assert.match(form.text, /id="preview-a-section"/);
    assert.equal(
      (await site.post(`${path}/edit`, draft({ revision: '1', act: 'submit' }), edward)).to,
      `${path}/edit?done=submitted`,
    );
    assert.equal((await site.post(`${path}/edit/publish`, { revision: '2' }, edward)).to, `${path}?done=published`);
    const changes = (await site.get(`${path}/changes/1..2`)).text;
    assert.match(changes, /<ins class="htq-ins"><span class="govuk-visually-hidden">\[added: <\/span>/);
    assert.match(changes, /words added, \d+ removed/);
    const published = await site.get(path);
    assert.match(published.text, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
    assert.match((await site.get(`${path}/versions/1`)).text, /This is version 1, of/);
    assert.match((await site.get(`${path}/history`)).text, /Written and checked by the same person/);
    assert.match((await site.get('/guidance/updates')).text, /Shorter\./);
    const feed = await site.get('/guidance/updates.atom');
    assert.match(String(feed.headers['content-type']), /application\/atom\+xml/);
    assert.match(feed.text, /<summary type="html"><!\[CDATA\[Shorter\.\]\]><\/summary>/);
    const read = parseFeed(feed.text);
    assert.equal(read.meta.type, 'atom');
    assert.ok(read.items.some((one) => one.description === 'Shorter.' && one.url?.includes('/guidance/cycles')));
  });

  it('says what is wrong, and keeps what was typed', async () => {
    const edward = await site.as('edward.editor@department.example');
    const answer = await site.post(
      '/guidance/employers/edit',
      draft({ changeNote: ' ', act: 'submit', title: '' }),
      edward,
    );
    assert.equal(answer.status, 422);
    assert.match(answer.text, /Enter a title/);
    assert.match(answer.text, /Say what changed, since readers are told of it/);
    assert.match(answer.text, /alert\(1\)/);
    await site.post('/guidance/employers/edit', draft(), edward);
    const stale = await site.post('/guidance/employers/edit', draft({ body: 'Typed meanwhile' }), edward);
    assert.equal(stale.status, 409);
    assert.match(stale.text, /Typed meanwhile/);
    assert.match(stale.text, /Someone saved this draft after you opened it/);
    assert.equal((await site.post('/guidance/employers/edit/withdraw', { reason: ' ' }, edward)).status, 422);
  });

  it('a withdrawn page stays at its address with its reason, and a page past its review says so', async () => {
    const edward = await site.as('edward.editor@department.example');
    await site.post('/guidance/quality-mark/edit/withdraw', { reason: 'The mark has changed.' }, edward);
    const page = await site.get('/guidance/quality-mark');
    assert.equal(page.status, 200);
    assert.match(page.text, /Withdrawn on/);
    assert.match(page.text, /The mark has changed\./);
    assert.doesNotMatch((await site.get('/guidance/whole')).text, /id="quality-mark"/);
    assert.doesNotMatch(page.text, /Not looked through since/);
    site.setTime(new Date(site.ctx.clock().getTime() + 300 * 86_400_000));
    assert.match((await site.get('/guidance/funding')).text, /Not looked through since/);
  });

  it('someone without an account asks to be told, confirms, and ends it with one click', async () => {
    const wrong = await site.post('/guidance/subscribe', {
      scope: 'nonsense',
      frequency: 'daily',
      address: 'reader at college',
    });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="reader at college"/);
    const address = 'reader@college.example';
    const offered = (await site.get('/guidance/subscribe')).text;
    assert.match(offered, /value="section:approval#every-combination"/);
    assert.match(offered, /value="route:Digital"/);
    assert.doesNotMatch(offered, /value="route:Hair and beauty"/, 'nothing would ever be told of it');
    const asked = await site.post('/guidance/subscribe', { scope: 'topic:Funding', frequency: 'weekly', address });
    assert.match(asked.text, /Check your email/);
    const mail = (await keptMail(site.ctx, 50)).find((one) => one.to === address);
    const link = mail?.body.find((block) => block.kind === 'link');
    const path = link?.kind === 'link' ? new URL(link.href).pathname : '';
    assert.match((await site.get(path)).text, /Yes, tell me/, 'opening the link alone changes nothing');
    await site.post(`${path}/confirm`, {});
    assert.match(
      (await site.get(path)).text,
      /reader@college\.example: changes to everything on Funding\. Once a week/,
    );
    // As a mail program sends it: no cookie, no token, no page before it.
    await site.post(`${path}/unsubscribe`, { 'List-Unsubscribe': 'One-Click' });
    assert.match((await site.get(path)).text, /nothing is sent/);
    assert.equal((await site.get('/subscriptions/made-up')).status, 404);
  });

  it('is found by machines: site map, robots, canonical address, description', async () => {
    const map = (await site.get('/sitemap.xml')).text;
    assert.match(map, /<loc>http:\/\/localhost\/guidance\/funding<\/loc><lastmod>2/);
    assert.match(map, /<loc>http:\/\/localhost\/check<\/loc>/);
    assert.doesNotMatch(map, /ST9001/, 'fictional standards are not worth finding');
    assert.match((await site.get('/robots.txt')).text, /Disallow: \/\n/, 'nor is an example store');
    const version = (await site.get('/guidance/funding/versions/1')).text;
    assert.match(version, /<link rel="canonical" href="http:\/\/localhost\/guidance\/funding">/);
    assert.match(version, /<meta name="description" content="How learners pay/);
    const own = await openSite('own');
    assert.match((await own.get('/robots.txt')).text, /Sitemap: http:\/\/localhost\/sitemap\.xml/);
    await own.close();
  });

  it('answers what is not there with 404, and no address makes it fail', async () => {
    for (const path of [
      '/guidance/nothing',
      '/guidance/approval/versions/0',
      '/guidance/approval/versions/x',
      '/guidance/approval/changes/1..9',
      '/guidance/approval/changes/x',
      '/guidance/nothing/history',
    ])
      assert.equal((await site.get(path)).status, 404, path);
  });
});
