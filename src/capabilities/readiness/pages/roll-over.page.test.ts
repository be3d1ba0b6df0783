import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const example = '/plans/00000000-0000-4000-8000-00000000a001';
const id = '55555555-5555-4555-8555-555555555555';

describe('rolling a plan over to the next group', () => {
  let site: Site;
  let amina: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
  });
  after(() => site.close());

  /** Each task of the page: whether it is ticked, its id and its words. */
  const ticksIn = (html: string) =>
    [
      ...html.matchAll(
        /name="repeats" type="checkbox" value="([^"]+)"[^>]*?( checked)?><label[^>]*>([^<]*)<\/label><div[^>]*>([^<]*)</g,
      ),
    ].map(([, task = '', checked, title = '', words = '']) => ({ task, comes: checked !== undefined, title, words }));
  const fieldsIn = (html: string, more: Readonly<Record<string, string | readonly string[]>> = {}) => ({
    id,
    firstTeach: /name="firstTeach"[^>]*value="([^"]*)"/.exec(html)?.[1] ?? '',
    repeats: ticksIn(html)
      .filter((one) => one.comes)
      .map((one) => one.task),
    ...more,
  });
  const plansListed = async (): Promise<number> =>
    main((await site.get('/plans', amina)).text).match(/href="\/plans\/[0-9a-f-]{36}">Higher National/g)?.length ?? 0;

  it('shows what comes again before anything is made: what is done once stays behind, also while it is under way', async () => {
    const { text } = await site.get(`${example}/roll-over`, amina);
    const ticks = ticksIn(text);
    const tick = (title: string) => {
      const found = ticks.find((one) => one.title.startsWith(title));
      assert.ok(found, title);
      return found;
    };
    assert.deepEqual(
      ['Tender and order', 'Have the awarding organisation approve', 'Validate the course', 'Decide to offer it'].map(
        (title) => tick(title).comes,
      ),
      [false, false, false, false],
    );
    assert.match(tick('Validate the course').words, /Done once, and holds for later groups · under way/);
    assert.match(tick('Tender and order').words, /to do · £164,000/);
    assert.equal(tick('Enrol').comes, true);
    assert.match(main(text), /\d+ tasks of 36 come again/);
    assert.match(main(text), /£\d+,\d{3} comes again, and £\d{3},\d{3} stays with this plan alone/);
    assert.doesNotMatch(main(text), /has a plan already/);
    assert.equal(await plansListed(), 1);
  });

  it('makes what is ticked, once, and warns whoever would make a second plan of that year', async () => {
    const { text } = await site.get(`${example}/roll-over`, amina);
    const decide = ticksIn(text).find((one) => one.title.startsWith('Find out who would come'))?.task ?? '';
    const chosen = fieldsIn(text);
    const fields = { ...chosen, repeats: chosen.repeats.filter((one) => one !== decide) };
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post(`${example}/roll-over`, fields, amina)).to, `/plans/${id}?done=rolled`);
    const csv = (await site.get(`/plans/${id}/plan.csv`, amina)).text;
    assert.doesNotMatch(csv, /Decide to offer it|Tender and order|Find out who would come/);
    assert.match(csv, /Enrol/);
    assert.doesNotMatch(csv, /"Done"|Minutes of the steering group/);

    const again = await site.get(`${example}/roll-over`, amina);
    assert.match(main(again.text), new RegExp(`20\\d\\d/\\d\\d has a plan already.*href="/plans/${id}"`, 's'));
    const second = fieldsIn(again.text, { id: '55555555-5555-4555-8555-666666666666' });
    const refused = await site.post(`${example}/roll-over`, second, amina);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /There is a plan for that year already/);
    assert.equal(await plansListed(), 2);
    const year = Number(/\d{4}$/.exec(second.firstTeach)?.[0]);
    const later = { ...second, firstTeach: `20 September ${year + 1}` };
    assert.equal((await site.post(`${example}/roll-over`, later, amina)).status, 303, 'another year is free');
    const meant = { ...second, id: '55555555-5555-4555-8555-777777777777', another: 'yes' };
    assert.equal((await site.post(`${example}/roll-over`, meant, amina)).status, 303);
    assert.equal(await plansListed(), 4);
  });

  it('refuses a first day that is past or none, and a plan of nothing; what was ticked stays', async () => {
    const { text } = await site.get(`${example}/roll-over`, amina);
    const [first] = ticksIn(text);
    for (const [more, words] of [
      [{ firstTeach: '2019-09-01', another: 'yes' }, /That day is past/],
      [{ firstTeach: 'soon' }, /Enter the first day of teaching/],
      [{ repeats: [] }, /Tick at least one task/],
    ] as const) {
      const fields = { ...fieldsIn(text), id: '55555555-5555-4555-8555-888888888888', repeats: [first?.task ?? ''] };
      const answer = await site.post(`${example}/roll-over`, { ...fields, ...more }, amina);
      assert.equal(answer.status, 422);
      assert.match(answer.text, words);
      const kept = ticksIn(answer.text).filter((one) => one.comes);
      assert.deepEqual(
        kept.map((one) => one.task),
        'repeats' in more ? [] : [first?.task],
      );
    }
  });
});
