import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { nobody, openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { searchOrganisations } from '../store/organisations.ts';

describe('the pages of accounts', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  const codeFor = async (address: string) => {
    const mail = (await keptMail(site.ctx, 50)).find((one) => one.to === address);
    const code = mail?.body.find((block) => block.kind === 'code');
    return code?.kind === 'code' ? code.code : '';
  };

  it('answers alike whether or not the address is known', async () => {
    const known = await site.post('/sign-in', { address: 'tom.member@northfield.example', to: '/account' });
    const unknown = await site.post('/sign-in', { address: 'nobody.knows@me.example', to: '/account' });
    assert.deepEqual([known.status, known.to], [unknown.status, unknown.to]);
    const strip = (text: string) => text.replaceAll(/nonce="[^"]*"/g, '');
    assert.equal(strip((await site.get(known.to)).text), strip((await site.get(unknown.to)).text));
  });

  it('keeps what was typed and says what is wrong', async () => {
    const wrong = await site.post('/sign-in', { address: 'name at college', to: '/account' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="name at college"/);
    assert.match(wrong.text, /Enter an email address such as/);
    const code = await site.post('/sign-in/code', { code: '12', to: '/account' });
    assert.match(code.text, /Enter the six digits/);
  });

  it('signs in with a cookie that no script reads, secure behind TLS, and goes where it was meant to', async () => {
    const address = 'amina.lead@northfield.example';
    const begun = await site.post('/sign-in', { address, to: '/organisations' });
    const cookies = { htq_sign_in: begun.cookies.htq_sign_in ?? '' };
    const done = await site.post(
      '/sign-in/code',
      { code: ` ${(await codeFor(address)).replace(/^(...)/, '$1 ')}`, to: '/organisations' },
      { token: '', cookies },
      { 'x-forwarded-proto': 'https' },
    );
    assert.deepEqual([done.status, done.to], [303, '/organisations']);
    const cookie = done.setCookie.find((one) => one.startsWith('htq_session=')) ?? '';
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Secure', 'Path=/']) assert.ok(cookie.includes(flag), cookie);
    const who: Visitor = { token: done.cookies.htq_session ?? '', cookies: {} };
    assert.match((await site.get('/', who)).text, /Amina Osei/);
    const out = await site.post('/sign-out', {}, who);
    assert.equal(out.cookies.htq_session, '');
    assert.equal((await site.get('/account', who)).status, 303, 'the session is over on the server too');
  });

  it('leads back after signing in, and never to another site', async () => {
    assert.equal((await site.get('/organisations?q=a b')).to, '/sign-in?to=%2Forganisations%3Fq%3Da%2520b');
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/\tevil'])
      assert.match((await site.get(`/sign-in?to=${encodeURIComponent(to)}`)).text, /name="to" value="\/account"/, to);
  });

  it('does nothing for another site’s form, whoever is signed in', async () => {
    const tom = await site.as('tom.member@northfield.example');
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ] as const) {
      const answer = await site.post('/account', { name: 'Changed' }, tom, headers as Readonly<Record<string, string>>);
      assert.equal(answer.status, 403);
    }
    assert.match((await site.get('/account', tom)).text, /value="Tom Birch"/);
  });

  it('loses nothing that was typed to a missing token or a session that ended', async () => {
    const tom = await site.as('tom.member@northfield.example');
    const noToken = await site.post('/account', { name: 'Tom "T" <Birch>', 'form-token': 'wrong' }, tom);
    assert.equal(noToken.status, 403);
    assert.match(noToken.text, /Check this and send it again/);
    assert.match(noToken.text, /value="Tom &quot;T&quot; &lt;Birch&gt;"/);
    assert.match(noToken.text, /action="\/account"/);
    const out = await site.post('/account', { name: 'Typed for long' });
    assert.equal(out.status, 401);
    assert.match(out.text, /Sign in, then send this again/);
    assert.match(out.text, /value="Typed for long"/);
  });

  it('ends all sessions when their owner says so', async () => {
    const [one, two] = [await site.as('grace.lead@fenwick.example'), await site.as('grace.lead@fenwick.example')];
    assert.match((await site.get('/account', one)).text, /Sign out everywhere/);
    await site.post('/account/sessions/end-all', {}, one);
    for (const who of [one, two]) assert.equal((await site.get('/account', who)).status, 303);
  });

  it('someone who belongs to several organisations sees and says for whom they act', async () => {
    const ruth = await site.as('ruth.lead@southgate.example');
    assert.match((await site.get('/account', ruth)).text, /Signed in as/);
    const southgate = (await searchOrganisations(site.ctx, 'southgate', 1)).found[0]?.id ?? '';
    await site.post('/account/acting-for', { organisation: southgate }, ruth);
    assert.match(
      (await site.get('/standards', ruth)).text,
      /Acting as[\s\S]*Ruth Kavanagh[\s\S]*for Southgate Institute/,
    );
    const fenwick = (await searchOrganisations(site.ctx, 'fenwick', 1)).found[0]?.id ?? '';
    const refused = await site.post('/account/acting-for', { organisation: fenwick }, ruth);
    assert.match(refused.text, /no longer belong/);
  });

  it('shows an organisation’s people to its members alone', async () => {
    const id = (await searchOrganisations(site.ctx, 'northfield', 1)).found[0]?.id ?? '';
    const path = `/organisations/${id}`;
    assert.match((await site.get(path, await site.as('tom.member@northfield.example'))).text, /Amina Osei/);
    const outside = await site.get(path, await site.as('grace.lead@fenwick.example'));
    assert.doesNotMatch(outside.text, /Amina Osei/);
    assert.match(outside.text, /Ask to join/);
    assert.equal(
      (await site.get('/organisations/no-such', await site.as('tom.member@northfield.example'))).status,
      404,
    );
  });

  it('downloads what is held, and deletes the account', async () => {
    const address = 'sam.visitor@home.example';
    const sam = await site.as(address);
    const file = await site.get('/account/data.json', sam);
    assert.match(String(file.headers['content-type']), /^application\/json/);
    assert.equal(JSON.parse(file.text)['Your account'].person.address, address);
    assert.match((await site.get('/account/delete', sam)).text, /cannot be undone/);
    assert.equal((await site.post('/account/delete', {}, sam)).to, '/');
    assert.equal((await site.get('/account', sam)).status, 303);
  });

  it('administrators see outbox, jobs and trail, and nothing that opens a door', async () => {
    await site.post('/sign-in', { address: 'someone.else@college.example', to: '/account' });
    const code = await codeFor('someone.else@college.example');
    const nadia = await site.as('nadia.administrator@department.example');
    const mail = await site.get('/admin/mail', nadia);
    assert.match(mail.text, /someone\.else@college\.example/);
    assert.ok(!mail.text.includes(code), 'no code is shown');
    assert.match((await site.get('/admin/jobs', nadia)).text, /None has failed/);
    assert.match((await site.get('/admin/audit?act=accounts.sign', nadia)).text, /accounts\.sign-in/);
    const csv = await site.get('/admin/audit.csv?act=accounts.', nadia);
    assert.match(csv.text, /"number","at","act"/);
    assert.match((await site.get('/admin/audit?act=no-such', nadia)).text, /No act matches/);
    for (const path of [
      '/admin',
      '/admin/people?q=zz',
      '/admin/organisations',
      '/admin/settings',
      '/admin/people/no-such',
    ])
      assert.ok((await site.get(path, nadia)).status < 500, path);
  });
});

