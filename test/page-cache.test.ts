import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site } from './support/site.ts';

describe('pages that every visitor sees alike', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  it('are the same bytes with an ETag, and 304 for whoever has them', async () => {
    const first = await site.get('/guidance/funding');
    const second = await site.get('/guidance/funding');
    assert.equal(first.text, second.text);
    const etag = String(first.headers.etag);
    assert.match(etag, /^"[\w-]{27}"$/);
    const again = await site.get('/guidance/funding', undefined, { 'if-none-match': etag });
    assert.equal(again.status, 304);
    assert.equal(again.text, '');
    assert.ok(again.headers['content-security-policy'], 'the protections are on every answer');
    assert.equal(second.headers['x-content-type-options'], 'nosniff');
  });

  it('are rendered for each who is signed in, and never kept', async () => {
    const edward = await site.as('edward.editor@department.example');
    const his = await site.get('/guidance/funding', edward);
    assert.match(his.text, /Edit this page/);
    assert.equal(his.headers.etag, undefined);
    assert.equal(his.headers['cache-control'], 'no-store');
    assert.doesNotMatch((await site.get('/guidance/funding')).text, /Edit this page/);
  });

  it('are right at once when something was published, and on the next day', async () => {
    const edward = await site.as('edward.editor@department.example');
    const before_ = await site.get('/guidance/cycles');
    const fields = {
      title: 'Cycles',
      summary: 'S.',
      body: 'Quite new.',
      major: 'yes',
      changeNote: 'N.',
      revision: '0',
      act: 'submit',
    };
    await site.post('/guidance/cycles/edit', fields, edward);
    await site.post('/guidance/cycles/edit/publish', { revision: '1' }, edward);
    const after_ = await site.get('/guidance/cycles', undefined, { 'if-none-match': String(before_.headers.etag) });
    assert.equal(after_.status, 200);
    assert.match(after_.text, /Quite new\./);
    assert.match((await site.get('/guidance')).text, />Cycles</);
  });

  it('are told apart by the host they were asked from, and a page that is not there is not kept', async () => {
    await site.get('/guidance/funding');
    assert.match((await site.get('/guidance/funding', undefined, { host: 'other.example' })).text, /other\.example/);
    assert.equal((await site.get('/guidance/nothing')).headers.etag, undefined);
  });
});
