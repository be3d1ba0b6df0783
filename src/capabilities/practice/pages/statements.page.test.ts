import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { searchOrganisations } from '../../accounts/store/organisations.ts';
import { remindStatements } from '../use-cases/statements.ts';

describe('statements of providers', () => {
  let site: Site;
  let amina: Visitor;
  let organisation = '';
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
    organisation = (await searchOrganisations(site.ctx, 'northfield', 1)).found[0]?.id ?? '';
  });
  after(() => site.close());
  const dayFromNow = (days: number): string =>
    new Date(site.ctx.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const typed = (more: Readonly<Record<string, string>> = {}) => ({
    id: randomUUID(),
    organisation,
    text: 'Because <i>employers</i> ask for it.',
    approver: 'P. Principal',
    approverRole: 'principal',
    endsOn: dayFromNow(100),
    consent: 'yes',
    ...more,
  });

  it('needs a name, an agreement and a day, and comes once', async () => {
    const own = await openSite('own');
    assert.match((await own.get('/statements')).text, /No provider has said so here yet/);
    await own.close();
    const wrong = await site.post('/statements/new', typed({ approver: '', consent: '', endsOn: '2020-01-01' }), amina);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Name who approved it/);
    const long = await site.post('/statements/new', typed({ approver: 'P'.repeat(121) }), amina);
    assert.match(long.text, /href="#approver">Use up to 120 characters/);
    assert.match(wrong.text, /Say that both have agreed/);
    assert.match(wrong.text, /still to come/);
    assert.match(wrong.text, /Because &lt;i&gt;employers/);
    const other = (await searchOrganisations(site.ctx, 'southgate', 1)).found[0]?.id ?? '';
    assert.equal((await site.post('/statements/new', typed({ organisation: other }), amina)).status, 422);
    const one = typed();
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post('/statements/new', one, amina)).to, '/statements?done=made');
    const page = (await site.get('/statements')).text;
    assert.equal(page.match(/Because &lt;i&gt;employers/g)?.length, 1);
    assert.match(page, /P\. Principal, principal/);
    assert.doesNotMatch(page, /Withdraw it now/, 'for its provider alone');
  });

  it('stands apart from what four providers told in 2021, which is ours and says so', async () => {
    const page = (await site.get('/statements')).text;
    const [approved = '', summaries = ''] = page
      .slice(page.indexOf('<main'), page.indexOf('</main>'))
      .split('id="summaries"');
    for (const provider of ['Bedford College', 'Newcastle College', 'Nelson and Colne', 'Solihull College']) {
      assert.ok(summaries.includes(provider), provider);
      assert.ok(!approved.includes(provider), provider);
    }
    assert.doesNotMatch(summaries.replaceAll(/<[^>]*>/g, ''), /["“”‘]|Approved by/, 'no quotation, and no approver');
    assert.doesNotMatch(summaries, /<blockquote|govuk-inset-text/);
    assert.match(summaries, /Our summaries/);
    assert.match(summaries, /originals stand in Higher Technical Qualifications: provider delivery toolkit/);
    assert.match(summaries, /13 October 2021/);
  });

  it('takes its last day as people write it, and says when there is no such day', async () => {
    const inDays = (days: number, style: 'short' | 'long'): string =>
      new Date(site.ctx.clock().getTime() + days * 86_400_000).toLocaleDateString('en-GB', {
        day: style === 'short' ? '2-digit' : 'numeric',
        month: style === 'short' ? '2-digit' : 'long',
        year: 'numeric',
        timeZone: 'UTC',
      });
    const id = randomUUID();
    const made = await site.post(
      '/statements/new',
      typed({ id, text: 'As typed.', endsOn: inDays(90, 'short') }),
      amina,
    );
    assert.equal(made.to, '/statements?done=made');
    const until = async () =>
      /As typed\.[\s\S]*?Shown until ([^.<]+)/.exec((await site.get('/statements', amina)).text)?.[1];
    assert.equal(await until(), inDays(90, 'long'));
    const none = `31/02/${site.ctx.clock().getUTCFullYear() + 1}`;
    const wrong = await site.post('/statements/new', typed({ endsOn: none }), amina);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, new RegExp(`There is no such day as ${none}`));
    const prolonged = await site.post(`/statements/${id}/prolong`, { endsOn: none }, amina);
    assert.equal(prolonged.status, 422);
    assert.match(prolonged.text, new RegExp(`<details[^>]* open>[\\s\\S]*no such day[\\s\\S]*value="${none}"`));
    await site.post(`/statements/${id}/prolong`, { endsOn: inDays(120, 'long') }, amina);
    assert.equal(await until(), inDays(120, 'long'));
  });

  it('is withdrawn by its provider, and gone at that moment', async () => {
    const id = randomUUID();
    await site.post('/statements/new', typed({ id, text: 'For a while.' }), amina);
    const grace = await site.as('grace.lead@fenwick.example');
    assert.equal((await site.post(`/statements/${id}/withdraw`, {}, grace)).status, 403);
    assert.equal((await site.post(`/statements/${id}/withdraw`, {}, amina)).to, '/statements?done=withdrawn');
    assert.doesNotMatch((await site.get('/statements')).text, /For a while/);
  });

  it('is taken out by a moderator with a reason, which whoever brought it reads', async () => {
    const id = randomUUID();
    await site.post('/statements/new', typed({ id, text: 'Ring Jo on 01234 567890.' }), amina);
    const takeOut = (reason: string, who: Visitor) => site.post(`/statements/${id}/take-out`, { reason }, who);
    assert.equal((await takeOut('No', amina)).status, 403);
    const maya = await site.as('maya.moderator@department.example');
    assert.equal((await takeOut(' ', maya)).status, 422);
    const long = await takeOut(`It names ${'x'.repeat(500)}`, maya);
    assert.match(long.text, /<details[^>]* open>[\s\S]*Use up to 500 characters[\s\S]*value="It names x/);
    assert.match((await site.get('/statements')).text, /Ring Jo/);
    const mails = async () =>
      (await keptMail(site.ctx, 500)).filter((one) => /statement is taken out/.test(one.subject));
    assert.equal((await takeOut('It has somebody’s number', maya)).to, '/statements?done=taken-out');
    assert.equal((await takeOut('It has somebody’s number', maya)).status, 404, 'it is gone');
    assert.doesNotMatch((await site.get('/statements')).text, /Ring Jo/);
    assert.deepEqual(
      (await mails()).map((one) => one.to),
      ['amina.lead@northfield.example'],
    );
    assert.match(JSON.stringify(await mails()), /It has somebody’s number/);
  });

  it('ends on its day, with a reminder before, once; and can be prolonged', async () => {
    const id = randomUUID();
    await site.post('/statements/new', typed({ id, text: 'Until it ends.', endsOn: dayFromNow(40) }), amina);
    const reminders = async () =>
      (await keptMail(site.ctx, 500)).filter((one) => /statement ends on/.test(one.subject)).length;
    const start = site.ctx.clock().getTime();
    const at = (days: number) => site.setTime(new Date(start + days * 86_400_000));
    await remindStatements(site.ctx);
    assert.equal(await reminders(), 0);
    at(13);
    await remindStatements(site.ctx);
    await remindStatements(site.ctx);
    assert.equal(await reminders(), 1);
    const now = await site.as('amina.lead@northfield.example');
    assert.equal((await site.post(`/statements/${id}/prolong`, { endsOn: '2020-01-01' }, now)).status, 422);
    assert.equal((await site.post(`/statements/${id}/prolong`, { endsOn: dayFromNow(60) }, now)).status, 303);
    at(50);
    assert.match((await site.get('/statements')).text, /Until it ends/);
    at(74);
    assert.doesNotMatch((await site.get('/statements')).text, /Until it ends/);
    const later = await site.as('amina.lead@northfield.example');
    const ended = (await site.get('/statements', later)).text;
    assert.match(ended, /Ended: your provider alone sees these[\s\S]*Until it ends/);
    await site.post(`/statements/${id}/prolong`, { endsOn: dayFromNow(60) }, later);
    assert.match((await site.get('/statements')).text, /Until it ends/);
    // Whoever brought it has left: those who lead the provider are told.
    at(110);
    await sql`update practice.statement set person = null where id = ${id}`.execute(site.ctx.db);
    const before = await reminders();
    await remindStatements(site.ctx);
    const told = (await keptMail(site.ctx, 500)).filter((one) => /statement ends on \d+ \w+ \d{4}$/.test(one.subject));
    assert.ok((await reminders()) > before);
    assert.equal(told[0]?.to, 'amina.lead@northfield.example');
    at(74 + 60 + 31);
    await remindStatements(site.ctx);
    const rows = await sql`select 1 from practice.statement where id = ${id}`.execute(site.ctx.db);
    assert.equal(rows.rows.length, 0, 'a month after its last day it is deleted');
  });
});