describe('the door of the example people', () => {
  const path = '/example-people/example-token';

  it('opens with the token that was printed, at this machine', async () => {
    const site = await openSite('example');
    const page = await site.get(path);
    assert.equal(page.status, 200);
    const answer = await site.post(path, { address: 'tom.member@northfield.example' });
    assert.equal(answer.to, '/account');
    assert.ok(answer.cookies.htq_session);
    const cookies = { htq_example: page.cookies.htq_example ?? '' };
    assert.equal((await site.get('/mailbox', { token: '', cookies })).status, 200);
    assert.equal((await site.post(path, { address: 'nobody@else.example' })).status, 404);
    await site.close();
  });

  it('does not exist with a wrong token, behind a proxy, or under another host name', async () => {
    const site = await openSite('example');
    const asked: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ['/example-people/wrong', {}],
      [path, { host: 'toolkit.example' }],
      [path, { host: 'localhost.evil.example' }],
      [path, { 'x-forwarded-for': '203.0.113.9' }],
      [path, { forwarded: 'for=203.0.113.9' }],
      [path, { 'x-forwarded-host': 'toolkit.example' }],
      [path, { via: '1.1 proxy' }],
    ];
    for (const [address, headers] of asked) {
      assert.equal((await site.get(address, nobody, headers)).status, 404, JSON.stringify(headers));
      const tried = await site.post(address, { address: 'tom.member@northfield.example' }, nobody, headers);
      assert.equal(tried.status, 404, JSON.stringify(headers));
      assert.equal(tried.cookies.htq_session, undefined);
    }
    const elsewhere = await site.server.inject({
      url: path,
      headers: { host: 'localhost' },
      remoteAddress: '192.0.2.7',
    });
    assert.equal(elsewhere.statusCode, 404, 'from another machine');
    const cookies = { htq_example: 'example-token' };
    assert.equal((await site.get('/mailbox', { token: '', cookies }, { host: 'toolkit.example' })).status, 404);
    assert.equal((await site.get('/mailbox')).status, 404);
    await site.close();
  });

  it('does not exist in a store of one’s own', async () => {
    const site = await openSite('own');
    assert.equal((await site.get(path)).status, 404);
    assert.equal((await site.get('/example-people/null')).status, 404);
    assert.equal((await site.post(path, { address: 'tom.member@northfield.example' })).status, 404);
    assert.equal((await site.get('/mailbox', { token: '', cookies: { htq_example: 'example-token' } })).status, 404);
    await site.close();
  });
});
