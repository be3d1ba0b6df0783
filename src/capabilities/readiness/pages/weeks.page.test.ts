import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const learners = '/plans/00000000-0000-4000-8000-00000000a001/learners';

describe('applications week by week', () => {
  let site: Site;
  let amina: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
  });
  after(() => site.close());
  const dayFromNow = (days: number): string =>
    new Date(site.ctx.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const page = async (path = learners): Promise<string> => main((await site.get(path, amina)).text);
  const note = (fields: Readonly<Record<string, string>>) => site.post(`${learners}/week`, fields, amina);

  it('compares them with what is expected by then, and says what that rests on', async () => {
    const html = await page();
    assert.match(html, /Recruitment is in step with the forecast\./);
    assert.match(
      html,
      /there were 7 applications, where \d+ to \d+ are expected, and 3 had accepted, where 0 to \d+ are/,
    );
    assert.match(html, /Our suggestion, not a published figure/);
    assert.match(html, /class="htq-weeks__band" d="M/);
    assert.doesNotMatch(html, /short of the low number/);
  });

  it('governors read it when recruitment falls behind the forecast, and not before', async () => {
    const report = () => page(learners.replace('learners', 'report'));
    assert.doesNotMatch(await report(), /Recruitment is behind/);
    const before = await page();
    const forecast = async (low: string, likely: string, high: string) => {
      const revision = /name="revision" value="(\d+)"/.exec(await page())?.[1] ?? '';
      assert.equal((await site.post(learners, { revision, low, likely, high, award: '60000' }, amina)).status, 303);
    };
    const typed = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(before)?.[1] ?? '';
    await forecast('900', '950', '1000');
    assert.match(
      await report(),
      /Recruitment is behind: by [^:]* there were 7 applications, where \d+ to \d+ are expected/,
    );
    await forecast(typed('low'), typed('likely'), typed('high'));
    assert.doesNotMatch(await report(), /Recruitment is behind/);
  });

  it('refuses a week that is still to come, and fewer applications than before; what was typed stays', async () => {
    for (const [fields, words] of [
      [{ week: '2030-01-01', applications: '99', offers: '50', accepted: '20' }, /That day is still to come/],
      [{ week: dayFromNow(1), applications: '99', offers: '50', accepted: '20' }, /That day is still to come/],
      [
        { week: dayFromNow(0), applications: '6', offers: '6', accepted: '3' },
        /has 7 applications: enter as many or more/,
      ],
      [
        { week: dayFromNow(-300), applications: '2', offers: '0', accepted: '0' },
        /has 1 application: enter as many or fewer/,
      ],
    ] as const) {
      const answer = await note(fields);
      assert.equal(answer.status, 422);
      assert.match(answer.text, words);
      assert.match(answer.text, new RegExp(`name="applications"[^>]*value="${fields.applications}"`));
    }
    assert.doesNotMatch((await site.get(learners.replace('learners', 'report'), amina)).text, /99 applications/);
  });

  it('a week is put right, its day too, and one that was noted by mistake is removed', async () => {
    const week = dayFromNow(-1);
    assert.equal((await note({ week, applications: '70', offers: '7', accepted: '3' })).status, 303);
    assert.match(await page(), /70 applications/);
    const form = await page(`${learners}?week=${week}`);
    assert.match(form, /Putting right the week to/);
    assert.match(form, /name="applications"[^>]*value="70"/);
    const taken = /<input type="hidden" name="week" value="([^"]+)">/.exec(form)?.[1] ?? '';
    const clash = await note({ was: week, week: taken, applications: '9', offers: '7', accepted: '3' });
    assert.equal(clash.status, 422);
    assert.match(clash.text, /Another week has that day already/);
    assert.match(clash.text, new RegExp(`name="was" value="${week}"`), 'it is still that week that is put right');
    const right = { was: week, week: dayFromNow(0), applications: '9', offers: '7', accepted: '2' };
    for (let sent = 0; sent < 2; sent += 1) assert.equal((await note(right)).status, 303, 'people change their minds');
    const after = await page();
    assert.match(after, /9 applications/);
    assert.equal(after.match(/name="week" value="/g)?.length, 6);
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post(`${learners}/week/remove`, { week: dayFromNow(0) }, amina)).status, 303);
    assert.match(await page(), /7 applications/);
    const other = await site.as('grace.lead@fenwick.example');
    assert.equal((await site.post(`${learners}/week/remove`, { week: taken }, other)).status, 403);
  });
});
