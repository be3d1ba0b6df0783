import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const example = '/plans/00000000-0000-4000-8000-00000000a001';
const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('putting a plan right', () => {
  let site: Site;
  let amina: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
  });
  after(() => site.close());

  it('takes dates as British people write them, wherever a plan asks for one', async () => {
    const sketch = (firstTeach: string) =>
      site.get(`/plans/new?${new URLSearchParams({ qualification: 'HNC', route: 'Digital', firstTeach })}`);
    for (const typed of ['20 September 2028', '20/09/2028', '20/9/2028', '2028-9-20', 'Wed 20th Sept 2028'])
      assert.match(main((await sketch(typed)).text), /first teach 20 September 2028/, typed);
    assert.match(main((await sketch('September 2028')).text), /first teach 1 September 2028/);
    const wrong = await sketch('31/09/2028');
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Enter the first day of teaching, such as 20 September 2027/);
    assert.match(wrong.text, /value="31\/09\/2028"/, 'what was typed stays in the form');
    assert.match(
      main((await site.get(`${example}/change?firstTeach=20%2F9%2F2028`, amina)).text),
      /First teach on 20 September 2028/,
    );

    const id = '99999999-9999-4999-8999-999999999901';
    const task = { id, title: 'Mine', strand: 'staff', status: 'to-do', starts: '31/08/2027', ends: '3 Sept 2027' };
    assert.equal((await site.post(`${example}/new-task`, task, amina)).status, 303);
    const form = (await site.get(`${example}/tasks/${id}`, amina)).text;
    assert.match(form, /name="starts"[^>]*value="31 August 2027"/);
    assert.match(form, /name="ends"[^>]*value="3 September 2027"/);
    const crossed = await site.post(`${example}/new-task`, { ...task, ends: '30/8/2027' }, amina);
    assert.equal(crossed.status, 422);
    assert.match(crossed.text, /It cannot be over before it begins/);
    assert.match(crossed.text, /value="30\/8\/2027"/);

    const [year, month, date] = site.ctx.clock().toISOString().slice(0, 10).split('-').map(Number);
    const week = { week: `${date}/${month}/${year}`, applications: '9', offers: '8', accepted: '7' };
    assert.equal((await site.post(`${example}/learners/week`, week, amina)).status, 303);
    assert.match(
      main((await site.get(`${example}/learners`, amina)).text),
      new RegExp(`${date} November ${year}</th>`),
    );
  });
});
