import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

describe('contacts and dated facts, held once', () => {
  let site: Site;
  let edward: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
  });
  after(() => site.close());

  const dayFromNow = (days: number): string =>
    new Date(site.ctx.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const typed = (more: Readonly<Record<string, string>> = {}) => ({
    value: 'approvals@approver.example',
    href: 'mailto:approvals@approver.example',
    note: '',
    source: 'A letter of the approver',
    holdsFrom: dayFromNow(0),
    holdsUntil: '',
    ...more,
  });

  it('pages name them, and anyone can see what held when, and where it stands', async () => {
    const page = (await site.get('/guidance/who-does-what')).text;
    assert.match(page, /HTQ\.approvals@education\.gov\.uk \(as given in 2021, and not verified since\)/);
    assert.doesNotMatch(page, /fact:/);
    const list = (await site.get('/guidance/facts')).text;
    assert.match(list, /Questions on approval/);
    assert.match(list, /Guidance for providers, Education and Skills Funding Agency, 13 October 2021/);
    const fact = (await site.get('/guidance/facts/approver')).text;
    assert.match(fact, /Institute for Apprenticeships and Technical Education/);
    assert.match(fact, /31 May 2025/);
    assert.match(fact, /href="\/guidance\/who-does-what">Who does what/);
    assert.doesNotMatch(fact, /<form action="\/guidance\/facts/);
  });

  it('one that has ended says so wherever it is told', async () => {
    assert.match((await site.get('/guidance/funding')).text, /£38,140 \(at 2025\/26 rates, until 31 July 2026\)/);
    assert.match((await site.get('/guidance/facts')).text, /Ended/);
  });

  it('a change is confirmed before readers see it, then stands on every page, in its search and its history', async () => {
    const path = '/guidance/facts/approvals-contact';
    assert.equal((await site.post(path, typed(), edward)).to, `${path}?done=proposed`);
    assert.doesNotMatch((await site.get('/guidance/who-does-what')).text, /approvals@approver\.example/);
    assert.doesNotMatch((await site.get(path)).text, /approvals@approver\.example/, 'what waits is for editors');
    const again = await site.post(path, typed({ value: 'another@approver.example' }), edward);
    assert.equal(again.status, 422);
    assert.match(again.text, /Another value waits to be confirmed/);
    assert.equal((await site.post(`${path}/confirm`, {}, edward)).to, `${path}?done=confirmed`);
    const page = (await site.get('/guidance/who-does-what')).text;
    assert.match(page, /<a [^>]*href="mailto:approvals@approver\.example"[^>]*>approvals@approver\.example<\/a>/);
    assert.match(
      (await site.get('/guidance/who-does-what/history')).text,
      /“HTQ\.approvals@education\.gov\.uk” became “approvals@approver\.example”/,
    );
    assert.match((await site.get('/search?q=approvals%40approver.example')).text, /Who does what/);
    assert.equal((await site.post(`${path}/confirm`, {}, edward)).status, 422, 'nothing waits any more');
  });

  it('an older version tells the facts of its own days', async () => {
    const first = site.ctx.clock();
    const later = async (days: number) => {
      site.setTime(new Date(first.getTime() + days * 86_400_000));
      edward = await site.as('edward.editor@department.example');
    };
    await later(10);
    const draft = {
      title: 'The quality mark',
      summary: 'In short.',
      body: 'Write to [](fact:examples-contact).',
      major: 'yes',
      changeNote: 'An address.',
    };
    const edit = '/guidance/quality-mark/edit';
    await site.post(edit, { ...draft, revision: '0', act: 'submit' }, edward);
    await site.post(`${edit}/publish`, { revision: '1' }, edward);
    await later(20);
    await site.post('/guidance/facts/examples-contact', typed({ value: 'new@team.example', href: '' }), edward);
    await site.post('/guidance/facts/examples-contact/confirm', {}, edward);
    await later(30);
    await site.post(edit, { ...draft, body: `${draft.body} Soon.`, revision: '0', act: 'submit' }, edward);
    await site.post(`${edit}/publish`, { revision: '1' }, edward);
    assert.match((await site.get('/guidance/quality-mark')).text, /new@team\.example/);
    const older = (await site.get('/guidance/quality-mark/versions/2')).text;
    assert.match(older, /team\.highertechnicaleducation@education\.gov\.uk/);
    assert.doesNotMatch(older, /new@team\.example/);
  });

  it('says what is wrong and keeps what was typed; a new one can be named once', async () => {
    const wrong = await site.post(
      '/guidance/facts/lle-start',
      typed({ source: '', href: 'javascript:alert(1)', holdsFrom: '1 May', holdsUntil: '2020-01-01' }),
      edward,
    );
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Say where this stands/);
    assert.match(wrong.text, /begins with mailto:, tel: or https:/);
    assert.match(wrong.text, /value="1 May"/);
    const crossed = await site.post('/guidance/facts/lle-start', typed({ holdsUntil: '2020-01-01' }), edward);
    assert.match(crossed.text, /It cannot end before it begins/);
    const first = await site.post('/guidance/new-fact', { ...typed(), kind: 'contact', title: 'Press office' }, edward);
    assert.equal(first.to, '/guidance/facts/press-office?done=proposed');
    assert.match(
      (await site.post('/guidance/new-fact', { ...typed(), kind: 'contact', title: 'Press office' }, edward)).text,
      /There is a fact of this name already/,
    );
    assert.equal((await site.post('/guidance/facts/press-office/discard', {}, edward)).status, 303);
    assert.equal((await site.get('/guidance/facts/no-such')).status, 404);
    assert.equal(
      (await site.post('/guidance/facts/lle-start', typed(), await site.as('sam.visitor@home.example'))).status,
      403,
    );
  });

  it('a page names the rule that it states, and the rule names the page', async () => {
    const page = (await site.get('/guidance/approval')).text;
    assert.match(page, /href="\/check\/rules#levels"[^>]*>Standards at Level 4 or 5<\/a>/);
    const rules = (await site.get('/check/rules')).text;
    assert.match(
      rules,
      /href="\/guidance\/approval#what-is-asked"[^>]*>How a qualification is approved: What is asked</,
    );
    const funding = (await site.get('/plans/funding-rules')).text;
    assert.match(funding, /href="\/guidance\/funding#clawback-in-the-growth-fund"/);
    assert.match((await site.get('/guidance/funding')).text, /href="\/plans\/funding-rules#lle-module"/);
    await site.post('/guidance/approval/edit/withdraw', { reason: 'Written anew.' }, edward);
    assert.doesNotMatch((await site.get('/check/rules')).text, /guidance\/approval#/);
  });
});
