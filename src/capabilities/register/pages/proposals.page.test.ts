import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readCsv } from '#platform/sheets/read-csv.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { findPersonByAddress } from '../../accounts/store/people.ts';
import { setRole } from '../../accounts/use-cases/administer.ts';

import { importRegister } from '../use-cases/import-register.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const minute = 60_000;

describe('what is put before a second person', () => {
  let site: Site;
  let edward: Visitor;
  let nadia: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
    nadia = await site.as('nadia.administrator@department.example');
    const other = await findPersonByAddress(site.ctx, 'nadia.administrator@department.example');
    await setRole(site.ctx, other?.id ?? '', 'editor', true);
  });
  after(() => site.close());
  const later = (minutes: number) => site.setTime(new Date(site.ctx.clock().getTime() + minutes * minute));
  const entered = async (path: string, fields: Readonly<Record<string, string>>): Promise<string> => {
    const answer = await site.post(path, { basis: 'A decision', ...fields }, edward);
    assert.equal(answer.status, 303, main(answer.text).slice(0, 800));
    return answer.to.replace('?done=proposed', '');
  };

  it('is an awarding organisation’s confirmation too, where an editor enters it', async () => {
    const form = main((await site.get('/register/999-0001-1/edit/confirm?offer=999-0001-1-southgate', edward)).text);
    assert.match(form, /You enter the word of Example Awards: a second editor checks it/);
    const proposal = await entered('/register/999-0001-1/edit/confirm', {
      offer: '999-0001-1-southgate',
      confirmedOn: '2026-11-20',
      confirmedWith: 'Letter of 20 November',
    });
    assert.match(proposal, /^\/register\/proposals\//);
    const offer = async () => main((await site.get('/register/999-0001-1')).text);
    assert.match(await offer(), /Not confirmed by the awarding organisation/);
    later(5);
    assert.equal((await site.post(proposal, { decision: 'enter', note: '' }, nadia)).status, 303);
    assert.match(await offer(), /Letter of 20 November; entered by an editor for Example Awards/);
    assert.doesNotMatch(await offer(), /Edward Lin/);
    const decided = main((await site.get(proposal, nadia)).text);
    assert.match(decided, /Proposed by Edward Lin/);
    assert.match(decided, /Entered by Nadia Rahman/);
  });

  it('is no title that holds the words for the mark, in a form or in a file', async () => {
    const details = {
      title: 'HTQ Diploma in Community Networks',
      numbers: '999/0001/1',
      level: '4',
      awardingOrganisation: 'Example Awards',
      from: '2026-11-01',
      basis: 'A letter',
    };
    const refused = await site.post('/register/999-0001-1/edit/details', details, edward);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /id="title-error"/);
    assert.match(refused.text, /The title holds “HTQ”/);
    const csv = (await site.get('/register.csv')).text.replace(
      'Level 4 Diploma in Community Networks',
      'Level 4 Diploma in Community Networks (HTQ)',
    );
    const read = readCsv('register.csv', new TextEncoder().encode(csv.replace(/^\uFEFF/, '')));
    const table =
      read.kind === 'ok' ? read.value.rows.map((row) => row.map((cell) => String(cell ?? ''))) : assert.fail();
    for (const dry of [true, false]) {
      const report = await importRegister(site.ctx, table, {
        source: 'x',
        asAt: null,
        dry,
        allowRemovals: false,
        allowOlder: false,
        confirmedBy: null,
      });
      assert.equal(report.written, false);
      assert.match(report.problems[0]?.message ?? '', /The title holds “HTQ”/);
      assert.match(report.problems[0]?.path ?? '', /^row \d+, title$/);
    }
  });

  it('takes days as they are written in Britain, in every form', async () => {
    const offer = { ukprn: '19999902', site: 'Dock', mode: 'part-time', from: '1 May 2026', firstTeach: '14/9/2026' };
    const proposal = await entered('/register/999-0004-4/edit/offer', offer);
    assert.match(main((await site.get(proposal, edward)).text), /14 September 2026/);
    await site.post(proposal, { decision: 'decline', note: 'A test' }, edward);
    const wrong = await site.post(
      '/register/999-0004-4/edit/offer',
      { ...offer, from: '31/2/2026', basis: 'x' },
      edward,
    );
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="31\/2\/2026"/);
    const closing = await entered('/providers/19999904/close', { closedOn: '31/7/2026' });
    assert.match(main((await site.get(closing, edward)).text), /31 July 2026/);
    await site.post(closing, { decision: 'decline', note: 'A test' }, edward);
  });

  it('leads to the entry also where that begins on a later day', async () => {
    const fields = { title: 'Level 4 Diploma in Later', numbers: '999/0077/7', level: '4', awardingOrganisation: 'Y' };
    const proposal = await entered('/register/new', { ...fields, from: '2037-01-01' });
    later(5);
    await site.post(proposal, { decision: 'enter', note: '' }, nadia);
    assert.match((await site.get(proposal, nadia)).text, /href="\/register\/999-0077-7\?on=2037-01-01">See the entry/);
  });

  it('tells its proposer before they try that another has to enter it, and lets them take it back', async () => {
    const proposal = await entered('/register/999-0004-4/edit/withdrawal', { on: '2026-11-20', reason: 'quality' });
    const own = main((await site.get(proposal, edward)).text);
    assert.match(own, /another editor has to check it/);
    assert.doesNotMatch(own, /no other editor here/);
    assert.doesNotMatch(own, /value="enter"/);
    assert.match(own, /Take it back/);
    assert.match(main((await site.get(proposal, nadia)).text), /value="enter"/);
    later(5);
    await site.post(proposal, { decision: 'enter', note: '' }, nadia);
    later(5);
    const decided = main((await site.get(proposal, nadia)).text);
    assert.match(decided, /Stood until then/);
    assert.match(decided, /Community network technician/, 'the approval that ended');
  });
});
