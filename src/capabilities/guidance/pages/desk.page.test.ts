import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { addPage, addVersion, findPage } from '../store/guide.ts';
import { checkLinks } from '../use-cases/check-links.ts';
import { remindReviews } from '../use-cases/remind-reviews.ts';

describe('the editors’ desk', () => {
  let site: Site;
  let edward: Visitor;
  const begin = async (days = 0) => {
    site.setTime(new Date(site.ctx.clock().getTime() + days * 86_400_000));
    edward = await site.as('edward.editor@department.example');
  };
  before(async () => {
    site = await openSite('example');
    await begin();
  });
  after(() => site.close());
  const dayFromNow = (days: number): string =>
    new Date(site.ctx.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const main = (html: string): string => html.slice(html.indexOf('<main'));

  it('is for editors', async () => {
    assert.equal((await site.get('/guidance/desk', await site.as('sam.visitor@home.example'))).status, 403);
    const desk = main((await site.get('/guidance/desk', edward)).text);
    assert.match(desk, /Who looks after what/);
    assert.match(desk, /Nothing waits for anybody/);
    assert.match(desk, /“£38,140” held until 31 July 2026/, 'a fact that has ended is found by itself');
  });

  it('an editor begins a page, writes it and publishes it; readers see nothing of it before', async () => {
    const wrong = await site.post('/guidance/new-page', { title: '', topic: 'Funding', after: 'funding' }, edward);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Enter a title/);
    assert.match(wrong.text, /value="Funding"/);
    for (const [title, words] of [
      ['Desk', /one that this site uses for something else/],
      ['???', /Use a title with letters/],
      ['Funding', /There is a page with this address already/],
    ] as const)
      assert.match((await site.post('/guidance/new-page', { title, topic: 'Funding', after: '' }, edward)).text, words);
    const begun = await site.post(
      '/guidance/new-page',
      { title: 'Loans for learners', topic: 'Funding', after: 'funding' },
      edward,
    );
    assert.equal(begun.to, '/guidance/loans-for-learners/edit');
    for (const path of ['/guidance/loans-for-learners', '/guidance/loans-for-learners/history'])
      assert.equal((await site.get(path)).status, 404, path);
    assert.doesNotMatch((await site.get('/guidance')).text, /Loans for learners/);
    const form = main((await site.get(begun.to, edward)).text);
    assert.match(form, /Loans for learners/);
    assert.doesNotMatch(form, /Withdraw it/);
    assert.match(main((await site.get('/guidance/desk', edward)).text), /Never published/);
    const draft = {
      title: 'Loans for learners',
      summary: 'What there is.',
      body: 'Ask.',
      changeNote: 'New.',
      major: 'yes',
    };
    await site.post(begun.to, { ...draft, revision: '1', act: 'submit' }, edward);
    assert.match(main((await site.get('/guidance/desk', edward)).text), /handed over by you/);
    const done = await site.post(`${begun.to}/publish`, { revision: '2' }, edward);
    assert.equal(done.to, '/guidance/loans-for-learners?done=published');
    const index = main((await site.get('/guidance')).text);
    assert.ok(index.indexOf('Loans for learners') > index.indexOf('/guidance/funding"'));
    assert.ok(index.indexOf('Loans for learners') < index.indexOf('growth-fund-recipients'));
    assert.match((await site.get('/guidance/loans-for-learners/versions/1')).text, /Ask\./);
  });

  it('shows how a text will look while it is written, and saves nothing by that', async () => {
    const answer = await site.post(
      '/guidance/approval/edit/preview',
      { body: '## New <b>one</b>\n\n[here](/guidance/nowhere) [](fact:approvals-contact)' },
      edward,
    );
    const { html, findings } = JSON.parse(answer.text) as { html: string; findings: string[] };
    assert.match(html, /<h2 id="preview-new-b-one-b"[^>]*>New &lt;b&gt;one/);
    assert.match(html, /HTQ\.approvals@education\.gov\.uk/);
    assert.deepEqual(findings, [
      'Line 3: The link “here” does not say where it leads',
      'Line 3: Nothing is at /guidance/nowhere',
    ]);
    assert.doesNotMatch((await site.get('/guidance/approval/edit', edward)).text, /New &lt;b&gt;one/);
  });

  it('a page that was never published is gone with its draft, and its address is free again', async () => {
    const begin = () => site.post('/guidance/new-page', { title: 'A mistake', topic: 'Funding', after: '' }, edward);
    await begin();
    assert.equal((await site.post('/guidance/a-mistake/edit/discard', {}, edward)).to, '/guidance/desk?done=discarded');
    assert.equal((await site.get('/guidance/a-mistake/edit', edward)).status, 404);
    assert.equal((await begin()).status, 303);
  });

  it('a page is given a topic, a place, routes and an owner; readers see which routes it is about', async () => {
    const path = '/guidance/seven-themes/edit/about';
    assert.equal((await site.post(path, { topic: ' ', after: '', owner: '' }, edward)).status, 422);
    const id = /name="owner">[\s\S]*?<option value="([0-9a-f-]{36})">Edward/.exec(
      (await site.get(path, edward)).text,
    )?.[1];
    assert.ok(id);
    await site.post(path, { topic: 'Sharing', after: '', owner: id, routes: 'Digital' }, edward);
    const page = main((await site.get('/guidance/seven-themes')).text);
    assert.match(page, /England; Digital/);
    assert.match(page, /govuk-caption-xl">Sharing</);
    const index = main((await site.get('/guidance')).text);
    assert.ok(index.indexOf('seven-themes') < index.indexOf('what-htqs-are'), 'it comes first now');
    assert.match(main((await site.get('/guidance/desk', edward)).text), /Edward[^<]*<\/th><td[^>]*>2<\/td>/);
    assert.equal((await site.get('/guidance/nothing/edit/about', edward)).status, 404);
    // Who deletes their account leaves no page behind without anyone.
    const release = site.ctx.personalData.find((one) => one.title === 'Pages of the guidance that you look after');
    const held = (await release?.held(site.ctx, id)) as readonly string[];
    assert.deepEqual(held.toSorted(), ['a-mistake', 'loans-for-learners', 'seven-themes']);
  });

  it('dates that have passed, links that fail and pages that are gone are found by themselves', async () => {
    const soon = new Date(site.ctx.clock().getTime() + 3 * 86_400_000);
    const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(soon);
    await site.ctx.transaction(async (inside) => {
      await addPage(inside, { id: 'stale', place: 500, topic: 'Funding', reviewDue: dayFromNow(100) });
      await addVersion(inside, 'stale', {
        title: 'Stale',
        summary: 'Stale.',
        body: `Apply until ${words}.\n\n[Gone](https://gone.example/x) [there](https://there.example/) [page](/guidance/a-page-that-went)`,
        number: 1,
        major: false,
        changeNote: null,
        writtenBy: null,
        checkedBy: null,
      });
    });
    const tried: string[] = [];
    const answer = await checkLinks(site.ctx, async (address) => {
      tried.push(address);
      return address.includes('gone')
        ? { outcome: 'fails', words: 'it answers 404' }
        : { outcome: 'answers', words: '200' };
    });
    assert.deepEqual(tried.toSorted(), ['https://gone.example/x', 'https://there.example/']);
    assert.deepEqual(answer, { tried: 2, failing: 1 });
    assert.equal((await site.post('/guidance/desk/try-links', {}, edward)).to, '/guidance/desk?done=trying');
    const before = main((await site.get('/guidance/desk', edward)).text);
    assert.match(before, /https:\/\/gone\.example\/x: it answers 404, since/);
    assert.match(before, /\/guidance\/a-page-that-went is withdrawn, or not there/);
    assert.doesNotMatch(before, /there\.example|has passed since/);
    await begin(4);
    assert.match(
      main((await site.get('/guidance/desk', edward)).text),
      /Line 1: [^<]*<span[^>]*>[^<]* has passed since it was published/,
    );
  });

  it('reminders come before the day, then each week, climb to the administrators, and stop once someone has looked', async () => {
    const mails = async (to: string) =>
      (await keptMail(site.ctx, 500)).filter((one) => one.to === to && /look(?:ed)? through/.test(one.subject));
    const editor = 'edward.editor@department.example';
    const administrator = 'nadia.administrator@department.example';
    const due = (await findPage(site.ctx, 'seven-themes'))?.reviewDue ?? '';
    const at = (days: number) => site.setTime(new Date(Date.parse(`${due}T09:00:00Z`) + days * 86_400_000));
    at(-15);
    await remindReviews(site.ctx);
    assert.equal((await mails(editor)).length, 0);
    const expected: readonly (readonly [days: number, toEditor: number])[] = [
      [-14, 1],
      [-13, 1],
      [0, 2],
      [6, 2],
      [7, 3],
      [14, 4],
    ];
    for (const [days, count] of expected) {
      at(days);
      await remindReviews(site.ctx);
      await remindReviews(site.ctx);
      assert.equal((await mails(editor)).length, count, `day ${days}`);
    }
    const climbed = (await mails(administrator)).filter((one) => JSON.stringify(one.body).includes('The seven themes'));
    assert.equal(climbed.length, 1, 'the administrators hear of an owned page once it is two weeks late');
    await begin();
    const path = '/guidance/seven-themes/edit/about';
    assert.match((await site.get('/guidance/seven-themes', edward)).text, /Not looked through since/);
    const past = await site.post(`${path}/looked-through`, { nextDue: '2020-01-01', note: 'Read' }, edward);
    assert.equal(past.status, 422);
    assert.match(past.text, /value="Read"/);
    const next = await site.post(`${path}/looked-through`, { nextDue: dayFromNow(180), note: 'All holds.' }, edward);
    assert.equal(next.to, `${path}?done=looked`);
    assert.match(main((await site.get(path, edward)).text), /All holds\./);
    assert.doesNotMatch((await site.get('/guidance/seven-themes', edward)).text, /Not looked through since/);
    const told = (await mails(editor)).length;
    at(21);
    await remindReviews(site.ctx);
    const after = (await mails(editor)).slice(0, (await mails(editor)).length - told);
    assert.ok(after.every((one) => !JSON.stringify(one.body).includes('The seven themes')));
  });
});
