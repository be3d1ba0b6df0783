import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const example = '/plans/00000000-0000-4000-8000-00000000a001';
const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('whose the tasks of a plan are', () => {
  let site: Site;
  let amina: Visitor;
  let tom: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
    tom = await site.as('tom.member@northfield.example');
  });
  after(() => site.close());

  const given = { id: '99999999-9999-4999-8999-999999999911', title: 'Ask the mayor', strand: 'employers' };
  const task = { ...given, status: 'to-do', starts: '1 March 2028', ends: '3 March 2028' };
  const idOf = async (name: string): Promise<string> =>
    new RegExp(`<option value="([0-9a-f-]+)"[^>]*>${name}`).exec(
      (await site.get(`${example}/new-task`, amina)).text,
    )?.[1] ?? '';
  const mails = async (name: RegExp) => (await keptMail(site.ctx, 500)).filter((one) => name.test(one.subject));

  it('whoever is given a task by somebody else is told once; nobody is told of their own doing', async () => {
    const owner = await idOf('Tom Birch');
    assert.ok(owner);
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post(`${example}/new-task`, { ...task, owner }, amina)).status, 303);
    const told = await mails(/is yours: Ask the mayor/);
    assert.deepEqual(
      told.map((one) => one.to),
      ['tom.member@northfield.example'],
    );
    assert.match(JSON.stringify(told[0]?.body), /Amina Osei gave you a task/);
    assert.match(JSON.stringify(told[0]?.body), /over by 3 March 2028/);

    const path = `${example}/tasks/${given.id}`;
    const back = { ...task, owner: await idOf('Amina Osei'), revision: '1' };
    for (let sent = 0; sent < 2; sent += 1) assert.equal((await site.post(path, back, amina)).to, `${path}?done=saved`);
    assert.equal((await mails(/is yours: Ask the mayor/)).length, 1, 'she took it herself');
    assert.equal((await site.post(path, { ...back, cost: '5', revision: '2' }, tom)).to, `${path}?done=saved`);
    assert.equal((await mails(/is yours: Ask the mayor/)).length, 1, 'another change is no giving');
    const stranger = '11111111-1111-4111-8111-111111111111';
    await site.post(path, { ...back, owner: stranger, cost: '5', revision: '3' }, tom);
    assert.equal((await mails(/is yours: Ask the mayor/)).length, 1, 'only members are given tasks');
  });

  it('a comment is told to the owner, once, and not to whoever wrote it', async () => {
    const owner = await idOf('Tom Birch');
    const id = '99999999-9999-4999-8999-999999999912';
    await site.post(`${example}/new-task`, { ...task, id, title: 'Ring the bell', owner }, amina);
    const said = { id: '99999999-9999-4999-8999-999999999913', comment: 'How loud?' };
    for (let sent = 0; sent < 2; sent += 1) await site.post(`${example}/tasks/${id}/comment`, said, amina);
    await site.post(`${example}/tasks/${id}/comment`, { ...said, id: said.id.replace('3', '4'), comment: 'Very' }, tom);
    const told = await mails(/comment on your task: Ring the bell/);
    assert.equal(told.length, 1);
    assert.equal(told[0]?.to, 'tom.member@northfield.example');
    assert.doesNotMatch(JSON.stringify(told[0]?.body), /How loud/, 'what was said stays on the page');
  });

  it('tasks are listed by whose they are, by state, strand and words, and every part of a plan has the same tabs', async () => {
    const mine = main((await site.get(`${example}/tasks?whose=me&state=all`, tom)).text);
    assert.match(mine, /Ring the bell/);
    assert.doesNotMatch(mine, /Ask the mayor/);
    assert.match(mine, /<option value="me" selected>Mine/);
    const theirs = main((await site.get(`${example}/tasks?whose=nobody`, amina)).text);
    assert.match(theirs, /data-name="Whose">Nobody’s yet</);
    assert.doesNotMatch(theirs, /data-name="Whose">(?!Nobody)/);
    const words = main((await site.get(`${example}/tasks?words=BELL+ring`, amina)).text);
    assert.match(words, />1 task, by the day/);
    const strand = main((await site.get(`${example}/tasks?strand=employers&words=bell`, amina)).text);
    assert.match(strand, /Ring the bell/);
    assert.match(main((await site.get(`${example}/tasks?words=no-such`, amina)).text), /No task is like that/);
    const late = main((await site.get(`${example}/tasks?state=late`, amina)).text);
    assert.ok(late.match(/>Late</g)?.length);
    assert.equal((await site.get(`${example}/tasks?page=99&whose=x`, amina)).status, 200);
    for (const [address, current] of [
      ['', 'Plan'],
      ['/tasks', 'Tasks'],
      ['/offer', 'Offer it or not'],
      ['/learners', 'Learners'],
      ['/report', 'Report for governors'],
    ] as const) {
      const nav =
        /<nav class="htq-tabs.*?<\/nav>/s.exec((await site.get(`${example}${address}`, amina)).text)?.[0] ?? '';
      assert.match(nav, new RegExp(`aria-current="page">${current}<`));
      assert.equal(nav.match(/<li>/g)?.length, 5, address);
    }
  });

  it('what a task may wait for stands strand by strand, what it waits for first in words', async () => {
    const path = /tasks\/[0-9a-f-]{36}(?=">Have it delivered)/.exec((await site.get(example, amina)).text)?.[0] ?? '';
    const form = main((await site.get(`${example}/${path}`, amina)).text);
    assert.match(form, /What it waits for: Tender and order</);
    const groups = [...form.matchAll(/__summary-text">([A-Z][a-z ]+) \((\d+)\)/g)].map((one) => Number(one[2]));
    assert.equal(groups.length, 6);
    assert.equal(
      groups.reduce((sum, one) => sum + one, 0),
      form.match(/name="after"/g)?.length,
    );
    assert.match(form, /data-htq-filter="Find a task by its words"/);
  });

  it('what is late in several plans is told with its owner, the oldest first', async () => {
    const soon = new Date(site.ctx.clock().getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
    const fields = { id: '99999999-9999-4999-8999-999999999914', qualification: 'HNC soon', firstTeach: soon };
    await site.post('/plans', { ...fields, route: 'Digital' }, amina);
    const list = main((await site.get('/plans', amina)).text);
    assert.match(list, /was to be over by [^<]*\. (Amina Osei|Tom Birch|Ruth Kavanagh)</);
    assert.match(list, /\. Nobody’s yet</);
    const days = [...list.matchAll(/(?:was to be over by|should have begun by) (\d+ \w+ \d{4})/g)].map((one) =>
      Date.parse(`${one[1]} UTC`),
    );
    assert.ok(days.length > 5);
    assert.deepEqual(
      days,
      days.toSorted((one, other) => one - other),
    );
  });
});
