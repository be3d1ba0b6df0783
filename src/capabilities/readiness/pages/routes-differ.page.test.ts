import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('plans by route and level', () => {
  let site: Site;
  before(async () => {
    site = await openSite('example');
  });
  after(() => site.close());
  const asked = (route: string, level = '4') =>
    new URLSearchParams({ qualification: 'HNC', firstTeach: '2029-09-20', route, level });
  const csv = async (route: string, level?: string): Promise<string> =>
    (await site.get(`/plans/new.csv?${asked(route, level)}`)).text;

  it('differ where getting ready truly does', async () => {
    const [digital, health, construction, legal] = [
      await csv('Digital'),
      await csv('Health and science'),
      await csv('Construction and the built environment'),
      await csv('Legal, finance and accounting'),
    ];
    assert.equal(new Set([digital, health, construction, legal]).size, 4);
    assert.match(health ?? '', /Agree places for practice/);
    assert.match(health ?? '', /its regulator asks/);
    assert.match(construction ?? '', /Assess the risks of workshops/);
    assert.match(construction ?? '', /A workshop is built work/, 'a longer lead time says why');
    assert.doesNotMatch(legal ?? '', /Have it delivered|Tender and order/);
    assert.match(legal ?? '', /Set up licences and accounts/);
    assert.doesNotMatch(digital ?? '', /holders of a Level 4/);
    assert.match(await csv('Digital', '5'), /holders of a Level 4/);
    assert.equal(await csv('Creative and design'), digital, 'what is not known to differ does not');
  });

  it('the page says what is different and why, as a suggestion', async () => {
    const page = main((await site.get(`/plans/new?${asked('Construction and the built environment')}`)).text);
    assert.match(page, /Since it is taught in workshops, on machines: “Assess the risks/);
    assert.match(page, /more time is given to “Specify rooms/);
    assert.match(page, /These are suggestions of this toolkit/);
    assert.doesNotMatch(main((await site.get(`/plans/new?${asked('Digital')}`)).text), /What is different for it/);
  });

  it('a plan that is kept has them too', async () => {
    const amina = await site.as('amina.lead@northfield.example');
    const id = '11111111-1111-4111-8111-111111111111';
    await site.post('/plans', { ...Object.fromEntries(asked('Care services', '5')), id }, amina);
    const kept = (await site.get(`/plans/${id}/plan.csv`, amina)).text;
    assert.match(kept, /Agree places for practice/);
    assert.match(kept, /holders of a Level 4/);
    const next = main((await site.get(`/plans/${id}/roll-over`, amina)).text);
    assert.match(
      next,
      /regulated, and what its regulator asks<\/label><div[^>]*>Done once, and holds for later groups/,
    );
  });
});
