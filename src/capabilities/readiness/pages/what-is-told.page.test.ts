import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { remindTasks } from '../use-cases/remind-tasks.ts';

const example = '/plans/00000000-0000-4000-8000-00000000a001';
const main = (html: string): string => html.slice(html.indexOf('<main'));

describe('what a plan tells whom', () => {
  let site: Site;
  let amina: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
  });
  after(() => site.close());
  const page = async (address = ''): Promise<string> => main((await site.get(`${example}${address}`, amina)).text);
  const own = { strand: 'staff', status: 'to-do', starts: '2027-01-04', ends: '2027-01-11' };

  it('what is nobody’s is told to the leads of the provider', async () => {
    await site.post(
      `${example}/new-task`,
      {
        ...own,
        id: '88888888-8888-4888-8888-888888888890',
        title: 'Left lying',
        starts: '2026-09-01',
        ends: '2026-09-02',
      },
      amina,
    );
    const before = new Set((await keptMail(site.ctx, 500)).map((one) => one.id));
    await remindTasks(site.ctx);
    const about = (await keptMail(site.ctx, 500)).filter(
      (one) => !before.has(one.id) && JSON.stringify(one).includes('Left lying'),
    );
    assert.deepEqual(
      about.map((one) => one.to),
      ['amina.lead@northfield.example'],
    );
    assert.match(JSON.stringify(about), /Left lying[^"]*was to be over by 2 September 2026; it is nobody’s yet/);
  });

  it('the calendar of whoever has its address holds titles and dates alone, and counts each change', async () => {
    const id = '88888888-8888-4888-8888-888888888881';
    const task = { ...own, id, title: 'Meet the head', why: 'Jo Bloggs resigned over pay' };
    assert.equal((await site.post(`${example}/new-task`, task, amina)).status, 303);
    const path = /http:\/\/localhost(\/plan-calendars\/[\w-]+\.ics)/.exec(await page())?.[1] ?? '';
    const open = (await site.get(path)).text;
    assert.match(open, /SUMMARY:Begin: Meet the head/);
    assert.doesNotMatch(open, /Jo Bloggs/);
    assert.match((await site.get(`${example}/plan.ics`, amina)).text, /DESCRIPTION:.*Jo Bloggs/);
    const firstTeach = (text: string) =>
      Number(/SEQUENCE:(\d+)/.exec(text.slice(text.indexOf('UID:first-teach')))?.[1]);
    const shown = await page('/change?firstTeach=2028-09-21');
    const revision = /name="revision" value="(\d+)"/.exec(shown)?.[1] ?? '';
    await site.post(`${example}/change`, { firstTeach: '2028-09-21', revision }, amina);
    assert.ok(
      firstTeach((await site.get(path)).text) > firstTeach(open),
      'a program that subscribes takes the new day',
    );
  });

  it('money: a plan counts the tasks that are needed, and what is missing is no negative sum', async () => {
    const csv = (await site.get(`${example}/plan.csv`, amina)).text;
    const all = csv.trim().split(/\r\n(?=")/).length - 1;
    const task = /tasks\/([0-9a-f-]+)">Tender and order/.exec(await page())?.[1] ?? '';
    const form = await page(`/tasks/${task}`);
    const field = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(form)?.[1] ?? '';
    const fields = { ...own, title: 'Tender and order', status: 'not-needed', cost: '164000' };
    const saved = {
      ...fields,
      strand: 'facilities',
      revision: field('revision'),
      starts: field('starts'),
      ends: field('ends'),
    };
    assert.equal((await site.post(`${example}/tasks/${task}`, saved, amina)).status, 303);
    assert.match(await page(), new RegExp(`tasks with a cost, of ${all - 1}\\.`));
    const revision = /name="revision" value="(\d+)"/.exec(await page('/offer'))?.[1] ?? '';
    const money = { revision, feeEach: '1,100', costEach: '1,000', fixedCost: '5000' };
    assert.equal((await site.post(`${example}/offer`, money, amina)).status, 303);
    assert.match(await page('/report'), /with the likely 16, £3,400 are missing/);
  });

  it('the report says how much more is late than it names', async () => {
    for (let at = 0; at < 20; at += 1)
      await site.post(
        `${example}/new-task`,
        {
          ...own,
          id: `88888888-8888-4888-8888-8888888882${10 + at}`,
          title: `Late ${at}`,
          starts: '2026-10-01',
          ends: '2026-10-02',
        },
        amina,
      );
    const report = await page('/report');
    const late = Number(/(\d+) are late or should have begun/.exec(report)?.[1]);
    assert.ok(late > 20);
    assert.ok(report.includes(`And ${late - 12} more`), report.slice(report.indexOf('What is late')).slice(0, 3000));
  });

  it('a message says days as people say them, names what presses most, and where the rest is', async () => {
    const { text } = await site.get(`${example}/new-task`, amina);
    const person = /<option value="([0-9a-f-]{36})"[^>]*>Amina Osei/.exec(text)?.[1] ?? '';
    for (let at = 0; at < 40; at += 1)
      await site.post(
        `${example}/new-task`,
        {
          ...own,
          id: `88888888-8888-4888-8888-8888888883${10 + at}`,
          title: `Hers ${at}`,
          owner: person,
          starts: '2026-10-01',
          ends: '2026-10-09',
        },
        amina,
      );
    await remindTasks(site.ctx);
    const mail = (await keptMail(site.ctx, 500)).find(
      (one) => one.to.startsWith('amina') && JSON.stringify(one).includes('Hers'),
    );
    const words = JSON.stringify(mail);
    assert.match(words, /was to be over by 9 October 2026/);
    assert.doesNotMatch(words, /(?:by|on) \d{4}-\d{2}-\d{2}/);
    assert.equal(words.match(/\): (?:was|had|begins)/g)?.length, 30);
    assert.match(words, /And \d+ more/);
  });

  it('a campaign’s enquiries are counted later, and a campaign noted by mistake goes', async () => {
    const id = '88888888-8888-4888-8888-888888888884';
    const campaign = { id, campaign: 'Leaflets', campaignDay: '2026-11-02', campaignCost: '90', campaignResult: '' };
    await site.post(`${example}/learners/campaign`, campaign, amina);
    const row = (await page('/learners')).split('<tr').find((one) => one.includes('Leaflets')) ?? '';
    assert.match(row, /Not counted yet/);
    const form = await page(/href="[^"]*(\/learners\?campaign=[^"#]+)/.exec(row)?.[1] ?? '/no-link');
    assert.match(form, /value="Leaflets"/);
    assert.match(form, new RegExp(`name="id" value="${id}"`));
    await site.post(`${example}/learners/campaign`, { ...campaign, campaignResult: '9' }, amina);
    assert.match(await page('/learners'), /Leaflets.{0,400}£10</s);
    await site.post(`${example}/learners/campaign/remove`, { id }, amina);
    assert.doesNotMatch(await page('/learners'), /Leaflets/);
  });

  it('a wide forecast still shows what the likely and the safe promise cost', async () => {
    const revision = /name="revision" value="(\d+)"/.exec(await page('/learners'))?.[1] ?? '';
    const forecast = { revision, low: '10', likely: '55', high: '100', award: '1000' };
    assert.equal((await site.post(`${example}/learners`, forecast, amina)).status, 303);
    const table = (await page('/learners')).split('What each promise may cost')[1]?.split('</table>')[0] ?? '';
    for (const promised of [10, 12, 55]) assert.match(table, new RegExp(`<th scope="row"[^>]*>${promised}</th>`));
    assert.ok((table.match(/<tr/g)?.length ?? 0) < 30);
  });

  it('every table has its caption', async () => {
    for (const address of ['', '/learners', '/offer', '/report', '/change?firstTeach=2028-09-21']) {
      const html = await page(address);
      assert.equal(html.match(/<table/g)?.length ?? 0, html.match(/<caption/g)?.length ?? 0, address);
    }
  });
});
