import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('local need', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());

  it('counts employers by route, and holds back what few ask for', async () => {
    const { text } = await site.get('/employers/local-need');
    assert.match(text, /local-need\?route=digital">Digital<\/a><\/th><td[^>]*>11</);
    assert.match(text, /Construction and the built environment<\/a><\/th><td[^>]*>Held back</);
    assert.doesNotMatch(text, /local-need\?route=catering/, 'a route in which nobody asks is not listed');
  });

  it('shows occupations, job titles and KSBs by region, beside what is taught', async () => {
    const { text } = await site.get('/employers/local-need?route=digital');
    assert.match(text, /11 employers asked for people in this route/);
    assert.match(text, /Community network technician \(ST9001\)/);
    assert.match(text, /2 providers teach it: London and South East/);
    assert.match(text, /Test a link or service and record the result/);
    assert.match(text, /1 job title is held back/);
    assert.doesNotMatch(text, /Monitoring analyst|Fenwick|Larkspur|Harbour/, 'neither what one asks for, nor who asks');
    const london = await site.get('/employers/local-need?route=digital&region=London');
    assert.match(london.text, /<option value="London" selected>/);
    assert.doesNotMatch(main(london.text), /<th scope="col"[^>]*>South East</);
    const few = await site.get('/employers/local-need?route=construction-and-the-built-environment');
    assert.match(few.text, /Fewer than 5 employers/);
    assert.match(few.text, />Held back</);
    assert.match((await site.get('/employers/local-need?route=care-services')).text, /No employer has asked/);
    assert.equal((await site.get('/employers/local-need?route=robots')).status, 404);
  });

  it('is taken away as CSV, XLSX and JSON that say the same', async () => {
    const csv = await site.get('/employers/local-need.csv?route=digital');
    assert.match(csv.text, /"Job title","Network technician","","All",6/);
    assert.doesNotMatch(csv.text, /Monitoring analyst|Fenwick/);
    const json = JSON.parse((await site.get('/employers/local-need.json?route=digital')).text) as {
      readonly employers: number;
      readonly jobTitles: readonly { readonly name: string }[];
    };
    assert.equal(json.employers, 11);
    assert.deepEqual(
      json.jobTitles.map((one) => one.name),
      ['Network technician', 'IT support engineer'],
    );
    assert.equal((await site.get('/employers/local-need.xlsx?route=digital')).status, 200);
    const held = await site.get('/employers/local-need.csv?route=construction-and-the-built-environment');
    assert.match(held.text, /"held back"/);
    assert.doesNotMatch(held.text, /Pemberton|Building services/);
  });

  it('can be pointed at', async () => {
    const find = (id: string) => site.ctx.references.find(site.ctx, { kind: 'local-need', id });
    const found = await find('digital');
    assert.equal(found?.href, '/employers/local-need?route=digital');
    assert.match(found.title, /^What employers ask for in Digital: 11 employers ask, most often for: /);
    assert.match(
      (await find('digital/london'))?.title ?? '',
      /11 employers ask, (\d+|a number that is held back) of them in London/,
    );
    assert.match((await find('digital/wales'))?.title ?? '', /none of them in Wales/);
    assert.match((await find('construction-and-the-built-environment'))?.title ?? '', /fewer than five employers ask$/);
    assert.match((await find('care-services'))?.title ?? '', /no employer has asked yet/);
    assert.equal(await site.ctx.references.find(site.ctx, { kind: 'local-need', id: 'robots' }), null);
  });
});
