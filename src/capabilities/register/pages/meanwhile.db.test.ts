import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { asOfToday, readEntry } from '../use-cases/read-register.ts';

const minute = 60_000;

describe('an awarding organisation’s word and a second editor’s, sent at once', () => {
  let site: Site;
  let edward: Visitor;
  let piotr: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
    piotr = await site.as('piotr.lead@example-awards.example');
  });
  after(() => site.close());
  const later = () => site.setTime(new Date(site.ctx.clock().getTime() + minute));
  const offer = async () => {
    const entry = await readEntry(site.ctx, asOfToday(site.ctx), '999-0001-1');
    return entry?.offers.find((one) => one.id === '999-0001-1-southgate') ?? assert.fail();
  };
  const propose = async (place: string): Promise<string> => {
    const fields = { offer: '999-0001-1-southgate', ukprn: '19999902', site: place, mode: 'full-time' };
    const sent = { ...fields, from: '2026-05-01', basis: 'A letter' };
    const answer = await site.post('/register/999-0001-1/edit/offer', sent, edward);
    assert.equal(answer.status, 303);
    return answer.to.replace('?done=proposed', '');
  };

  it('follow one another: what the later one did not see stops it', async () => {
    for (let round = 1; round <= 6; round += 1) {
      later();
      const proposal = await propose(`Place ${round}`);
      const opened = site.ctx.clock().toISOString();
      later();
      const word = {
        offer: '999-0001-1-southgate',
        confirmedOn: '2026-11-20',
        confirmedWith: `Letter ${round}`,
        opened,
      };
      const both = [
        () => site.post('/register/999-0001-1/edit/confirm', word, piotr),
        () => site.post(proposal, { decision: 'enter', note: '' }, edward),
      ];
      const answers = await Promise.all((round % 2 === 0 ? both.toReversed() : both).map((send) => send()));
      const [confirmed, entered] = round % 2 === 0 ? answers.toReversed() : answers;
      assert.deepEqual([confirmed?.status, entered?.status].toSorted(), [303, 422], `round ${round}`);
      const now = await offer();
      if (confirmed?.status === 303)
        assert.deepEqual([now.confirmedWith, now.site === `Place ${round}`], [`Letter ${round}`, false]);
      else assert.deepEqual([now.site, now.confirmedWith], [`Place ${round}`, null]);
      if (entered?.status === 422) await site.post(proposal, { decision: 'decline', note: 'Late' }, edward);
    }
  });
});
