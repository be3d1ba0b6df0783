import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { enterInRegister } from '../../../../test/support/register.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { findPersonByAddress } from '../../accounts/store/people.ts';
import { setRole } from '../../accounts/use-cases/administer.ts';

const main = (html: string): string => html.slice(html.indexOf('<main')).replaceAll(/\s+/g, ' ');
const minute = 60_000;

describe('what is entered after the register has moved on', () => {
  let site: Site;
  let edward: Visitor;
  let nadia: Visitor;
  let piotr: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
    nadia = await site.as('nadia.administrator@department.example');
    piotr = await site.as('piotr.lead@example-awards.example');
    const other = await findPersonByAddress(site.ctx, 'nadia.administrator@department.example');
    await setRole(site.ctx, other?.id ?? '', 'editor', true);
  });
  after(() => site.close());
  const later = () => site.setTime(new Date(site.ctx.clock().getTime() + minute));
  const proposed = async (path: string, fields: Readonly<Record<string, string>>): Promise<string> => {
    later();
    const answer = await site.post(path, { basis: 'A decision', ...fields }, edward);
    assert.equal(answer.status, 303, main(answer.text).slice(0, 900));
    return answer.to.replace('?done=proposed', '');
  };
  const decided = (proposal: string) => {
    later();
    return site.post(proposal, { decision: 'enter', note: '' }, nadia);
  };
  const enter = async (path: string, fields: Readonly<Record<string, string>>): Promise<void> => {
    const answer = await decided(await proposed(path, fields));
    assert.equal(answer.status, 303, main(answer.text).slice(0, 900));
  };
  const entry = async (id: string, query = '') => main((await site.get(`/register/${id}${query}`)).text);
  const offerOf = async (page: Promise<string>, id: string) =>
    (await page).split(`id="offer-${id}"`)[1]?.split('</li>')[0] ?? 'no such offer';

  it('takes no word of an awarding organisation back that came after the proposal', async () => {
    const offer = '999-0001-1-southgate';
    const change = await proposed('/register/999-0001-1/edit/offer', {
      offer,
      ukprn: '19999902',
      site: 'Riverside',
      mode: 'full-time',
      from: '2026-05-01',
    });
    later();
    const confirm = { offer, confirmedOn: '2026-11-20', confirmedWith: 'Centre approval' };
    for (const _ of [1, 2])
      assert.equal((await site.post('/register/999-0001-1/edit/confirm', confirm, piotr)).status, 303);
    const page = main((await site.get(change, nadia)).text);
    assert.match(page, /The register has changed since/);
    assert.doesNotMatch(page, /value="enter"/);
    const late = await decided(change);
    assert.equal(late.status, 422);
    assert.match(main(late.text), /propose anew/);
    assert.match(await offerOf(entry('999-0001-1'), offer), /Confirmed by Example Awards/);
    assert.equal((await site.post(change, { decision: 'decline', note: 'Late' }, nadia)).status, 303);
  });

  it('says to whoever opened a form before that they look again, and to an awarding organisation too', async () => {
    const opened = /name="opened" value="([^"]+)"/.exec(
      (await site.get('/register/999-0004-4/edit/details', edward)).text,
    )?.[1];
    assert.ok(opened);
    const details = { title: 'Level 4 Diploma in Network Installation', level: '4', from: '2026-11-01' };
    const known = { numbers: '999/0004/4', awardingOrganisation: 'Sample Awards' };
    await enter('/register/999-0004-4/edit/details', { ...details, ...known, credits: '90' });
    const stale = await site.post(
      '/register/999-0004-4/edit/details',
      { ...details, ...known, credits: '120', opened, basis: 'x' },
      edward,
    );
    assert.equal(stale.status, 422);
    assert.match(main(stale.text), /has changed since you opened this form/);
    assert.match(stale.text, /value="120"/);

    const form = (await site.get('/register/999-0001-1/edit/confirm?offer=999-0001-1-southgate', piotr)).text;
    const seen = /name="opened" value="([^"]+)"/.exec(form)?.[1] ?? '';
    await enter('/register/999-0001-1/edit/offer', {
      offer: '999-0001-1-southgate',
      ukprn: '19999902',
      site: 'Another place',
      mode: 'full-time',
      from: '2026-05-01',
    });
    const confirmed = await site.post(
      '/register/999-0001-1/edit/confirm',
      { offer: '999-0001-1-southgate', confirmedOn: '2026-11-21', confirmedWith: 'Letter', opened: seen },
      piotr,
    );
    assert.equal(confirmed.status, 422);
    assert.match(await offerOf(entry('999-0001-1'), '999-0001-1-southgate'), /Not confirmed/);
  });

  it('refuses a confirmation of a coming day', async () => {
    const ahead = { offer: '999-0001-1-southgate', confirmedOn: '2030-01-01', confirmedWith: 'Letter' };
    const answer = await site.post('/register/999-0001-1/edit/confirm', ahead, piotr);
    assert.equal(answer.status, 422);
    assert.match(answer.text, /a day that is still to come/);
  });

  it('keeps the end of an offer through its confirmation and through a change', async () => {
    await enter('/register/999-0001-1/edit/offer', {
      ukprn: '19999904',
      site: 'Harbour',
      mode: 'part-time',
      from: '2026-02-01',
      until: '2037-08-01',
    });
    const id = /id="offer-(999-0001-1-19999904-harbour[^"]*)"/.exec(await entry('999-0001-1'))?.[1] ?? assert.fail();
    later();
    await site.post(
      '/register/999-0001-1/edit/confirm',
      { offer: id, confirmedOn: '2026-11-20', confirmedWith: 'Letter' },
      piotr,
    );
    assert.match(await offerOf(entry('999-0001-1', '?on=2037-07-31'), id), /Confirmed by Example Awards/);
    assert.equal(await offerOf(entry('999-0001-1', '?on=2037-08-01'), id), 'no such offer');
    const form = (await site.get(`/register/999-0001-1/edit/offer?offer=${id}`, edward)).text;
    assert.match(form, /id="until"[^>]*value="2037-08-01"/);
    assert.match(await offerOf(entry('999-0001-1'), id), /until 1 August 2037/);
    assert.match(main((await site.get('/providers/19999904')).text), /until 1 August 2037/);
  });

  it('is told to both providers where an offer goes from one to the other', async () => {
    const offer = { site: 'Station', mode: 'part-time', from: '2026-02-01' };
    await enter('/register/999-0001-1/edit/offer', { ...offer, ukprn: '19999904' });
    const id = /id="offer-(999-0001-1-19999904-station[^"]*)"/.exec(await entry('999-0001-1'))?.[1] ?? assert.fail();
    await sql`delete from pgboss.job where name = 'platform.deliver-event'`.execute(site.ctx.db);
    await enter('/register/999-0001-1/edit/offer', { ...offer, ukprn: '19999902', offer: id });
    assert.match(await offerOf(entry('999-0001-1'), id), /Southgate Institute/);
    const { rows } = await sql<{ ukprn: string }>`select distinct data->'data'->>'ukprn' as ukprn from pgboss.job
      where name = 'platform.deliver-event' order by 1`.execute(site.ctx.db);
    assert.deepEqual(
      rows.map((row) => row.ukprn),
      ['19999902', '19999904'],
    );
  });

  it('ends with a withdrawal, and with a closing, what was to begin later', async () => {
    await enter('/register/999-0002-2/edit/offer', {
      ukprn: '19999904',
      site: 'Next year',
      mode: 'part-time',
      from: '2037-09-01',
    });
    await enter('/register/999-0005-5/edit/offer', {
      ukprn: '19999904',
      site: 'Next year',
      mode: 'part-time',
      from: '2037-09-01',
    });
    assert.match(await entry('999-0002-2', '?on=2037-09-01'), /Next year/);
    await enter('/register/999-0002-2/edit/withdrawal', { on: '2037-01-31', reason: 'quality' });
    assert.doesNotMatch(await entry('999-0002-2', '?on=2037-09-01'), /Next year/);
    await enter('/providers/19999904/close', { closedOn: '2036-12-31' });
    assert.doesNotMatch(await entry('999-0005-5', '?on=2037-09-01'), /Next year/);
    // A correction of what is to end by then leaves the end as it is.
    const approval = { occupation: 'ST9002', cycle: '5.1', firstTeach: '2026-09-02' };
    const now = /Cycle<\/th>.*?<td[^>]*>([^<]+)<\/td><td[^>]*>(\d+ \w+ \d+)/.exec(await entry('999-0002-2'));
    await enter('/register/999-0002-2/edit/approval', {
      ...approval,
      cycle: now?.[1] ?? '',
      approvedOn: now?.[2] ?? '',
      firstTeach: '2026-09-02',
    });
    assert.match(await entry('999-0002-2', '?on=2037-02-01'), /approval was withdrawn on 31 January 2037/);
  });

  it('puts the day of an approval right, and keeps the one of an earlier cycle', async () => {
    const days = ['2024-01-20', '2024-03-05'];
    const approval = { occupation: 'ST9003', firstTeach: '2027-09-01' };
    await enter('/register/999-0001-1/edit/approval', { ...approval, cycle: '4', approvedOn: '2024-01-15' });
    await enter('/register/999-0001-1/edit/approval', { ...approval, cycle: '4', approvedOn: '2024-03-01' });
    const approvedOn = async (on: string) =>
      /Community testing coordinator/.test((await entry('999-0001-1', `?on=${on}`)).split('id="before"')[0] ?? '');
    assert.deepEqual(await Promise.all(days.map(approvedOn)), [false, true]);
    await enter('/register/999-0001-1/edit/approval', { ...approval, cycle: '5.2', approvedOn: '2026-10-01' });
    assert.match(await entry('999-0001-1', '?on=2026-09-30'), /<td[^>]*>4<\/td><td[^>]*>1 March 2024/);
    assert.match(await entry('999-0001-1'), /<td[^>]*>5\.2<\/td><td[^>]*>1 October 2026/);
    const early = await site.post(
      '/register/999-0001-1/edit/approval',
      { ...approval, cycle: '1', approvedOn: '2019-01-01', basis: 'x' },
      edward,
    );
    assert.equal(early.status, 422);
    assert.match(main(early.text), /only from a later day on/);
  });

  it('approves nothing again by the way that was withdrawn', async () => {
    const again = { occupation: 'ST9001', cycle: '4', firstTeach: '2027-09-01', basis: 'x' };
    const path = '/register/999-0003-3/edit/approval';
    const old = await site.post(path, { ...again, approvedOn: '2023-12-01' }, edward);
    assert.equal(old.status, 422);
    assert.match(main(old.text), /It was withdrawn on 30 June 2026/);
    await enter(path, { ...again, approvedOn: '2026-11-02' });
    assert.match(await entry('999-0003-3'), /It has been approved again since/);
    assert.match(await entry('999-0003-3', '?on=2026-08-01'), /approval was withdrawn on 30 June 2026/);
  });

  it('takes no number that another qualification has, however it is written, and none that is no number', async () => {
    const fields = { title: 'Level 4 Diploma in Anything', level: '4', awardingOrganisation: 'Y', from: '2026-01-01' };
    for (const [numbers, words] of [
      ['999/0099/9, 99900022', /holds this number already: Level/],
      ['/', /enter one with digits or letters/],
      ['9'.repeat(3000), /Numbers: enter at most 300 characters/],
    ] as const) {
      const answer = await site.post('/register/new', { ...fields, numbers, basis: 'x' }, edward);
      assert.equal(answer.status, 422, numbers);
      assert.match(main(answer.text), words);
    }
    const details = await site.post(
      '/register/999-0001-1/edit/details',
      { ...fields, numbers: '999/0001/1, 999/0002/2', basis: 'x' },
      edward,
    );
    assert.match(main(details.text), /holds this number already/);
  });

  it('has the answer to a change on the change itself', async () => {
    await enter('/register/999-0001-1/edit/change', {
      size: 'major',
      what: 'A unit on cabling is added',
      proposedOn: '2026-09-01',
      answer: 'waiting',
    });
    const page = (await site.get('/register/999-0001-1', edward)).text;
    const answerHref = /href="([^"]+change=[^"]+)">Enter the answer/.exec(page)?.[1]?.replaceAll('&amp;', '&');
    assert.ok(answerHref);
    const form = (await site.get(answerHref, edward)).text;
    const change = /name="change" value="([^"]+)"/.exec(form)?.[1] ?? assert.fail();
    assert.match(form, /A unit on cabling is added<\/textarea>/);
    const fields = { change, size: 'major', what: 'A unit on cabling is added', proposedOn: '2026-09-01' };
    const without = await site.post(
      '/register/999-0001-1/edit/change',
      { ...fields, answer: 'accepted', basis: 'x' },
      edward,
    );
    assert.match(without.text, /Enter the day on which it was answered/);
    await enter('/register/999-0001-1/edit/change', { ...fields, answer: 'accepted', answeredOn: '2026-11-10' });
    assert.equal((await entry('999-0001-1')).match(/A unit on cabling is added/g)?.length, 1);
    assert.match(await entry('999-0001-1'), /Accepted on 10 November 2026/);
    assert.match(await entry('999-0001-1', '?on=2026-10-01'), /Proposed; not answered yet/);
  });
});

