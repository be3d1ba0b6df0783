import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { agreeTo, decideOn, inQueue, publishedAt, tellExample, tellStep } from '../../../../test/support/practice.ts';
import { nobody, openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { findPersonByAddress } from '../../accounts/store/people.ts';
import { practiceData } from '../use-cases/personal-data.ts';

const csv = new TextEncoder().encode('Week,Topic\n1,Switches\n2,Routers\n');

describe('files of an example', () => {
  let site: Site;
  let ruth: Visitor;
  let maya: Visitor;
  before(async () => {
    site = await openSite('example');
    ruth = await site.as('ruth.lead@southgate.example');
    maya = await site.as('maya.moderator@department.example');
  });
  after(() => site.close());

  const revision = async (path: string) => /name="revision" value="(\d+)"/.exec((await site.get(path)).text)?.[1] ?? '';
  const bring = async (
    path: string,
    file: { readonly name: string; readonly bytes: Uint8Array },
    more: Readonly<Record<string, string>> = {},
  ) =>
    site.upload(
      `${path}/files`,
      { revision: await revision(`${path}/files`), links: '', fileTitle: '', add: 'yes', id: randomUUID(), ...more },
      file,
      ruth,
    );
  const filesIn = (html: string): readonly string[] =>
    [...html.matchAll(/href="([^"]+\/files\/[0-9a-f-]{36})"/g)].map((found) => found[1] ?? '');
  const keptBytes = async (): Promise<number> => {
    const { sql } = await import('kysely');
    const found = await sql<{ count: string }>`select count(*) as count from platform.file`.execute(site.ctx.db);
    return Number(found.rows[0]?.count);
  };

  it('are looked at, named, taken out again, and come once however often the form is sent', async () => {
    const path = await tellExample(site, ruth, 'Week by week');
    const id = randomUUID();
    const file = { name: 'C:\\plans\\weekly_plan.csv', bytes: csv };
    assert.equal((await bring(path, file, { id })).to, `${path}/files?done=added`);
    assert.equal((await bring(path, file, { id })).to, `${path}/files?done=added`);
    const page = (await site.get(`${path}/files`, ruth)).text;
    assert.equal(filesIn(page).length, 1);
    assert.match(page, />weekly plan<\/a>/);
    assert.match(page, /Table, 1 KB, 2 rows/);
    const wrong = await bring(
      path,
      { name: 'plan.pdf', bytes: csv },
      { fileTitle: 'The plan', links: 'https://a.example' },
    );
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /The file is none of/);
    assert.match(wrong.text, /value="The plan"/);
    assert.match(wrong.text, /https:\/\/a\.example/);
    assert.equal(
      (await site.post(`${path}/files`, { revision: await revision(`${path}/files`), fileTitle: 'Lost' }, ruth)).status,
      422,
    );
    const before = await keptBytes();
    const remove = filesIn((await site.get(`${path}/files`)).text)[0]?.slice(-36) ?? '';
    await tellStep(site, path, 'files', { remove }, ruth);
    assert.deepEqual(filesIn((await site.get(path)).text), []);
    assert.equal(await keptBytes(), before - 1, 'with its bytes');
  });

  it('are shown with size and kind where the example is, kept from everyone before, and go with it', async () => {
    const path = await tellExample(site, ruth, 'With two files');
    const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
      .jpeg()
      .withExif({ IFD0: { Make: 'A camera' } })
      .toBuffer();
    await bring(path, { name: 'room.jpg', bytes: photo }, { fileTitle: 'The room <1>' });
    await bring(path, { name: 'week.csv', bytes: csv }, { fileTitle: 'Session plan' });
    const check = (await site.get(path, ruth)).text;
    assert.match(check, /Session plan<\/a>[\s\S]*?Table, 1 KB, 2 rows/);
    const [, draftFile = ''] = filesIn(check);
    const own = await site.get(draftFile);
    assert.equal(own.status, 200);
    assert.match(String(own.headers['content-disposition']), /attachment; filename="the-room-1\.jpg"/);
    assert.doesNotMatch(own.text, /A camera/, 'what the camera wrote is gone');
    await site.post(`${path}/send`, {}, ruth);
    const late = await bring(path, { name: 'late.csv', bytes: csv });
    assert.match(late.text, /nothing was saved/);
    assert.equal(filesIn((await site.get(path, ruth)).text).length, 2, 'nothing is added to what waits');
    const at = await inQueue(site, 'With two files', maya);
    const [, queueFile = ''] = filesIn((await site.get(at, maya)).text);
    assert.equal((await site.get(queueFile, maya)).status, 200);
    assert.equal((await site.get(queueFile, ruth)).status, 403);
    const example = at.replace('/queue/', '/examples/');
    const publicFile = queueFile.replace('/queue/', '/examples/');
    assert.equal((await site.get(publicFile)).status, 404, 'not before it is published');
    await decideOn(site, at, { decision: 'approve' }, maya);
    const shown = (await site.get(await publishedAt(site, path))).text;
    assert.match(shown, /The room &lt;1&gt;<\/a>[\s\S]*?JPG picture, 1 KB, 40 × 20 pixels/);
    assert.equal((await site.get(publicFile)).status, 200);
    assert.equal((await site.get(`${example}/files/nothing`)).status, 404);
    const before = await keptBytes();
    await site.post(`${path}/take-back`, {});
    assert.equal((await site.get(publicFile)).status, 404);
    assert.equal((await site.get(draftFile)).status, 404);
    assert.equal(await keptBytes(), before - 2);
  });

  it('says when one is added or taken out, that none was chosen, and keeps one that came beside a faulty link', async () => {
    const path = await tellExample(site, ruth, 'Told as it happens');
    const beside = await bring(
      path,
      { name: 'week.csv', bytes: csv },
      { fileTitle: 'The week', links: 'http://x.example' },
    );
    assert.equal(beside.status, 422);
    assert.match(beside.text, /The file is added\./);
    assert.match(beside.text, /begin with https/);
    assert.match(beside.text, />http:\/\/x\.example</);
    const [there = ''] = filesIn(beside.text);
    assert.match(beside.text, />The week<\/a>/);
    const again = /name="revision" value="(\d+)"/.exec(beside.text)?.[1] ?? '';
    const put = { revision: again, links: 'https://x.example', fileTitle: '' };
    assert.equal((await site.post(`${path}/files`, put, ruth)).to, `${path}/you`, 'and the page can be sent again');
    const none = await tellStep(site, path, 'files', { links: '', fileTitle: '', add: 'yes' }, ruth);
    assert.equal(none.status, 422);
    assert.match(none.text, /href="#file">Choose the file to add/);
    assert.match((await site.get(`${path}/files?done=added`, ruth)).text, /Done[\s\S]*The file is added\./);
    const out = await tellStep(site, path, 'files', { remove: there.slice(-36) }, ruth);
    assert.match((await site.get(out.to, ruth)).text, /The file is taken out\./);
    const old = await site.upload(
      `${path}/files`,
      { revision: '1', links: 'http://x.example', add: 'yes', id: randomUUID() },
      { name: 'late.csv', bytes: csv },
      ruth,
    );
    assert.match(old.text, /A colleague saved this example/, 'a faulty page tells of a colleague too');
  });

  it('too many and too large ones are refused with what was typed kept', async () => {
    const path = await tellExample(site, ruth, 'Too many');
    for (let at = 0; at < 10; at += 1)
      assert.equal((await bring(path, { name: `file ${at}.csv`, bytes: csv })).status, 303);
    const more = await bring(path, { name: 'eleven.csv', bytes: csv }, { fileTitle: 'Eleven' });
    assert.match(more.text, /up to 10 files/);
    assert.match(more.text, /value="Eleven"/);
    const large = await bring(path, { name: 'large.txt', bytes: new Uint8Array(10 * 1024 * 1024 + 1).fill(65) });
    assert.equal(large.status, 413);
    assert.equal((await site.get(`${path}/nothing`, nobody)).status, 404);
  });

  it('go when the account of whoever sent them is deleted', async () => {
    const path = await tellExample(site, ruth, 'Of someone who leaves');
    await bring(path, { name: 'week.csv', bytes: csv });
    const published = await tellExample(site, ruth, 'Published and left');
    const who = { contactName: 'Pat Asked', contactAddress: 'pat@southgate.example', contactAgreed: 'yes' };
    await tellStep(site, published, 'you', { provider: 'Southgate Institute', ...who }, ruth);
    await site.post(`${published}/send`, {}, ruth);
    const at = await inQueue(site, 'Published and left', maya);
    await decideOn(site, at, { decision: 'redact', note: 'Left.', withoutContact: 'yes' }, maya);
    await agreeTo(site, published, ruth);
    assert.match((await site.get(at, maya)).text, /Pat Asked/, 'moderators see what was taken out');
    const before = await keptBytes();
    const person = await findPersonByAddress(site.ctx, 'ruth.lead@southgate.example');
    assert.ok(person);
    await site.ctx.transaction((inside) => practiceData.erase(inside, person.id));
    assert.equal((await site.get(path)).status, 404);
    const kept = (await site.get(at, maya)).text;
    assert.match(kept, /Left\./);
    assert.doesNotMatch(kept, /Pat Asked/, 'until whoever sent it leaves');
    assert.ok((await keptBytes()) < before);
  });
});
