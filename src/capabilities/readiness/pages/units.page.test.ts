import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const file = {
  name: 'network-technician.json',
  bytes: readFileSync(join(import.meta.dirname, '../../../../examples/qualifications/network-technician.json')),
};

describe('units to prepare, and what else was added to a plan', () => {
  let site: Site;
  let amina: Visitor;
  let plan = '';
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
    const id = '11111111-1111-4111-8111-111111111111';
    const year = site.ctx.clock().getUTCFullYear() + 2;
    const asked = { id, qualification: 'HNC in Robots', firstTeach: `${year}-09-20`, route: 'Digital' };
    assert.equal((await site.post('/plans', asked, amina)).status, 303);
    plan = `/plans/${id}`;
  });
  after(() => site.close());
  const csv = async (): Promise<string> => (await site.get(`${plan}/plan.csv`, amina)).text;
  /** Each tick of the page: its value, whether it is set. */
  const ticksIn = (html: string, name: string) =>
    [...html.matchAll(new RegExp(`name="${name}" type="checkbox" value="([^"]*)"([^>]*)>`, 'g'))].map(
      ([, value = '', rest = '']) => ({ value: value.replaceAll('&quot;', '"'), set: rest.includes(' checked') }),
    );

  it('are shown to choose from: what every learner takes is ticked, and nothing is added yet', async () => {
    const before = await csv();
    const shown = await site.upload(`${plan}/units`, {}, file, amina);
    assert.equal(shown.status, 200);
    assert.match(main(shown.text), /The file has 38 units/);
    assert.match(main(shown.text), /A learner takes up to 8 of 30/);
    const ticks = ticksIn(shown.text, 'unit');
    assert.equal(ticks.length, 38);
    assert.equal(ticks.filter((one) => one.set).length, 8);
    assert.equal(await csv(), before);
  });

  it('come once, before the summer, and those that nobody ticked do not', async () => {
    const ticks = ticksIn((await site.upload(`${plan}/units`, {}, file, amina)).text, 'unit');
    const unit = [...ticks.slice(0, 8), ...ticks.slice(10, 12)].map((one) => one.value);
    assert.equal((await site.post(`${plan}/units/add`, { unit }, amina)).to, `${plan}?done=units`);
    assert.equal((await site.post(`${plan}/units/add`, { unit }, amina)).to, `${plan}?done=no-units`);
    const rows = (await csv()).split('\n').filter((row) => row.includes('"Prepare NT'));
    assert.equal(rows.length, 10);
    for (const row of rows) assert.match(row, /\d{4}-0[56]-\d\d"?,"?\d{4}-07-13/, 'over before the teachers’ holiday');
    const again = await site.upload(`${plan}/units`, {}, file, amina);
    assert.match(main(again.text), /10 units are in the plan already/);
    assert.equal(ticksIn(again.text, 'unit').length, 28);
  });

  it('nothing ticked, and what is no file of a qualification, is refused by name', async () => {
    for (const [answer, words] of [
      [await site.post(`${plan}/units/add`, {}, amina), /No unit was ticked/],
      [await site.post(`${plan}/units/add`, { unit: ['nonsense', '["",""]', '[1]'] }, amina), /No unit was ticked/],
      [await site.upload(`${plan}/units`, {}, { name: 'x.png', bytes: Buffer.from('nonsense') }, amina), /file/],
    ] as const) {
      assert.equal(answer.status, 422);
      assert.match(answer.text, words);
    }
  });

  it('whatever was added can be removed, one by one or several at once; a step of every plan cannot', async () => {
    const own = { id: '33333333-3333-4333-8333-333333333333', title: 'Ask the mayor', strand: 'employers' };
    await site.post(
      `${plan}/new-task`,
      { ...own, status: 'to-do', starts: '1/3/2028', ends: '2/3/2028', cost: '', why: '' },
      amina,
    );
    const added = await site.get(`${plan}/units`, amina);
    const ticks = ticksIn(added.text, 'task').map((one) => one.value);
    assert.equal(ticks.length, 11);
    const [first = '', ...others] = ticks;
    assert.match((await site.get(`${plan}/tasks/${first}`, amina)).text, /Remove this task/);
    assert.equal((await site.post(`${plan}/tasks/${first}/remove`, {}, amina)).to, `${plan}?done=removed`);
    const step = /href="[^"]*\/tasks\/([0-9a-f-]+)">Enrol/.exec((await site.get(plan, amina)).text)?.[1] ?? '';
    const gone = { task: [...others, step] };
    assert.equal((await site.post(`${plan}/units/remove`, gone, amina)).to, `${plan}?done=removed-tasks`);
    assert.equal(
      (await site.post(`${plan}/units/remove`, gone, amina)).to,
      `${plan}/units`,
      'sent twice, it is done once',
    );
    assert.match(main((await site.get(`${plan}/units`, amina)).text), /Nothing was added to this plan/);
    const rows = await csv();
    assert.match(rows, /Enrol/);
    assert.doesNotMatch(rows, /Prepare NT|Ask the mayor/);
    const other = await site.as('grace.lead@fenwick.example');
    assert.equal((await site.post(`${plan}/units/remove`, gone, other)).status, 403);
  });
});
