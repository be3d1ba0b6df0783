import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { enterInRegister } from '../../../../test/support/register.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main')).replaceAll(/\s+/g, ' ');
const minute = 60_000;

describe('the details of a provider', () => {
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

  it('are changed with a second person’s check, and found by; a closing that is told stays', async () => {
    await enter('/register/999-0001-1/edit/offer', {
      ukprn: '19999977',
      providerName: 'Newly Entered College',
      site: 'Main',
      mode: 'part-time',
      from: '2026-05-01',
    });
    const piotr = await site.as('piotr.lead@example-awards.example');
    const offer =
      /id="offer-(999-0001-1-19999977[^"]*)"/.exec((await site.get('/register/999-0001-1')).text)?.[1] ?? '';
    await site.post(
      '/register/999-0001-1/edit/confirm',
      { offer, confirmedOn: '2026-11-20', confirmedWith: 'Letter' },
      piotr,
    );
    assert.match(
      main((await site.get('/providers/19999977/close', edward)).text),
      /<li>Level 4 Diploma in Community Networks, Main<\/li>/,
    );
    await enter('/providers/19999977/close', { closedOn: '2037-07-31' });
    assert.equal((await site.get('/providers/19999977/edit', piotr)).status, 403);
    const form = (await site.get('/providers/19999977/edit', edward)).text;
    assert.match(form, /value="Newly Entered College"/);
    const path = '/providers/19999977/edit';
    const wrong = await site.post(path, { name: '', region: 'Nowhere', town: 'Leeds', from: '1/5/2026' }, edward);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /id="name-error"/);
    assert.match(wrong.text, /id="region-error"/);
    assert.match(wrong.text, /value="Leeds"/);
    const details = {
      name: 'Newly Named College',
      region: 'Yorkshire and The Humber',
      town: 'Leeds',
      postcode: 'ls1 1aa',
      from: '1/5/2026',
    };
    const typed = { ...details, type: 'Sixth form college', basis: 'x' };
    const proposal = (await site.post(path, typed, edward)).to.replace('?done=proposed', '');
    const shown = main((await site.get(proposal, edward)).text);
    assert.match(shown, /Kind: Sixth form college/);
    assert.match(shown, /Postcode: LS1 1AA/);
    assert.match(shown, /no other editor here: you may enter it yourself/);
    await site.post(proposal, { decision: 'decline', note: 'A test' }, edward);
    await enter(path, details);
    assert.match(main((await site.get('/register?town=leeds')).text), /1 qualification</);
    assert.match(main((await site.get('/register?region=Yorkshire+and+The+Humber')).text), /1 qualification</);
    assert.match(main((await site.get('/providers/19999977')).text), /Newly Named College/);
    const later = main((await site.get('/providers/19999977?on=2037-08-01')).text);
    assert.match(later, /Newly Named College/);
    assert.match(later, /It closed on 31 July 2037/);
  });
});

describe('a cycle that is published', () => {
  let site: Site;
  let edward: Visitor;
  before(async () => {
    site = await openSite('example');
    edward = await site.as('edward.editor@department.example');
  });
  after(() => site.close());

  it('is put right with a second person’s check, who sees every day of it, whatever else waits', async () => {
    const path = '/cycles/2/edit';
    assert.equal((await site.get(path, await site.as('amina.lead@northfield.example'))).status, 403);
    const form = (await site.get(path, edward)).text;
    const fields = Object.fromEntries(
      [
        ...form.matchAll(
          /<input[^>]*name="((?:window|opens|closes|known|stage)-[^"]+|firstTeach|source)"[^>]*value="([^"]*)"/g,
        ),
      ].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
    );
    assert.equal(fields['opens-1'], '2021-07-05');
    const wrong = await site.post(
      path,
      { ...fields, 'closes-1': '1/7/2021', 'opens-0': 'soon', standards: 'ST0127 perhaps', basis: '' },
      edward,
    );
    assert.equal(wrong.status, 422);
    for (const field of ['closes-1', 'opens-0', 'standards', 'basis'])
      assert.match(wrong.text, new RegExp(`href="#${field}"`), field);
    assert.match(wrong.text, /ST0127 perhaps<\/textarea>/);
    const changed = {
      ...fields,
      'closes-1': '24/9/2021',
      'route-6': 'ask',
      standards: 'st0127 ask It may be revised',
      basis: 'The announcement',
    };
    const proposal = (await site.post(path, changed, edward)).to.replace('?done=proposed', '');
    const other = await site.post(
      '/register/999-0001-1/edit/change',
      { size: 'minor', what: 'A word', proposedOn: '2026-11-01', answer: 'none-needed', basis: 'x' },
      edward,
    );
    assert.equal(other.status, 303);
    const shown = main((await site.get(proposal, edward)).text);
    assert.match(shown, /Window: 5 July 2021 to 17 September 2021/);
    assert.match(shown, /Window: 5 July 2021 to 24 September 2021/);
    assert.match(shown, /Ask first: Digital; ST0127 \(It may be revised\)/);
    assert.equal((await site.post(proposal, { decision: 'enter', note: '' }, edward)).status, 303);
    const cycle = main((await site.get('/cycles/2')).text);
    assert.match(cycle, /5 July 2021 to 24 September 2021/);
    assert.match(cycle, /ST0127<\/a>: Ask first; It may be revised/);
  });
});
