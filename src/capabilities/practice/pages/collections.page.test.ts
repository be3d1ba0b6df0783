import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { readPdf } from '#platform/documents/read-pdf.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

describe('collections', () => {
  let site: Site;
  let edward: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
  });
  after(() => site.close());

  const edit = '/practice/collections/renting-and-sharing/edit';
  const change = async (fields: Readonly<Record<string, string>>) => {
    const { text } = await site.get(edit, edward);
    const revision = /name="revision" value="(\d+)"/.exec(text)?.[1] ?? '';
    return site.post(
      edit,
      { revision, title: 'Renting and sharing', words: 'Two ways to <spend> less.', ...fields },
      edward,
    );
  };
  const idOf = async (title: string): Promise<string> =>
    new RegExp(`<option value="([0-9a-f-]{36})">${title}`).exec((await site.get(edit, edward)).text)?.[1] ?? '';

  it('an editor puts examples together in an order, and readers have it once it is published', async () => {
    const maya = await site.as('maya.moderator@department.example');
    assert.match((await site.get('/practice/collections')).text, /Rooms that cost less<\/a>/);
    await site.post('/practice/collections/rooms-that-cost-less/delete', {}, edward);
    assert.match((await site.get('/practice/collections')).text, /Nothing has been put together yet/);
    assert.equal((await site.get('/practice/new-collection', maya)).status, 403);
    const wrong = await site.post('/practice/new-collection', { title: '', words: 'Kept.' }, edward);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, />Kept\.<\/textarea>/);
    const form = { id: randomUUID(), title: 'Renting and sharing', words: '' };
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post('/practice/new-collection', form, edward)).to, edit);
    const taken = await site.post('/practice/new-collection', { ...form, id: randomUUID() }, edward);
    assert.match(taken.text, /Another collection has this title/);

    assert.match((await change({ do: 'publish' })).text, /Put in an example first/);
    assert.match((await change({ do: 'add', add: '' })).text, /Choose an example/);
    const renting = await idOf('Renting');
    const ward = await idOf('Sharing a simulated ward');
    assert.equal((await change({ do: 'add', add: renting })).status, 303);
    await change({ do: 'add', add: ward });
    await change({ do: `up:${ward}` });
    const stale = await site.post(edit, { revision: '1', title: 'Mine', words: '' }, edward);
    assert.equal(stale.status, 422);
    assert.match(stale.text, /Another editor saved this collection/);
    assert.match(stale.text, /value="Mine"/);
    assert.equal((await site.get('/practice/collections/renting-and-sharing')).status, 404, 'editors alone see it');

    assert.equal((await change({ do: 'publish' })).to, '/practice/collections/renting-and-sharing');
    const page = (await site.get('/practice/collections/renting-and-sharing')).text;
    assert.match(page, /Two ways to &lt;spend&gt; less\./);
    assert.match(page, /Sharing a simulated ward[\s\S]*Renting/);
    assert.match(page, /no provider did this/, 'each says what it is');
    assert.match((await site.get('/practice')).text, /href="\/practice\/collections\/renting-and-sharing"/);
    assert.match((await site.get('/sitemap.xml')).text, /\/practice\/collections\/renting-and-sharing</);
    const found = async () =>
      (await site.get('/search?q=renting+and+sharing')).text.includes('collections/renting-and-sharing"');
    assert.equal(await found(), true);
    assert.match(
      (await site.get(`/practice/examples/${renting}`)).text,
      /Collections that it is in[\s\S]*Renting and sharing/,
    );

    const pdf = await site.server.inject({
      method: 'GET',
      url: '/practice/collection-files/renting-and-sharing.pdf',
      headers: { host: 'localhost' },
    });
    const read = await readPdf(new Uint8Array(pdf.rawPayload));
    assert.ok(read.kind === 'ok');
    assert.ok(read.value.facts.tagged && read.value.facts.language && read.value.facts.title === 'Renting and sharing');
    assert.match(read.value.markdown, /Two ways to/);

    await change({ do: `take-out:${renting}` });
    assert.doesNotMatch((await site.get('/practice/collections/renting-and-sharing')).text, /Renting surveying/);
    await change({ do: 'hide' });
    assert.equal((await site.get('/practice/collections/renting-and-sharing')).status, 404);
    assert.equal(await found(), false);
    await site.post('/practice/collections/renting-and-sharing/delete', {}, edward);
    assert.equal((await site.get(edit, edward)).status, 404);
  });
});
