import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const example = '/plans/00000000-0000-4000-8000-00000000a001';

describe('whether it is worth offering', () => {
  let site: Site;
  let amina: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
  });
  after(() => site.close());
  const page = async (path: string): Promise<string> => main((await site.get(path, amina)).text);

  it('leads with one sentence, and counts what setting it up costs', async () => {
    const html = await page(`${example}/offer`);
    const lead = /<p class="htq-measure govuk-body-l[^>]*>([^<]+)/.exec(html)?.[1] ?? '';
    assert.match(
      lead,
      /^Only with the £120,000 that you ask a fund for, on these figures: with the likely 16 learners the rest of the £240,200 of setting it up comes back within 8 years; but fewer than 13 come with a chance of \d+%/,
    );
    assert.ok(html.indexOf(lead) < html.indexOf('<h2'));
    assert.match(html, /Setting it up costs <strong>£240,200<\/strong>/);
    const row = (learners: string) => new RegExp(`${learners} learners</th>(.*?)</tr>`).exec(html)?.[1] ?? '';
    assert.match(row('10'), /Short.*>Never<.*>Never</);
    assert.match(row('16'), /£16,800.*>15 years<.*>8 years</);
    assert.match(row('13'), />Over 30 years</);
    assert.match(row('26'), />4 years<.*>2 years</);
  });

  it('says what employers ask for and who teaches it already, each with where it comes from', async () => {
    const html = await page(`${example}/offer`);
    assert.match(
      html,
      /<a class="govuk-link" href="\/employers\/local-need\?route=digital">What employers ask for in Digital: 11 employers ask/,
    );
    assert.match(html, /Who already teaches something of the route/);
  });

  it('the learners that were typed for a plan seed its forecast, until somebody gives one', async () => {
    const id = '22222222-2222-4222-8222-222222222222';
    const asked = { id, qualification: 'HNC in Robots', firstTeach: '2029-09-20', route: 'Digital', learners: '20' };
    await site.post('/plans', asked, amina);
    const offer = await page(`/plans/${id}/offer`);
    assert.match(offer, /It cannot be said yet whether it is worth it/);
    assert.match(offer, /from the 20 learners that the plan expects/);
    const learners = await page(`/plans/${id}/learners`);
    assert.match(learners, /14 to 26 learners, most likely 20/);
    assert.match(learners, /Put your own numbers in its place/);
    assert.match(learners, /name="likely"[^>]*value="20"/);
    const revision = /name="revision" value="(\d+)"/.exec(offer)?.[1] ?? '';
    const money = { revision, feeEach: '6000', costEach: '1000', fixedCost: '50000' };
    assert.equal((await site.post(`/plans/${id}/offer`, money, amina)).status, 303);
    assert.match(
      await page(`/plans/${id}/offer`),
      /Yes, on these figures: the likely 20 learners leave £50,000 a year, and even the low number pays for a year\./,
    );
    const own = { revision: '1', low: '4', likely: '6', high: '8', award: '' };
    assert.equal((await site.post(`/plans/${id}/learners`, own, amina)).status, 303);
    const after = await page(`/plans/${id}/offer`);
    assert.match(after, /No, on these figures: with the likely 6 learners £20,000 is missing every year/);
    assert.doesNotMatch(after, /The forecast is a suggestion/);
  });
});
