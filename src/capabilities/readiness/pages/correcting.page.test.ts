import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { dayWords } from '#kernel/london-time.ts';
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

    const today = dayWords(site.ctx.clock());
    const week = { week: today, applications: '9', offers: '8', accepted: '7' };
    assert.equal((await site.post(`${example}/learners/week`, week, amina)).status, 303);
    assert.match(main((await site.get(`${example}/learners`, amina)).text), new RegExp(`<th[^>]*>${today}`));
  });

  it('what a plan is about is put right, by its members, and of two who save the later is told', async () => {
    const path = `${example}/about`;
    const form = (await site.get(path, amina)).text;
    const revision = /name="revision" value="([0-9a-f]+)"/.exec(form)?.[1] ?? '';
    assert.match(form, /<option value="Digital" selected>/);
    const typed = {
      revision,
      qualification: 'HNC in Networks',
      route: 'Engineering and manufacturing',
      level: '5',
      awardingOrganisation: 'Another body',
      learners: '22',
    };
    for (const [more, words] of [
      [{ qualification: '' }, /Enter the title of the qualification/],
      [{ route: 'Elsewhere' }, /Choose the route/],
      [{ learners: '0' }, /Enter a whole number of learners from 1/],
    ] as const) {
      const wrong = await site.post(path, { ...typed, ...more }, amina);
      assert.equal(wrong.status, 422);
      assert.match(wrong.text, words);
      assert.match(wrong.text, /value="Another body"/, 'what was typed stays in the form');
    }
    const stranger = await site.as('grace.lead@fenwick.example');
    assert.equal((await site.post(path, typed, stranger)).status, 403);
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post(path, typed, amina)).to, `${example}?done=corrected`);
    const plan = main((await site.get(example, amina)).text);
    assert.match(plan, /<h1[^>]*>HNC in Networks</);
    assert.match(plan, /Engineering and manufacturing, Level 5, Another body, first teach [^<]*, 22 learners/);
    const stale = await site.post(path, { ...typed, learners: '30' }, amina);
    assert.equal(stale.status, 409);
    assert.match(stale.text, /Learners expected: 22/);
    assert.match(stale.text, /value="30"/);
    assert.match(main((await site.get(example, amina)).text), /22 learners/);
  });

  it('a plan that was put away is told of, listed, and comes back as it was', async () => {
    const id = '99999999-9999-4999-8999-999999999902';
    const fields = { id, qualification: 'HND in Robots', firstTeach: '20/9/2028', route: 'Digital' };
    await site.post('/plans', fields, amina);
    const csv = (await site.get(`/plans/${id}/plan.csv`, amina)).text;
    assert.equal((await site.post(`/plans/${id}/put-away`, {}, amina)).to, '/plans?done=put-away');
    const list = main((await site.get('/plans?done=put-away', amina)).text);
    assert.match(list, /The plan is put away\./);
    assert.match(list, /Plans put away<\/a> \(1\)/);
    assert.doesNotMatch(list, /HND in Robots/);
    const away = await site.get(`/plans/${id}`, amina);
    assert.equal(away.status, 410);
    assert.match(away.text, /This plan was put away/);
    assert.match(main((await site.get('/plans/put-away', amina)).text), /HND in Robots/);
    const stranger = await site.as('grace.lead@fenwick.example');
    assert.equal((await site.get(`/plans/${id}`, stranger)).status, 403);
    assert.equal((await site.post(`/plans/${id}/bring-back`, {}, stranger)).status, 403);
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post(`/plans/${id}/bring-back`, {}, amina)).to, `/plans/${id}?done=brought-back`);
    assert.equal((await site.get(`/plans/${id}/plan.csv`, amina)).text, csv);
    assert.doesNotMatch(main((await site.get('/plans', amina)).text), /Plans put away/);
    assert.equal((await site.post(`/plans/${id.replace('2', '3')}/bring-back`, {}, amina)).status, 404);
  });

  it('going back and keeping again does not make a second plan unasked', async () => {
    const fields = { qualification: 'HNC once', firstTeach: '20/9/2029', route: 'Digital' };
    const first = '99999999-9999-4999-8999-999999999921';
    assert.equal((await site.post('/plans', { ...fields, id: first }, amina)).status, 303);
    const second = { ...fields, id: '99999999-9999-4999-8999-999999999922' };
    const asked = await site.post('/plans', second, amina);
    assert.equal(asked.status, 409);
    assert.match(
      asked.text,
      new RegExp(`keeps a plan for this qualification and first teach already: <a[^>]*/plans/${first}"`),
    );
    assert.match(asked.text, /name="another" value="yes"/);
    assert.equal(main((await site.get('/plans', amina)).text).match(/>HNC once</g)?.length, 1);
    assert.equal((await site.post('/plans', { ...second, another: 'yes' }, amina)).status, 303);
    assert.equal((await site.post('/plans', { ...fields, id: first }, amina)).to, `/plans/${first}?done=kept`);
  });

  it('first teach today is no day that is past, a forecast of nobody is none, and a comment keeps its lines', async () => {
    const today = site.ctx.clock().toISOString().slice(0, 10);
    const fields = new URLSearchParams({ qualification: 'HNC', firstTeach: today, route: 'Digital' });
    assert.match((await site.get(`/plans/new?${fields}`)).text, /That day is today/);
    assert.equal((await site.get(`/plans/new?${fields}&learners=0`)).status, 422);
    const nobody = { revision: '1', low: '0', likely: '0', high: '0', award: '' };
    const refused = await site.post(`${example}/learners`, nobody, amina);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Enter a high number of at least 1/);
    const task = /tasks\/[0-9a-f-]{36}/.exec((await site.get(example, amina)).text)?.[0] ?? '';
    await site.post(`${example}/${task}/comment`, { comment: 'First line\r\nSecond line' }, amina);
    assert.match((await site.get(`${example}/${task}`, amina)).text, /class="htq-lines">First line\r?\nSecond line</);
  });

  it('the address of a calendar can be renewed, by members alone', async () => {
    const addressIn = (html: string) => /(\/plan-calendars\/[\w-]+\.ics)/.exec(html)?.[1] ?? '';
    const old = addressIn((await site.get(example, amina)).text);
    assert.equal((await site.get(old)).status, 200);
    const path = `${example}/calendar/renew`;
    assert.equal((await site.post(path, {}, await site.as('grace.lead@fenwick.example'))).status, 403);
    assert.equal((await site.post(path, {}, amina)).to, `${example}?done=renewed`);
    assert.equal((await site.get(old)).status, 404);
    const now = addressIn((await site.get(example, amina)).text);
    assert.notEqual(now, old);
    assert.equal((await site.get(now)).status, 200);
  });
});
