import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const example = '/plans/00000000-0000-4000-8000-00000000a001';
const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('what cannot be, in a plan', () => {
  let site: Site;
  let amina: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
  });
  after(() => site.close());

  const own = (more: Readonly<Record<string, string>>) => ({
    title: 'Mine',
    strand: 'staff',
    status: 'to-do',
    starts: '2027-01-04',
    ends: '2027-01-11',
    ...more,
  });
  const refused = async (address: string, fields: Readonly<Record<string, string>>, words: RegExp) => {
    const answer = await site.post(`${example}${address}`, fields, amina);
    assert.equal(answer.status, 422, `${address} ${JSON.stringify(fields).slice(0, 200)}`);
    assert.match(answer.text, words);
    return answer.text;
  };

  it('amounts are pounds and pence, whichever form they stand in', async () => {
    for (const cost of ['£', '1e3', '0x10', '1.005', '-1'])
      await refused('/new-task', own({ cost }), /Enter an amount in pounds/);
    const fields = { qualification: 'HNC', firstTeach: '2028-09-20', route: 'Digital' };
    for (const learners of ['1e2', '0x10', '12.0'])
      assert.equal(
        (await site.get(`/plans/new?${new URLSearchParams({ ...fields, learners })}`)).status,
        422,
        learners,
      );
    assert.equal((await site.get(`/plans/new?${new URLSearchParams({ ...fields, learners: '1,000' })}`)).status, 200);
  });

  it('days lie in this century', async () => {
    await refused('/new-task', own({ ends: '9999-12-31' }), /Enter a day between 2000 and 2099/);
    await refused('/new-task', own({ starts: '0001-01-01' }), /Enter a day between 2000 and 2099/);
    await refused(
      '/learners/week',
      { week: '9999-01-01', applications: '1', offers: '1', accepted: '1' },
      /Enter a day/,
    );
  });

  it('no chain of tasks is pushed out of it', async () => {
    const first = { ...own({ ends: '2080-01-01' }), id: '99999999-9999-4999-8999-999999999991' };
    const second = {
      ...own({ starts: '2080-01-01', ends: '2099-01-01', after: first.id }),
      id: '99999999-9999-4999-8999-999999999992',
    };
    for (const task of [first, second]) assert.equal((await site.post(`${example}/new-task`, task, amina)).status, 303);
    const path = `${example}/tasks/${first.id}`;
    await refused(`/tasks/${first.id}`, { ...first, ends: '2090-01-01', revision: '1' }, /would move beyond 2099/);
    const query = new URLSearchParams({ task: first.id, starts: first.starts, ends: '2090-01-01' });
    assert.equal((await site.get(`${example}/change?${query}`, amina)).status, 422);
    for (const id of [second.id, first.id]) await site.post(`${example}/tasks/${id}/remove`, {}, amina);
    assert.equal((await site.get(path, amina)).status, 404);
  });

  it('a text that is too long is refused and stays in the form, not cut', async () => {
    const long = 'x'.repeat(201);
    assert.ok((await refused('/new-task', own({ title: long }), /Use up to 200 characters/)).includes(long));
    await refused('/new-task', own({ why: 'x'.repeat(2001) }), /Use up to 2,000 characters/);
    await refused('/new-task', own({ evidence: 'x'.repeat(2001) }), /Use up to 2,000 characters/);
    const campaign = { campaignDay: '2026-11-02', campaignCost: '1', campaignResult: '' };
    await refused('/learners/campaign', { ...campaign, campaign: long }, /Use up to 200 characters/);
    const task = /tasks\/[0-9a-f-]+/.exec((await site.get(example, amina)).text)?.[0] ?? '';
    const said = 'y'.repeat(2001);
    assert.ok((await refused(`/${task}/comment`, { comment: said }, /Use up to 2,000 characters/)).includes(said));
    const fields = { qualification: 'HNC', firstTeach: '2028-09-20', route: 'Digital', awardingOrganisation: long };
    const sketch = await site.get(`/plans/new?${new URLSearchParams(fields)}`);
    assert.equal(sketch.status, 422);
    assert.match(sketch.text, /href="#awardingOrganisation"/);
  });

  it('a strand, a state or a control character that is none is no fault of the server', async () => {
    await refused('/new-task', own({ status: 'perhaps' }), /Choose a state/);
    await refused('/new-task', own({ strand: 'elsewhere' }), /Choose a strand/);
    const task = /tasks\/[0-9a-f-]+/.exec((await site.get(example, amina)).text)?.[0] ?? '';
    assert.equal((await site.post(`${example}/${task}/comment`, { comment: 'a\u0000b' }, amina)).status, 400);
    assert.equal((await site.post(`${example}/new-task`, own({ title: 'a\u0000b' }), amina)).status, 400);
  });

  it('first teach is asked for in the same way wherever it is asked for', async () => {
    const month = main((await site.get(`${example}/change?firstTeach=2028-09`, amina)).text);
    assert.match(month, /First teach on 1 September 2028/);
    const revision = /name="revision" value="(\d+)"/.exec(month)?.[1] ?? '';
    await refused('/change', { firstTeach: '2019-09-01', revision }, /That day is past/);
    await refused('/change', { firstTeach: '2090-09-01', revision }, /within the next 10 years/);
  });

  it('a task is not put before what it waits for by another door', async () => {
    const page = (await site.get(example, amina)).text;
    const task = new RegExp(`${example}/tasks/([0-9a-f-]+)">Have it delivered`).exec(page)?.[1] ?? '';
    const change = { task, starts: '2026-12-01', ends: '2026-12-05' };
    const preview = await site.get(`${example}/change?${new URLSearchParams(change)}`, amina);
    assert.equal(preview.status, 422);
    assert.match(preview.text, /It waits for “Tender and order”/);
    const { text } = await site.get(`${example}/change?firstTeach=2028-09-20`, amina);
    const revision = /name="revision" value="(\d+)"/.exec(text)?.[1] ?? '';
    await refused('/change', { ...change, revision }, /It waits for “Tender and order”/);
  });

  it('says how many learners a forecast can take', async () => {
    const forecast = { revision: '1', low: '1', likely: '2', high: '5001', award: '' };
    await refused('/learners', forecast, /Enter a whole number of learners up to 5,000/);
  });

  it('a day begins at midnight in London', async () => {
    const before = site.ctx.clock();
    const asked = (firstTeach: string) =>
      site.get(`/plans/new?${new URLSearchParams({ qualification: 'HNC', firstTeach, route: 'Digital' })}`);
    try {
      site.setTime(new Date('2027-06-30T23:30:00Z'));
      assert.match((await asked('2027-07-01')).text, /That day is today/, 'it is half past midnight on that day');
      assert.equal((await asked('2027-07-02')).status, 200);
    } finally {
      site.setTime(before);
    }
  });
});
