import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const fenwick = '/employers/00000000-0000-4000-8000-0000000e0001';
const harbour = '/employers/00000000-0000-4000-8000-0000000e0101';
const oakvale = '/employers/00000000-0000-4000-8000-0000000e0005';

describe('sharing employers', () => {
  let site: Site;
  let amina: Visitor;
  let ruth: Visitor;
  let piotr: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
    ruth = await site.as('ruth.lead@southgate.example');
    piotr = await site.as('piotr.lead@example-awards.example');
  });
  after(() => site.close());

  it('shows nothing but the name before it is accepted, then the record without meetings, and nothing once it ended', async () => {
    assert.equal((await site.get(harbour, amina)).status, 404);
    const list = await site.get('/employers', amina);
    assert.match(
      list.text,
      /Southgate Institute<\/strong> offers to share its record of <strong>Harbour Light Systems/,
    );
    const accept = /action="(\/employers\/sharing\/[0-9a-f-]+\/accept)"/.exec(list.text)?.[1] ?? '';
    assert.equal((await site.post(accept, {}, piotr)).status, 404, 'nobody else accepts it');
    assert.equal((await site.post(accept, {}, amina)).to, `${harbour}?done=accepted`);
    const { text } = await site.get(harbour, amina);
    assert.match(text, /Shared with you by Southgate Institute/);
    assert.match(text, /Ask whether they would speak at the open evening/);
    assert.match(text, /dilys@harbourlight\.example/, 'she agreed to be shared');
    assert.doesNotMatch(main(text), /Want people who can explain a fault|Add a contact|Change the record/);
    for (const part of ['/edit', '/contacts/new', '/share'])
      assert.equal((await site.get(harbour + part, amina)).status, 404, part);
    const end = accept.replace('accept', 'end');
    assert.match((await site.post(end, {}, amina)).to, /done=sharing-ended/);
    assert.equal((await site.get(harbour, amina)).status, 404);
  });

  it('is offered with the employer’s agreement alone, to an organisation that is meant', async () => {
    const wrong = await site.post(`${fenwick}/share`, { with: 'Example Awards', agreed: '' }, amina);
    assert.match(wrong.text, /Without its agreement nothing is shared/);
    assert.match(wrong.text, /value="Example Awards"/);
    assert.match(
      (await site.post(`${fenwick}/share`, { with: 'Fenwick Networks', agreed: '2026-11-01' }, amina)).text,
      /No other provider or awarding organisation here is called so/,
    );
    const offer = { with: 'example awards', agreed: '2026-11-01', id: randomUUID() };
    for (let time = 0; time < 2; time += 1)
      assert.equal((await site.post(`${fenwick}/share`, offer, amina)).to, `${fenwick}?done=offered`);
    const told = (await keptMail(site.ctx, 100)).filter(
      (one) => one.to.includes('piotr') && /employer/.test(one.subject),
    );
    assert.deepEqual(
      told.map((one) => one.subject),
      ['Northfield College offers to share an employer with you'],
      'its lead is told once',
    );
    assert.doesNotMatch(JSON.stringify(told), /Fenwick/);
    assert.match(
      (await site.post(`${fenwick}/share`, { ...offer, id: randomUUID() }, amina)).text,
      /shared with Example Awards, or offered to them, already/,
    );
    assert.equal((await site.get(fenwick, piotr)).status, 404, 'not accepted yet');
    const end =
      /action="(\/employers\/sharing\/[0-9a-f-]+\/end)"/.exec((await site.get(fenwick, amina)).text)?.[1] ?? '';
    assert.equal((await site.post(end, {}, amina)).to, `${fenwick}?done=sharing-ended`);
  });

  it('lets who keeps the record end it', async () => {
    assert.match((await site.get(oakvale, ruth)).text, /Peter Lockyer/);
    const seen = await site.get(oakvale, amina);
    const end = /action="(\/employers\/sharing\/[0-9a-f-]+\/end)"/.exec(seen.text)?.[1] ?? '';
    assert.equal((await site.post(end, {}, amina)).to, `${oakvale}?done=sharing-ended`);
    assert.match((await site.get(oakvale, amina)).text, /Your organisation alone sees this record/);
  });
});
