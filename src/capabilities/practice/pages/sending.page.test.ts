import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { agreeTo, decideOn, inQueue, publishedAt, tellExample, tellStep } from '../../../../test/support/practice.ts';
import { nobody, openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { setRole } from '../../accounts/use-cases/administer.ts';

const mailTo = async (site: Site, to: string, subject: RegExp) =>
  (await keptMail(site.ctx, 500)).filter((one) => one.to === to && subject.test(one.subject));

const confirmation = async (site: Site, to: string): Promise<string> => {
  const [mail] = await mailTo(site, to, /Is this example from you/);
  const link = mail?.body.find((block) => block.kind === 'link');
  return link?.kind === 'link' ? new URL(link.href).pathname : '';
};

describe('sending an example in', () => {
  let site: Site;
  let ruth: Visitor;
  let maya: Visitor;
  before(async () => {
    site = await openSite('example');
    ruth = await site.as('ruth.lead@southgate.example');
    maya = await site.as('maya.moderator@department.example');
  });
  after(() => site.close());

  it('cuts nothing: what is too long is said, and an emoji at the limit is no fault', async () => {
    const path = await tellExample(site, ruth, 'At length');
    const long = `${'a'.repeat(9999)}😀 and more`;
    const refused = await tellStep(site, path, 'how', { summary: long }, ruth);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Use up to 10,000 characters: this has 10,010/);
    assert.ok(refused.text.includes(long), 'what was typed is still there');
    assert.equal((await tellStep(site, path, 'how', { summary: long.slice(0, -9) }, ruth)).status, 422);
    assert.equal((await tellStep(site, path, 'how', { summary: `${long.slice(0, 9998)}😀` }, ruth)).status, 303);
    const short = await tellStep(site, path, 'cost', { costTime: 'x'.repeat(201) }, ruth);
    assert.match(short.text, /Use up to 200 characters/);
    await tellStep(site, path, 'cost', { costMoney: '0.40' }, ruth);
    assert.match((await site.get(path, ruth)).text, /£0\.40</);
  });

  it('an address with a character that no text can hold is no fault of ours', async () => {
    for (const path of [
      '/practice/share/%00',
      '/practice/share/%00/what',
      '/practice/collections/a%00b',
      '/have-your-say/%00',
    ])
      assert.equal((await site.get(path)).status, 400, path);
  });

  it('begins with what was said elsewhere, and says where that is too long for an example', async () => {
    const begun = await site.post('/practice/share', { summary: `${'b'.repeat(19_999)}😀` });
    assert.equal(begun.status, 303);
    const path = begun.to.replace(/\/what$/, '');
    await tellStep(site, path, 'what', { theme: 'curriculum', title: 'Told before' });
    assert.equal((await site.get(path)).to, `${path}/how`, 'not sent before it is shortened');
    assert.match((await site.get(`${path}/how`)).text, /b{19999}/);
  });

  it('a title is one line, as the subject of a mail is', async () => {
    const path = await tellExample(site, ruth, 'One');
    await tellStep(site, path, 'what', { theme: 'curriculum', title: 'One\r\nline\u0001\talone' }, ruth);
    await site.post(`${path}/send`, {}, ruth);
    assert.equal((await mailTo(site, 'maya.moderator@department.example', /^Sent in: One line alone$/)).length, 1);
  });

  it('who can be asked is named with an address that is one, where they agreed', async () => {
    const path = await tellExample(site, ruth, 'Ask Pat');
    const you = (fields: Readonly<Record<string, string>>) =>
      tellStep(site, path, 'you', { provider: 'Southgate Institute', ...fields }, ruth);
    assert.match((await you({ contactAddress: 'pat@college.example' })).text, /Enter whose address it is/);
    const who = { contactName: 'Pat', contactAgreed: 'yes' };
    assert.match((await you({ ...who, contactAddress: 'pat at college' })).text, /Enter an email address such as/);
    await you({ ...who, contactAddress: 'pat?bcc=x@college.example' });
    assert.match((await site.get(path, ruth)).text, /href="mailto:pat%3Fbcc%3Dx@college\.example"/);
  });

  it('keeps what a colleague typed while it was sent in, and says that it was not saved', async () => {
    const path = await tellExample(site, ruth, 'Too late');
    await site.post(`${path}/send`, {}, ruth);
    const late = await site.post(`${path}/how`, { revision: '3', summary: 'Typed <meanwhile>.' });
    assert.equal(late.status, 422);
    assert.match(late.text, /sent in or taken back after you opened this page, so nothing was saved/);
    assert.match(late.text, /Typed &lt;meanwhile&gt;\.<\/textarea>/);
  });

  it('a wrong address loses nothing: it is written on, and the first mail leads nowhere', async () => {
    const path = await tellExample(site, nobody, 'Mistyped');
    await site.post(`${path}/send`, { address: 'wrong@college.example' });
    const first = await confirmation(site, 'wrong@college.example');
    assert.match((await site.get(path)).text, /Go back to writing it/);
    assert.equal((await site.post(`${path}/write-on`, {})).to, path);
    assert.equal((await site.get(first)).status, 404);
    assert.equal((await site.post(first, {})).status, 404);
    assert.match((await site.get(path)).text, /Check your answers[\s\S]*We met/);
    await site.post(`${path}/send`, { address: 'right@college.example' });
    await site.post(await confirmation(site, 'right@college.example'), {});
    assert.match((await site.get(await inQueue(site, 'Mistyped', maya), maya)).text, /right@college\.example/);
    assert.equal((await site.post(`${path}/write-on`, {})).status, 422, 'not once it is confirmed');
  });
});

