import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { londonDay } from '#kernel/london-time.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { decideOn } from '../../../../test/support/practice.ts';
import { nobody, openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { searchOrganisations } from '../../accounts/store/organisations.ts';
import { setRole } from '../../accounts/use-cases/administer.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('what others say of an example', () => {
  let site: Site;
  let amina: Visitor;
  let edward: Visitor;
  let path = '';
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
    edward = await site.as('edward.editor@department.example');
    path = /href="(\/practice\/examples\/[0-9a-f-]+)">Renting/.exec((await site.get('/practice')).text)?.[1] ?? '';
  });
  after(() => site.close());

  const organisationIn = (html: string): string => /name="organisation" value="([0-9a-f-]{36})"/.exec(html)?.[1] ?? '';
  /** Says it as the form would: for the provider that it names. */
  const say = async (fields: Readonly<Record<string, string>>, who: Visitor) =>
    site.post(path, { organisation: organisationIn((await site.get(path, who)).text), ...fields }, who);

  it('those who do it and those who tried it stand apart, with cost and result, the contradictory side by side', async () => {
    const wrong = await say({ cost: '£1', text: '' }, amina);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /href="#which">Say whether you do this too/);
    assert.match(wrong.text, /href="#outcome">Say how it went/);
    assert.match(wrong.text, /value="£1"/);
    await say({ which: 'does', outcome: 'yes', text: 'The same here.', cost: '£3,000' }, amina);
    await say({ which: 'tried', outcome: 'no', text: 'It was not, after all.', cost: '£900' }, amina);
    assert.doesNotMatch(main((await site.get(path)).text), /They do not agree/);
    const ruth = await site.as('ruth.lead@southgate.example');
    const southgate = (await searchOrganisations(site.ctx, 'southgate', 1)).found[0]?.id ?? '';
    const before = (await site.get(path, ruth)).text;
    assert.match(before, /What Northfield College said/, 'she belongs to both, and acts for neither');
    await site.post('/account/acting-for', { organisation: southgate }, ruth);
    const form = (await site.get(path, ruth)).text;
    assert.match(form, /Say it for Southgate Institute[\s\S]*To say it for another provider/);
    await say({ which: 'does', outcome: 'yes', text: 'Saved half.' }, ruth);
    const shown = main((await site.get(path)).text);
    assert.doesNotMatch(shown, /The same here/, 'one word from each provider');
    assert.match(shown, /They do not agree: it worked for 1, and did not for 1/);
    const [, doing = '', tried = ''] =
      /They do this too: 1 provider([\s\S]*)They tried it: 1 provider([\s\S]*)<\/section>/.exec(shown) ?? [];
    for (const part of [doing, tried]) assert.match(part, /It worked<\/h4>[\s\S]*It did not work<\/h4>/);
    assert.match(doing, /Saved half\.[\s\S]*Cost: not told[\s\S]*Nobody\./);
    assert.match(tried, /Nobody\.[\s\S]*It was not, after all\.[\s\S]*Cost: £900/);
    const grace = await site.as('grace.lead@fenwick.example');
    assert.equal((await site.post(path, { which: 'does', outcome: 'yes', text: 'x' }, grace)).status, 403);
    assert.match((await site.get(path, amina)).text, /It was not, after all\.<\/textarea>/, 'theirs, to be put right');
    assert.equal((await site.post(`${path}/take-back`, { organisation: southgate }, amina)).status, 404, 'not theirs');
    const organisation = organisationIn((await site.get(path, amina)).text);
    assert.equal((await site.post(`${path}/take-back`, { organisation }, amina)).to, `${path}?done=back`);
    assert.doesNotMatch((await site.get(path)).text, /after all/);
  });

  it('says it for the provider that the form named, and of an example of its own nothing', async () => {
    const ruth = await site.as('ruth.lead@southgate.example');
    const opened = organisationIn((await site.get(path, ruth)).text);
    const southgate = (await searchOrganisations(site.ctx, 'southgate', 1)).found[0]?.id ?? '';
    await site.post('/account/acting-for', { organisation: southgate }, ruth);
    const said = { which: 'does', outcome: 'partly', text: 'Opened before, sent after.' };
    assert.equal((await site.post(path, { ...said, organisation: opened }, ruth)).status, 303);
    assert.match(
      main((await site.get(path)).text),
      /Northfield College<\/strong>[^<]*<div[^>]*>Opened before, sent after/,
    );
    const other = await site.post(path, { ...said, organisation: randomUUID() }, ruth);
    assert.match(other.text, /You do not belong to that provider any more[\s\S]*Opened before/);
    const grace = (await searchOrganisations(site.ctx, 'fenwick', 1)).found[0]?.id ?? '';
    assert.equal((await site.post(path, { ...said, organisation: grace }, ruth)).status, 422);
    await sql`update practice.example set organisation = ${opened} where id = ${path.slice(-36)}`.execute(site.ctx.db);
    assert.doesNotMatch((await site.get(path, amina)).text, /Northfield College said|Say it for/);
    assert.equal((await site.post(path, { ...said, organisation: opened }, amina)).status, 404);
    await sql`update practice.example set organisation = null where id = ${path.slice(-36)}`.execute(site.ctx.db);
  });

  it('a moderator takes it out with the reason, which is kept and told; said anew, it waits until one has read it', async () => {
    const maya = await site.as('maya.moderator@department.example');
    await say({ which: 'does', outcome: 'yes', text: 'A learner, Jo Named, <did> it.' }, amina);
    const shown = main((await site.get(path, maya)).text);
    const at = /href="(\/practice\/said\/[0-9a-f-]+)">Take it out<span[^>]*>: what Northfield/.exec(shown)?.[1] ?? '';
    assert.doesNotMatch((await site.get(path)).text, /Take it out/);
    assert.equal((await site.get(at, amina)).status, 403);
    const seenIn = async () => /name="seen" value="(\d+)"/.exec((await site.get(at, maya)).text)?.[1] ?? '';
    const seen = await seenIn();
    assert.match((await site.post(at, { seen, reason: '' }, maya)).text, /Say why, for whoever said it/);
    site.setTime(new Date(site.ctx.clock().getTime() + 60_000));
    await say({ which: 'does', outcome: 'yes', text: 'A learner, Jo Named, did it again.' }, amina);
    assert.match((await site.post(at, { seen, reason: 'A name.' }, maya)).text, /It was said anew after you opened/);
    assert.equal((await site.post(at, { seen: await seenIn(), reason: 'A name <here>.' }, maya)).to, `${at}?done=yes`);
    assert.doesNotMatch((await site.get(path)).text, /Jo Named/);
    assert.match((await site.get(path, amina)).text, /A moderator took it out: A name &lt;here&gt;\./);
    assert.match((await site.get(path, maya)).text, new RegExp(`Taken out by moderators: <a[^>]* href="${at}"`));
    const mails = async (to: string, subject: RegExp) =>
      (await keptMail(site.ctx, 500)).filter((one) => one.to === to && subject.test(one.subject)).length;
    assert.equal(await mails('amina.lead@northfield.example', /is taken out/), 1);
    const { text } = await site.get(path, amina);
    assert.doesNotMatch(text, />Take it back/);
    await site.post(`${path}/take-back`, { organisation: organisationIn(text) }, amina);
    await say({ which: 'does', outcome: 'yes', text: 'A learner did it.' }, amina);
    assert.doesNotMatch((await site.get(path)).text, /A learner did it/, 'not before a moderator has read it');
    assert.match((await site.get(`${path}?done=said`, amina)).text, /a moderator reads it first/);
    assert.equal(await mails('maya.moderator@department.example', /^Said anew by Northfield/), 1);
    await site.post(at, { seen: await seenIn(), do: 'put-back' }, maya);
    assert.match((await site.get(path)).text, /A learner did it\./);
    const { findPersonByAddress } = await import('../../accounts/store/people.ts');
    const person = await findPersonByAddress(site.ctx, 'amina.lead@northfield.example');
    await setRole(site.ctx, person?.id ?? '', 'moderator', true);
    const own = await site.as('amina.lead@northfield.example');
    const refused = await site.post(at, { seen: await seenIn(), reason: 'Ours.' }, own);
    assert.match(refused.text, /there are other moderators who can decide/);
    await setRole(site.ctx, person?.id ?? '', 'moderator', false);
  });

  it('“Was this useful?” counts once a form, keeps nothing of who answered, and editors see it by theme and month', async () => {
    assert.match((await site.get('/practice/usefulness', edward)).text, /By theme, over the last two years/);
    await sql`delete from practice.usefulness`.execute(site.ctx.db);
    assert.match((await site.get('/practice/usefulness', edward)).text, /Nobody has answered yet/);
    assert.equal((await site.get('/practice/usefulness', amina)).status, 403);
    assert.equal((await site.get('/practice/usefulness.csv')).status, 303);
    const page = (await site.get(path)).text;
    const id = /name="id" value="([0-9a-f-]{36})"/.exec(page)?.[1] ?? '';
    assert.notEqual(
      /name="id" value="([0-9a-f-]{36})"/.exec((await site.get(path)).text)?.[1],
      id,
      'a form of one’s own',
    );
    for (let sent = 0; sent < 2; sent += 1) {
      const answer = await site.post(`${path}/useful`, { id, useful: 'yes' });
      assert.equal(answer.to, `${path}?done=useful`);
      assert.deepEqual(answer.setCookie, []);
    }
    const start = site.ctx.clock();
    site.setTime(new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 3)));
    const later = await site.as('edward.editor@department.example');
    await site.post(`${path}/useful`, { id: randomUUID(), useful: 'no' });
    await site.post(`${path}/useful`, { id: randomUUID(), useful: 'perhaps' });
    const shown = main((await site.get('/practice/usefulness', later)).text);
    assert.match(shown, /Capital investment in construction<\/th><td[^>]*>1<\/td><td[^>]*>1<\/td><td[^>]*>50%</);
    assert.match(shown, /1 of 1<\/td><td[^>]*>0 of 1</, 'month by month');
    assert.match(
      main((await site.get('/practice/usefulness?theme=curriculum', later)).text),
      /By month: Curriculum planning and development/,
    );
    const csv = (await site.get('/practice/usefulness.csv', later)).text;
    const month = londonDay(start).slice(0, 7);
    assert.match(csv, new RegExp(`"Capital investment in construction","${month}",1,0\r\n`));
    assert.equal((await site.post('/practice/examples/nothing/useful', { useful: 'yes' }, nobody)).status, 404);
    site.setTime(start);
  });

  it('what is decided elsewhere about the example is shown on its page', async () => {
    const round = '/have-your-say/equipment-for-construction';
    const decisions = (await site.get(`${round}/read/decisions`, edward)).text;
    const theme = /<option value="([^"]+)"/.exec(
      /<select[^>]*name="theme"[\s\S]*?<\/select>/.exec(decisions)?.[0] ?? '',
    )?.[1];
    const added = await site.post(
      `${round}/read/decisions`,
      {
        id: randomUUID(),
        theme: theme ?? /name="theme" [^>]*value="([^"]+)"/.exec(decisions)?.[1] ?? '',
        text: 'We put an example beside it.',
        kind: 'practice-example',
        reference: path.slice(-36),
      },
      edward,
    );
    assert.equal(added.status, 303, added.text);
    const shown = main((await site.get(path)).text);
    assert.match(shown, /href="\/have-your-say\/equipment-for-construction\/results">You said, we did:/);
    // A title that a moderator changes is not kept where a decision names the example.
    const maya = await site.as('maya.moderator@department.example');
    const title = 'Rent first';
    await decideOn(site, path.replace('/examples/', '/queue/'), { decision: 'redact', note: 'A name.', title }, maya);
    const results = (await site.get(`${round}/results`, edward)).text;
    assert.match(results, />Rent first<\/a>/);
    assert.doesNotMatch(results, /Renting before buying/);
  });
});