describe('an offer that begins later', () => {
  it('stands on its entry before, and is changed and confirmed there', async () => {
    const site = await openSite('example');
    const edward = await site.as('edward.editor@department.example');
    const piotr = await site.as('piotr.lead@example-awards.example');
    const later = () => site.setTime(new Date(site.ctx.clock().getTime() + minute));
    const send = async (path: string, fields: Readonly<Record<string, string>>, as: Visitor): Promise<string> => {
      later();
      const answer = await site.post(path, fields, as);
      assert.equal(answer.status, 303, main(answer.text).slice(0, 900));
      return answer.to;
    };
    const offer = { ukprn: '19999904', site: 'Next year', mode: 'part-time', from: '2037-09-01' };
    const enter = (fields: Readonly<Record<string, string>>) =>
      enterInRegister(site, edward, '/register/999-0001-1/edit/offer', fields, later);
    await enter(offer);
    const toCome = async (as?: Visitor) =>
      main((await site.get('/register/999-0001-1', as)).text)
        .split('What begins later')[1]
        ?.split('</section>')[0] ?? 'nothing begins later';
    assert.match(await toCome(), /Next year.*From 1 September 2037; Part time/);
    assert.doesNotMatch(await toCome(), /Confirm it/);
    const linked = async (words: string, as: Visitor) =>
      new RegExp(`href="([^"]+)">${words}`).exec(await toCome(as))?.[1]?.replaceAll('&amp;', '&') ?? assert.fail(words);
    const hidden = async (path: string, as: Visitor) => {
      const form = (await site.get(path, as)).text;
      const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '';
      return { offer: value('offer'), begins: value('begins') };
    };
    const change = await hidden(await linked('Change it', edward), edward);
    await enter({ ...offer, ...change, site: 'Harbour' });
    assert.match(await toCome(), /Harbour/);
    assert.doesNotMatch(await toCome(), /Next year/);
    const confirm = await hidden(await linked('Confirm it', piotr), piotr);
    const word = { ...confirm, confirmedOn: '2026-11-20', confirmedWith: 'Centre approval' };
    assert.match(await send('/register/999-0001-1/edit/confirm', word, piotr), /#later-.*-2037-09-01$/);
    assert.match(await toCome(), /Confirmed by Example Awards/);
    assert.match(main((await site.get('/register/999-0001-1?on=2037-09-01')).text), /Harbour/);
    await site.close();
  });
});

describe('a procedural review', () => {
  let site: Site;
  let edward: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
  });
  after(() => site.close());
  const later = () => site.setTime(new Date(site.ctx.clock().getTime() + minute));
  const enter = (path: string, fields: Readonly<Record<string, string>>) =>
    enterInRegister(site, edward, path, fields, later);
  const page = async (query = '') => main((await site.get(`/register/999-0001-1${query}`)).text);
  const review = '/register/999-0001-1/edit/review';

  it('is asked for, and answered, on the withdrawal', async () => {
    await enter('/register/999-0001-1/edit/offer', {
      ukprn: '19999904',
      site: 'Next year',
      mode: 'part-time',
      from: '2037-09-01',
      until: '2039-08-01',
    });
    const before = await page('?on=2037-10-01');
    assert.match(before, /Next year/);
    await enter('/register/999-0001-1/edit/withdrawal', { on: '2026-11-20', reason: 'quality' });
    const list = (await site.get('/register/cases', edward)).text;
    const path =
      /href="(\/register\/cases\/[0-9a-f-]+)">Approval of [^<]* is withdrawn/.exec(list)?.[1] ?? assert.fail();
    assert.match((await site.get(path, edward)).text, /edit\/review\?withdrawal=2026-11-20"/);
    assert.equal((await site.get(`${review}?withdrawal=2020-01-01`, edward)).status, 404);
    const wish = { withdrawal: '2026-11-20', askedOn: '2026-11-21' };
    const early = await site.post(review, { ...wish, outcome: 'upheld', basis: 'x' }, edward);
    assert.match(early.text, /Enter the day on which it was answered/);
    await enter(review, { ...wish, outcome: 'waiting' });
    assert.match(await page(), /A procedural review was asked for on 21 November 2026, and is not answered yet/);
    assert.doesNotMatch(await page('?on=2026-11-20'), /procedural review was asked/);
    await enter(review, { ...wish, outcome: 'upheld', answeredOn: '2026-11-23', words: 'Every step was kept.' });
    assert.match(await page(), /was answered on 23 November 2026: the withdrawal stands\. Every step was kept/);
    assert.equal((await page()).match(/Approval was withdrawn on/g)?.length, 1);
  });

  it('that takes it back lets stand again what the withdrawal ended, as it was', async () => {
    assert.match(await page(), /No provider is entered/);
    const list = (await site.get('/register/cases', edward)).text;
    const path =
      /href="(\/register\/cases\/[0-9a-f-]+)">Approval of [^<]* is withdrawn/.exec(list)?.[1] ?? assert.fail();
    assert.doesNotMatch(main((await site.get(path, edward)).text), /was taken back|Approval stands/);
    await enter(review, {
      withdrawal: '2026-11-20',
      askedOn: '2026-11-21',
      outcome: 'taken-back',
      answeredOn: '2026-11-23',
    });
    assert.match(await page(), /It is a Higher Technical Qualification for Community network technician/);
    assert.match(await page(), /Confirmed by Example Awards/);
    assert.doesNotMatch(await page(), /was withdrawn/);
    assert.match(await page('?on=2037-10-01'), /Next year/);
    assert.doesNotMatch(await page('?on=2039-08-01'), /Next year/);
    const open = main((await site.get(path, edward)).text);
    assert.match(open, /The withdrawal was taken back: approval stands\. Write to those who were told/);
    assert.match(open, /value="Approval stands: Level 4 Diploma in Community Networks"/);
    assert.doesNotMatch(open, /the quality mark comes off every page/);
    // No end of it is left: who changes the offer would end it with the form.
    const form = (await site.get('/register/999-0001-1/edit/offer?offer=999-0001-1-northfield', edward)).text;
    assert.match(form, /name="from"[^>]* value="2024-01-15"/);
    assert.match(form, /name="until" (?![^>]*value="[^"])/);
    assert.match(main((await site.get('/register/999-0001-1/history')).text), /Procedural review asked for on/);
  });
});