describe('what comes of an example that was sent in', () => {
  let site: Site;
  let ruth: Visitor;
  let maya: Visitor;
  before(async () => {
    site = await openSite('example');
    ruth = await site.as('ruth.lead@southgate.example');
    maya = await site.as('maya.moderator@department.example');
  });
  after(() => site.close());

  it('says nothing was done where nothing was: agreeing is to what one has read', async () => {
    const path = await tellExample(site, ruth, 'Read first');
    await site.post(`${path}/send`, {}, ruth);
    const redact = async (summary: string) =>
      decideOn(site, await inQueue(site, 'Read first', maya), { decision: 'redact', note: 'Why.', summary }, maya);
    await redact('Once.');
    const opened = /name="revision" value="(\d+)"/.exec((await site.get(path, ruth)).text)?.[1] ?? '';
    await site.post(`${path}/change-again`, {}, ruth);
    await site.post(`${path}/send`, {}, ruth);
    site.setTime(new Date(site.ctx.clock().getTime() + 60_000));
    await redact('Twice.');
    const stale = await site.post(`${path}/agree`, { revision: opened }, ruth);
    assert.equal(stale.status, 422);
    assert.match(stale.text, /so nothing was done/);
    assert.match(stale.text, /Twice\./);
    assert.equal((await agreeTo(site, path, ruth)).to, `${path}?done=agreed`);
    await site.post(`${path}/take-back`, {}, ruth);
    for (const act of ['agree', 'stand-by', 'take-back'])
      assert.doesNotMatch((await site.post(`${path}/${act}`, {}, ruth)).text, /It is published|for another year/);
  });

  it('nobody decides on what comes from their own organisation, whoever began it and whatever account it has', async () => {
    const { findPersonByAddress } = await import('../../accounts/store/people.ts');
    const person = await findPersonByAddress(site.ctx, 'ruth.lead@southgate.example');
    await setRole(site.ctx, person?.id ?? '', 'moderator', true);
    const moderator = await site.as('ruth.lead@southgate.example');
    const refusedTo = async (title: string) => {
      const at = await inQueue(site, title, maya);
      const refused = await decideOn(site, at, { decision: 'approve' }, moderator);
      assert.match(refused.text, /there are other moderators who can decide/, title);
    };
    // Sent without an account: it says which provider it comes from.
    const open = await tellExample(site, nobody, 'Says whose it is');
    await tellStep(site, open, 'you', { provider: ' southgate  INSTITUTE' });
    await site.post(`${open}/send`, { address: 'someone@southgate.example' });
    await site.post(await confirmation(site, 'someone@southgate.example'), {});
    await refusedTo('Says whose it is');
    // Begun without an account, finished and sent by a colleague who has one: it is theirs, and no address is asked for.
    const finished = await tellExample(site, nobody, 'Finished by a colleague');
    await tellStep(site, finished, 'you', { provider: 'Elsewhere' });
    assert.doesNotMatch((await site.get(finished, moderator)).text, /Your email address/);
    assert.equal((await site.post(`${finished}/send`, {}, moderator)).to, `${finished}?done=sent`);
    await refusedTo('Finished by a colleague');
    // Whoever sent it belongs to two providers, and acted for neither: people of both are no judges of it.
    const amina = await findPersonByAddress(site.ctx, 'amina.lead@northfield.example');
    await setRole(site.ctx, amina?.id ?? '', 'moderator', true);
    const colleague = await site.as('amina.lead@northfield.example');
    const both = await tellExample(site, ruth, 'Of one of two');
    await tellStep(site, both, 'you', { provider: 'Elsewhere' }, ruth);
    await site.post(`${both}/send`, {}, ruth);
    const there = await inQueue(site, 'Of one of two', maya);
    assert.match((await site.get(there, maya)).text, /Someone with an account, who acted for no provider/);
    assert.match(
      (await decideOn(site, there, { decision: 'approve' }, colleague)).text,
      /other moderators who can decide/,
    );
    const other = await tellExample(site, await site.as('sam.visitor@home.example'), 'Of no one’s');
    await tellStep(site, other, 'you', { provider: 'Elsewhere' });
    await site.post(`${other}/send`, {}, await site.as('sam.visitor@home.example'));
    const at = await inQueue(site, 'Of no one’s', maya);
    assert.equal((await decideOn(site, at, { decision: 'approve' }, moderator)).status, 303, 'others’ they may');
    assert.notEqual(await publishedAt(site, other), '');
  });

  it('a title that a moderator changed, or that was taken back, is nowhere in the search', async () => {
    const path = await tellExample(site, ruth, 'Xylophones, by Quentin');
    await site.post(`${path}/send`, {}, ruth);
    const at = await inQueue(site, 'Xylophones, by Quentin', maya);
    await decideOn(site, at, { decision: 'approve' }, maya);
    const edward = await site.as('edward.editor@department.example');
    const edit = '/practice/collections/music/edit';
    await site.post('/practice/new-collection', { title: 'Music', words: '' }, edward);
    const change = async (fields: Readonly<Record<string, string>>) =>
      site.post(
        edit,
        {
          revision: /name="revision" value="(\d+)"/.exec((await site.get(edit, edward)).text)?.[1] ?? '',
          title: 'Music',
          words: '',
          ...fields,
        },
        edward,
      );
    await change({ do: 'add', add: (await publishedAt(site, path)).slice(-36) });
    assert.equal((await change({ do: 'publish' })).status, 303);
    const found = async () => /<mark/.test((await site.get('/search?q=quentin')).text);
    assert.equal(await found(), true);
    await decideOn(site, at, { decision: 'redact', note: 'A name.', title: 'Xylophones' }, maya);
    assert.equal(await found(), false);
  });
});
