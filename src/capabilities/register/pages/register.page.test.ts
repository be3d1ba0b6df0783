import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { rolledBack } from '../../../../test/support/stores.ts';
import { findPersonByAddress } from '../../accounts/store/people.ts';
import { setRole } from '../../accounts/use-cases/administer.ts';
import { asListed } from '../domain/listed-entry.ts';
import { noFilters } from '../domain/register-filters.ts';
import { findAsOf, findStanding } from '../store/find-entries.ts';
import { makeAllFindable } from '../use-cases/enter-facts.ts';
import { listRegister } from '../use-cases/find-register.ts';
import { findRegisterOffers, markFacts, offersOf } from '../use-cases/for-neighbours.ts';
import { openCasesFor } from '../use-cases/hear-standards.ts';
import { asOfToday, readEntries } from '../use-cases/read-register.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('the register', () => {
  let site: Site;
  let editor: Visitor;
  before(async () => {
    site = await openSite('example');
    editor = await site.as('edward.editor@department.example');
  });
  after(() => site.close());

  /** The proposal that a form led to. */
  const sendForm = async (path: string, fields: Readonly<Record<string, string>>): Promise<string> => {
    const answer = await site.post(path, { basis: 'A decision', ...fields }, editor);
    assert.equal(
      answer.status,
      303,
      answer.text.slice(answer.text.indexOf('<main'), answer.text.indexOf('<main') + 800),
    );
    return answer.to.replace('?done=proposed', '');
  };
  const enter = async (path: string, fields: Readonly<Record<string, string>>) => {
    const proposal = await sendForm(path, fields);
    return site.post(proposal, { decision: 'enter', note: '' }, editor);
  };

  it('lists what is approved, narrows it, and says whether it is the source', async () => {
    const all = main((await site.get('/register')).text);
    assert.match(all, /5 qualifications/);
    assert.match(all, /This register is the source/);
    assert.match(main((await site.get('/register?words=netw+north')).text), /2 qualifications/);
    assert.match(main((await site.get('/register?state=withdrawn')).text), /Network Support/);
    assert.match(main((await site.get('/register?region=London&mode=full-time')).text), /1 qualification</);
    assert.match(main((await site.get('/register?words=nothing-like-this')).text), /No qualification has all of these/);
    assert.match(
      main((await site.get('/register?first-teach-by=2024-12-31&awarding=sample')).text),
      /1 qualification</,
    );
  });

  it('finds by the facts what it finds by what is written for the search', async () => {
    const asOf = { on: site.ctx.clock().toISOString().slice(0, 10), known: null };
    const part = { skip: 0, take: 50 };
    for (const filters of [
      noFilters,
      { ...noFilters, words: 'northfield' },
      { ...noFilters, words: 'community tech' },
      { ...noFilters, words: 'the networks' },
      { ...noFilters, words: '999/0004/4' },
      { ...noFilters, route: 'Digital' },
      { ...noFilters, level: 5 },
      { ...noFilters, occupation: 'ST9001' },
      { ...noFilters, provider: '19999902' },
      { ...noFilters, provider: 'southgate inst' },
      { ...noFilters, region: 'London' },
      { ...noFilters, town: 'northfield' },
      { ...noFilters, mode: 'part-time' as const },
      { ...noFilters, firstTeachBy: '2024-12-31' },
      { ...noFilters, state: 'approved' as const },
      { ...noFilters, state: 'withdrawn' as const },
      { ...noFilters, awardingOrganisation: 'sample' },
    ]) {
      const [one, other] = [
        await findStanding(site.ctx, asOf.on, filters, part),
        await findAsOf(site.ctx, asOf, filters, part),
      ];
      assert.ok(one);
      assert.equal(one.total, other.total);
      // What it says of them is what the facts say.
      const byFacts = (await readEntries(site.ctx, asOf, other.ids)).map((one) => asListed(one, asOf.on));
      const byId = (a: { readonly id: string }, b: { readonly id: string }) => a.id.localeCompare(b.id);
      assert.deepEqual(one.entries.toSorted(byId), byFacts.toSorted(byId), JSON.stringify(filters));
    }
  });

  it('goes by the facts on a day that the night’s job has not begun yet', async () => {
    await rolledBack(site.ctx, async (ctx) => {
      const later = { ...ctx, clock: () => new Date(ctx.clock().getTime() + 86_400_000) };
      const { on } = asOfToday(later);
      const part = { skip: 0, take: 50 };
      assert.equal(await findStanding(later, on, noFilters, part), null);
      const asked = [later, { on, known: null }, true, noFilters, part] as const;
      const before = await listRegister(...asked);
      assert.ok(before.total > 3);
      await makeAllFindable(later);
      assert.ok(await findStanding(later, on, noFilters, part));
      assert.deepEqual(await listRegister(...asked), before);
    });
  });

  it('reads as it stood, and as it was known, on a day', async () => {
    const then = main((await site.get('/register/999-0003-3?on=2026-01-15')).text);
    assert.match(then, /It is a Higher Technical Qualification for/);
    assert.match(then, /as it stood on 15 January 2026/);
    assert.match(main((await site.get('/register/999-0003-3')).text), /approval was withdrawn on 30 June 2026/);
    // Before anyone knew of the withdrawal, the day after it was still an approved one.
    assert.match(
      main((await site.get('/register/999-0003-3?on=2026-07-01&known=2026-07-01')).text),
      /It is a Higher Technical/,
    );
    const before = main((await site.get('/register/999-0001-1?on=2023-12-01&known=2023-01-15')).text);
    assert.match(before, /1 October 2024/);
    assert.match(main((await site.get('/register/999-0001-1?on=2023-12-01')).text), /1 September 2024/);
    assert.equal((await site.get('/register/999-0001-1?on=2020-01-01')).status, 404);
    assert.match(main((await site.get('/register?on=yesterday')).text), /enter a day, such as 1\/9\/2025/);
    assert.match(main((await site.get('/register?on=2022-12-31')).text), /2 qualifications/);
    assert.match(main((await site.get('/register/999-0001-1/history')).text), /Believed until 1 February 2023/);
  });

  it('has a page for each provider and occupation, files, a feed and a comparison', async () => {
    assert.match(main((await site.get('/providers/19999903')).text), /It closed on 31 March 2026/);
    assert.match(
      main((await site.get('/providers/19999903?on=2025-12-01')).text),
      /delivers 1 approved and confirmed HTQ/,
    );
    assert.match(main((await site.get('/occupations/ST9001')).text), /2 qualifications are approved/);
    assert.match(main((await site.get('/occupations/ST9001?on=2026-01-01')).text), /3 qualifications are approved/);
    const compared = main(
      (await site.get('/register/compare?id=999-0001-1&id=999-0005-5&id=999-0002-2&id=999-0003-3&id=999-0004-4')).text,
    );
    assert.match(compared, /The first 4 of the 5/);
    assert.match(compared, /Part time|Full time or part time/);
    assert.match(main((await site.get('/register/compare?id=999-0001-1')).text), /Tick two to four/);
    const data = JSON.parse((await site.get('/register.json?occupation=ST9002')).text);
    assert.equal(data.qualifications.length, 1);
    assert.deepEqual(data.register, { kind: 'authority' });
    assert.match((await site.get('/register.csv?on=2022-12-31')).text, /999\/0001\/1/);
    assert.match((await site.get('/register/updates.atom')).text, /Withdrawn: Level 4 Certificate in Network Support/);
    assert.equal(
      JSON.parse((await site.get('/register/999-0001-1/record')).text).offers[0].provider.name,
      'Northfield College',
    );
    assert.match((await site.get('/search?q=Community+Networks&kind=register-entry')).text, /Level 4 Diploma in/);
  });

  it('tells the quality mark what it needs', async () => {
    const on = '2026-11-23';
    const asked = { qualification: '999-0001-1', ukprn: '19999901', occupation: 'ST9001', on };
    const facts = await markFacts(site.ctx, asked);
    assert.equal(facts?.approval?.firstTeach, '2024-09-01');
    assert.equal(facts?.offer?.confirmedBy, 'Example Awards');
    assert.equal(facts?.occupation.title, 'Community network technician');
    assert.equal((await markFacts(site.ctx, { ...asked, ukprn: '19999902' }))?.offer?.confirmedBy, null);
    assert.equal((await markFacts(site.ctx, { ...asked, occupation: 'ST9002' }))?.approval, null);
    assert.deepEqual(
      (await markFacts(site.ctx, { ...asked, qualification: '999-0003-3', ukprn: '19999902' }))?.withdrawal,
      { on: '2026-06-30', reason: 'The awarding organisation withdrew it' },
    );
    assert.equal(await markFacts(site.ctx, { ...asked, qualification: 'nothing' }), null);
    assert.equal(await markFacts(site.ctx, { ...asked, ukprn: '10000000' }), null);
    assert.equal((await offersOf(site.ctx, '19999901', on)).length, 3);
    assert.equal((await findRegisterOffers(site.ctx, { occupation: 'ST9001', region: 'South East', on })).length, 2);
    assert.equal((await findRegisterOffers(site.ctx, { route: 'Health and science', on })).length, 1);
  });

  it('is edited with a second person’s check, and what is wrong is told beside the field', async () => {
    const wrong = await site.post(
      '/register/999-0001-1/edit/approval',
      { occupation: 'ST9003', cycle: '6', approvedOn: '2026-10-01', firstTeach: '2026-09-01', basis: '' },
      editor,
    );
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /First teach cannot be before/);
    assert.match(wrong.text, /value="2026-10-01"/);
    const fields = {
      occupation: 'st9003',
      cycle: '6',
      approvedOn: '2026-10-01',
      firstTeach: '2028-09-01',
      id: '00000000-0000-4000-8000-0000000000e1',
    };
    const proposal = await sendForm('/register/999-0001-1/edit/approval', fields);
    assert.equal(await sendForm('/register/999-0001-1/edit/approval', fields), proposal);
    assert.match(main((await site.get(proposal, editor)).text), /Community testing coordinator/);
    // Another editor is there: nobody enters what they proposed.
    const other = await findPersonByAddress(site.ctx, 'nadia.administrator@department.example');
    const administrator = await site.as('nadia.administrator@department.example');
    assert.ok(other);
    await setRole(site.ctx, other.id, 'editor', true);
    const own = await site.post(proposal, { decision: 'enter', note: '' }, editor);
    assert.equal(own.status, 422);
    assert.match(own.text, /there are other editors/);
    assert.equal(
      (
        await markFacts(site.ctx, {
          qualification: '999-0001-1',
          ukprn: '19999901',
          occupation: 'ST9003',
          on: '2026-11-23',
        })
      )?.approval,
      null,
    );
    assert.equal((await site.post(proposal, { decision: 'enter', note: '' }, administrator)).status, 303);
    assert.equal(
      (
        await markFacts(site.ctx, {
          qualification: '999-0001-1',
          ukprn: '19999901',
          occupation: 'ST9003',
          on: '2026-11-23',
        })
      )?.approval?.cycle,
      '6',
    );
    assert.match(
      (await site.post(proposal, { decision: 'enter', note: '' }, administrator)).text,
      /Someone has decided meanwhile/,
    );
    await setRole(site.ctx, other.id, 'editor', false);
    assert.ok((await keptMail(site.ctx, 500)).some((one) => /Entered in the register/.test(one.subject)));
  });

  it('counts an offer once its awarding organisation confirmed it, and no one else can', async () => {
    const path = '/register/999-0001-1/edit/confirm';
    const fields = { offer: '999-0001-1-southgate', confirmedOn: '2026-11-20', confirmedWith: 'Centre approval' };
    assert.equal((await site.post(path, fields, await site.as('amina.lead@northfield.example'))).status, 403);
    const piotr = await site.as('piotr.lead@example-awards.example');
    assert.equal(
      (await site.post('/register/999-0004-4/edit/confirm', { ...fields, offer: '999-0004-4-northfield' }, piotr))
        .status,
      403,
    );
    assert.equal((await site.get('/register/999-0001-1/edit/details', piotr)).status, 403);
    assert.equal((await site.get(`${path}?offer=999-0001-1-southgate`, piotr)).status, 200);
    assert.equal((await site.post(path, fields, piotr)).status, 303);
    assert.equal(
      (
        await markFacts(site.ctx, {
          qualification: '999-0001-1',
          ukprn: '19999902',
          occupation: 'ST9001',
          on: '2026-11-23',
        })
      )?.offer?.confirmedBy,
      'Example Awards',
    );
    // Another site waits for its word anew.
    await enter('/register/999-0001-1/edit/offer', {
      offer: '999-0001-1-southgate',
      ukprn: '19999902',
      site: 'Southgate annexe',
      mode: 'part-time',
      from: '2026-05-01',
    });
    assert.equal(
      (
        await markFacts(site.ctx, {
          qualification: '999-0001-1',
          ukprn: '19999902',
          occupation: 'ST9001',
          on: '2026-11-23',
        })
      )?.offer?.confirmedBy,
      null,
    );
  });

  it('takes in a new qualification, its offer and a change, and withdraws it with a case', async () => {
    await enter('/register/new', {
      title: 'Level 4 Diploma in Fixtures',
      numbers: '999/0077/7',
      level: '4',
      awardingOrganisation: 'Example Awards',
      from: '2026-01-01',
    });
    await enter('/register/999-0077-7/edit/approval', {
      occupation: 'ST9001',
      cycle: '5.2',
      approvedOn: '2026-02-01',
      firstTeach: '2026-09-01',
    });
    await enter('/register/999-0077-7/edit/offer', {
      ukprn: '19999905',
      providerName: 'Fixture College',
      site: 'Main',
      mode: 'either',
      from: '2026-03-01',
    });
    await enter('/register/999-0077-7/edit/change', {
      size: 'major',
      what: 'A unit',
      proposedOn: '2026-05-01',
      answer: 'waiting',
    });
    const page = main((await site.get('/register/999-0077-7')).text);
    assert.match(page, /Fixture College/);
    assert.match(page, /Proposed; not answered yet/);
    assert.match(
      (
        await site.post(
          '/register/new',
          { title: 'X', numbers: '999/0077/7', level: '4', awardingOrganisation: 'Y', from: '2026-01-01', basis: 'z' },
          editor,
        )
      ).text,
      /holds this number already/,
    );
    await enter('/register/999-0077-7/edit/withdrawal', { on: '2026-11-01', reason: 'quality' });
    assert.match(main((await site.get('/register/999-0077-7')).text), /approval was withdrawn on 1 November 2026/);
    assert.match((await site.get('/register/updates.atom')).text, /Withdrawn: Level 4 Diploma in Fixtures/);
    assert.match((await site.get('/search?q=Fixtures')).text, /Approval as an HTQ is withdrawn/);
    assert.match(
      main((await site.get('/register/cases', editor)).text),
      /Approval of Level 4 Diploma in Fixtures is withdrawn/,
    );
  });

  it('ends what a provider offered on the day on which it closed', async () => {
    assert.equal((await site.post('/providers/19999904/close', { closedOn: 'soon', basis: '' }, editor)).status, 422);
    await enter('/providers/19999904/close', { closedOn: '2026-11-02' });
    assert.match(main((await site.get('/providers/19999904')).text), /It closed on 2 November 2026/);
    assert.match(main((await site.get('/register/999-0005-5')).text), /No provider is entered/);
    assert.match(main((await site.get('/register/999-0005-5?on=2026-11-01')).text), /Eastmere University/);
  });

  it('opens a case on each qualification that a changed standard touches, once, and works through it', async () => {
    const change = {
      reference: 'ST9002',
      version: '2.0',
      title: 'Building services designer',
      level: 5,
      what: 're-levelled' as const,
      before: { version: '1.0', level: 4 },
    };
    const hear = () => site.ctx.transaction((inside) => openCasesFor(inside, change));
    assert.equal(await hear(), 'ST9002: 1 case opened.');
    assert.equal(await hear(), 'ST9002: 0 cases opened.');
    assert.match(
      await site.ctx.transaction((inside) => openCasesFor(inside, { ...change, what: 'corrected' })),
      /no case/,
    );
    const list = (await site.get('/register/cases', editor)).text;
    const path = /href="(\/register\/cases\/[0-9a-f-]+)">ST9002/.exec(list)?.[1] ?? assert.fail();
    const page = (await site.get(path, editor)).text;
    assert.match(page, /Look whether the qualification/);
    const owner = /<option value="([0-9a-f-]{36})">Edward Lin/.exec(page)?.[1] ?? assert.fail();
    assert.equal(
      (await site.post(`${path}/step`, { place: '1', due: '2026-13-01', owner, note: '' }, editor)).status,
      422,
    );
    await site.post(`${path}/step`, { place: '1', due: '2026-12-24', owner, note: 'By post', done: 'yes' }, editor);
    assert.match(main((await site.get(path, editor)).text), /24 December 2026; owner: Edward Lin; Done on/);
    const letter = {
      id: '00000000-0000-4000-8000-0000000000e2',
      toWhom: 'Example Awards',
      subject: 'The level',
      text: 'Dear all',
    };
    await site.post(`${path}/letter`, letter, editor);
    await site.post(`${path}/letter`, letter, editor);
    assert.equal(main((await site.get(path, editor)).text).match(/<strong>The level<\/strong>/g)?.length, 1);
    assert.equal((await site.post(`${path}/close`, { outcome: '' }, editor)).status, 422);
    const early = await site.post(`${path}/close`, { outcome: 'Approval stands' }, editor);
    assert.equal(early.status, 422);
    assert.match(early.text, /href="#anyway"/);
    assert.match(early.text, /steps are not done/);
    assert.match(early.text, /value="Approval stands"/);
    await site.post(`${path}/close`, { outcome: 'Approval stands', anyway: 'yes' }, editor);
    assert.match(main((await site.get('/register/999-0002-2')).text), /Closed on .*: Approval stands/);
    assert.equal(
      (await site.post(`${path}/step`, { place: '1', due: '2026-12-24', owner, note: '' }, editor)).status,
      404,
    );
  });
});
