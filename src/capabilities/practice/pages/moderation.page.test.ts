import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { agreeTo, decideOn, inQueue, publishedAt, tellExample, tellStep } from '../../../../test/support/practice.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { remindModerators } from '../use-cases/remind-moderators.ts';

describe('moderation', () => {
  let site: Site;
  let ruth: Visitor;
  let maya: Visitor;
  before(async () => {
    site = await openSite('example');
    ruth = await site.as('ruth.lead@southgate.example');
    maya = await site.as('maya.moderator@department.example');
  });
  after(() => site.close());

  const send = async (title: string): Promise<string> => {
    const path = await tellExample(site, ruth, title);
    await site.post(`${path}/send`, {}, ruth);
    return path;
  };

  it('holds a file back with its reason, which the sender sees and readers never do', async () => {
    const path = await tellExample(site, ruth, 'A room and a register');
    const revision = /name="revision" value="(\d+)"/.exec((await site.get(`${path}/files`)).text)?.[1] ?? '';
    const bytes = new TextEncoder().encode('Name,Mark\nA,1\n');
    await site.upload(`${path}/files`, { revision, id: randomUUID() }, { name: 'register.csv', bytes }, ruth);
    await site.post(`${path}/send`, {}, ruth);
    const at = await inQueue(site, 'A room and a register', maya);
    const file = /name="hold-([0-9a-f-]{36})"/.exec((await site.get(at, maya)).text)?.[1] ?? '';
    const nothing = await decideOn(site, at, { decision: 'redact', note: 'Because.' }, maya);
    assert.equal(nothing.status, 422);
    assert.match(nothing.text, /You have changed no word and held back no file/);
    const titleless = await decideOn(site, at, { decision: 'redact', note: 'Because.', title: '' }, maya);
    assert.match(titleless.text, /Leave it a title/);
    const hold = { decision: 'redact', note: 'Not for readers.', [`hold-${file}`]: 'It names learners <here>.' };
    assert.equal((await decideOn(site, at, hold, maya)).to, '/practice/queue?done=yes');
    const told = (await site.get(path, ruth)).text;
    assert.match(told, /Held back from readers<\/strong> It names learners &lt;here&gt;\./);
    await agreeTo(site, path, ruth);
    const example = await publishedAt(site, path);
    assert.doesNotMatch((await site.get(example)).text, /\/files\//);
    assert.equal((await site.get(`${example}/files/${file}`)).status, 404);
    assert.equal((await site.get(`${at}/files/${file}`, maya)).status, 200, 'moderators still read it');
  });

  it('no other decision loses words that a moderator took out, or a file they held back', async () => {
    const path = await tellExample(site, ruth, 'Call the technician');
    const revision = /name="revision" value="(\d+)"/.exec((await site.get(`${path}/files`)).text)?.[1] ?? '';
    const bytes = new TextEncoder().encode('Name,Mark\nA,1\n');
    await site.upload(`${path}/files`, { revision, id: randomUUID() }, { name: 'register.csv', bytes }, ruth);
    await site.post(`${path}/send`, {}, ruth);
    const at = await inQueue(site, 'Call the technician', maya);
    const file = /name="hold-([0-9a-f-]{36})"/.exec((await site.get(at, maya)).text)?.[1] ?? '';
    for (const change of [{ summary: 'We met.' }, { steps: 'Meet' }, { [`hold-${file}`]: 'It names learners.' }])
      for (const decision of ['approve', 'ask', 'decline']) {
        const refused = await decideOn(site, at, { decision, note: 'Because.', ...change }, maya);
        assert.equal(refused.status, 422, decision);
        assert.match(refused.text, /choose “Change it myself”, or put it back/);
        assert.match(refused.text, /<details class="govuk-details" open>/);
        assert.ok(refused.text.includes(Object.values(change)[0] ?? ''), 'what was changed stays in the form');
      }
    const { text } = await site.get(at, maya);
    const now = /name="revision" value="(\d+)"/.exec(text)?.[1] ?? '';
    const steps = 'Meet\r\nMeet again\r\n';
    const same = await site.post(at, { revision: now, decision: 'approve', steps }, maya);
    assert.equal(same.to, '/practice/queue?done=yes', 'line ends of a browser are no change');
  });

  it('takes out who can be asked, and sees what is published and may tell the same', async () => {
    const path = await tellExample(site, ruth, 'A network that learners may break');
    const who = { contactName: 'Pat Asked', contactAddress: 'pat@southgate.example', contactAgreed: 'yes' };
    await tellStep(site, path, 'you', { provider: 'Southgate Institute', ...who }, ruth);
    const toSender = (await site.get(path, ruth)).text;
    const same = /href="(\/practice\/examples\/[0-9a-f-]+)">A network that learners may break/.exec(toSender)?.[1];
    assert.ok(same);
    await site.post(`${path}/send`, {}, ruth);
    const at = await inQueue(site, 'A network that learners may break', maya);
    const form = (await site.get(at, maya)).text;
    assert.match(form, new RegExp(`may tell the same</h2>\\s*<ul[^>]*><li><a[^>]* href="${same}"`));
    assert.match(form, /Take out who can be asked: Pat Asked, pat@southgate\.example/);
    const lost = await decideOn(site, at, { decision: 'approve', withoutContact: 'yes' }, maya);
    assert.match(lost.text, /choose “Change it myself”/);
    assert.match(lost.text, /id="withoutContact"[^>]* checked/);
    const taken = { decision: 'redact', note: 'Pat has left.', withoutContact: 'yes' };
    assert.equal((await decideOn(site, at, taken, maya)).to, '/practice/queue?done=yes');
    const told = (await site.get(path, ruth)).text;
    assert.match(
      told,
      /Who can be asked<\/h3>[\s\S]*<del[^>]*>(?:<span[^>]*>[^<]*<\/span>)?Pat Asked, pat@southgate\.example/,
    );
    await agreeTo(site, path, ruth);
    const example = await publishedAt(site, path);
    assert.doesNotMatch((await site.get(example)).text, /Pat Asked|pat@southgate/);
    const itself = new RegExp(`<li><a[^>]* href="${example}"`);
    assert.doesNotMatch((await site.get(at, maya)).text, itself, 'it is not its own double');
  });

  it('sees what waits beside it under nearly the same title', async () => {
    await send('Welding at night, with the works');
    await send('Welding by night, with the works');
    await send('Something else altogether');
    const at = await inQueue(site, 'Welding at night', maya);
    const text = (await site.get(at, maya)).text;
    const beside = /may tell the same<\/h2>([\s\S]*?)<form/.exec(text)?.[1] ?? '';
    assert.match(beside, /Welding by night, with the works \(waits for a moderator\)/);
    assert.doesNotMatch(beside, /Something else|Welding at night/);
  });

  it('the sender may change it again instead of agreeing', async () => {
    const path = await send('Not quite so');
    const at = await inQueue(site, 'Not quite so', maya);
    await decideOn(site, at, { decision: 'redact', note: 'Shorter.', summary: 'We met.' }, maya);
    await site.post(`${path}/change-again`, {}, ruth);
    assert.match((await site.get(path, ruth)).text, /Check your answers/);
    await site.post(`${path}/send`, {}, ruth);
    await decideOn(site, at, { decision: 'decline', note: 'Told already.' }, maya);
    assert.match((await site.get(path, ruth)).text, /Told already/);
  });

  it('reaches what is published: it leaves readers and the search until whoever sent it agrees', async () => {
    const path = await send('Zymurgy for beginners');
    const at = await inQueue(site, 'Zymurgy for beginners', maya);
    await decideOn(site, at, { decision: 'approve' }, maya);
    const example = await publishedAt(site, path);
    assert.match((await site.get(example, maya)).text, new RegExp(`href="${at}">Moderate it`));
    assert.doesNotMatch((await site.get(example)).text, /Moderate it/);
    assert.equal((await decideOn(site, at, { decision: 'approve' }, maya)).status, 422, 'it is published already');
    await decideOn(site, at, { decision: 'redact', note: 'A name.', title: 'Zymurgy' }, maya);
    assert.equal((await site.get(example)).status, 404);
    const found = async () => (await site.get('/search?q=zymurgy')).text.includes(`href="${example}"`);
    assert.equal(await found(), false);
    await agreeTo(site, path, ruth);
    assert.equal(await found(), true);
    // An illustration has nobody to ask: it is changed at once, or declined.
    const illustration =
      /href="(\/practice\/examples\/[0-9a-f-]+)">Renting/.exec((await site.get('/practice')).text)?.[1] ?? '';
    const there = illustration.replace('/examples/', '/queue/');
    assert.match(
      (await decideOn(site, there, { decision: 'ask', note: 'More.' }, maya)).text,
      /Nobody stands behind it/,
    );
    // Nor does anybody stand by it but a moderator.
    const until = async () => /It stands until ([^;]+);/.exec((await site.get(there, maya)).text)?.[1];
    const before = await until();
    assert.ok(before);
    const start = site.ctx.clock();
    site.setTime(new Date(start.getTime() + 86_400_000));
    const later = await site.as('maya.moderator@department.example');
    assert.equal((await site.post(`${there}/still-holds`, {}, later)).to, '/practice/queue?done=stands');
    site.setTime(start);
    assert.notEqual(await until(), before);
    assert.equal((await site.post(`${at}/still-holds`, {}, maya)).status, 422, 'others’ is theirs to confirm');
    assert.equal((await site.post(`${there}/still-holds`, {}, ruth)).status, 403);
    await decideOn(site, there, { decision: 'redact', note: 'Clearer.', title: 'Rent first' }, maya);
    assert.match((await site.get(illustration)).text, /Rent first/);
  });

  it('reminds moderators before the day and after, once each, and then the administrators', async () => {
    await send('Waiting for ages');
    const start = site.ctx.clock().getTime();
    const mails = async () =>
      (await keptMail(site.ctx, 500))
        .filter((one) => one.body.some((block) => block.kind === 'text' && block.text.startsWith('Waiting for ages')))
        .map((one) => one.to.split('.')[1]?.split('@')[0])
        .sort()
        .join();
    for (const [days, expected] of [
      [7, ''],
      [8, 'moderator'],
      [9, 'moderator'],
      [11, 'moderator,moderator'],
      [14, 'administrator,moderator,moderator,moderator'],
      [15, 'administrator,moderator,moderator,moderator'],
    ] as const) {
      site.setTime(new Date(start + days * 86_400_000));
      await remindModerators(site.ctx);
      await remindModerators(site.ctx);
      assert.equal(await mails(), expected, `day ${days}`);
    }
    const again = await site.as('maya.moderator@department.example');
    const queue = (await site.get('/practice/queue', again)).text;
    assert.match(queue, /Waiting for ages[\s\S]*Late/);
    await decideOn(site, await inQueue(site, 'Waiting for ages', again), { decision: 'decline', note: 'No.' }, again);
    site.setTime(new Date(start + 40 * 86_400_000));
    const told = await mails();
    await remindModerators(site.ctx);
    assert.equal(await mails(), told, 'what is decided is nobody’s to do');
  });
});
