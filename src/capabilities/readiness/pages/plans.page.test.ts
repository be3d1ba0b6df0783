import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import nodeIcal from 'node-ical';
import { readTypedDay } from '#kernel/typed-day.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { remindTasks } from '../use-cases/remind-tasks.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const example = '/plans/00000000-0000-4000-8000-00000000a001';

describe('delivery plans', () => {
  let site: Site;
  let amina: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
  });
  after(() => site.close());
  const dayFromNow = (days: number): string =>
    new Date(site.ctx.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const asked = (more: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams({ qualification: 'HNC in Robots', firstTeach: dayFromNow(700), route: 'Digital', ...more });
  const taskIn = async (plan: string, title: string): Promise<string> => {
    const { text } = await site.get(plan, amina);
    const path = new RegExp(`href="(${plan}/tasks/[0-9a-f-]+)">${title}`).exec(text)?.[1];
    assert.ok(path, title);
    return path;
  };
  const formOf = async (path: string): Promise<Record<string, string>> => {
    const { text } = await site.get(path, amina);
    const field = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1] ?? '';
    const chosen = (name: string) =>
      new RegExp(`name="${name}">.*?<option value="([^"]*)" selected`, 's').exec(text)?.[1] ?? '';
    return {
      revision: field('revision'),
      title: field('title'),
      why: '',
      strand: chosen('strand'),
      status: chosen('status'),
      owner: chosen('owner'),
      starts: readTypedDay(field('starts')) ?? '',
      ends: readTypedDay(field('ends')) ?? '',
      cost: field('cost'),
      evidence: '',
    };
  };

  it('shows anyone a plan from three things, and says what cannot be', async () => {
    const sketch = await site.get(`/plans/new?${asked()}`);
    assert.equal(sketch.status, 200);
    assert.match(sketch.text, /HNC in Robots/);
    assert.match(sketch.text, /Decide to offer it, and name who leads/);
    assert.match(sketch.text, /Sign in to keep it/);
    assert.doesNotMatch(sketch.text, /govuk-warning-text/, 'two years are enough');
    const soon = await site.get(`/plans/new?${asked({ firstTeach: dayFromNow(7) })}`);
    assert.match(soon.text, /By these dates teaching can begin on/);
    assert.match(soon.text, /Should have begun \d+ weeks ago/);
    for (const [more, words] of [
      [{ firstTeach: '2019-09-01' }, /That day is past/],
      [{ firstTeach: '2027-02-30' }, /Enter the first day of teaching, such as/],
      [{ qualification: ' ' }, /Enter the title of the qualification/],
      [{ route: 'Elsewhere' }, /Choose the route/],
    ] as const) {
      const wrong = await site.get(`/plans/new?${asked(more)}`);
      assert.equal(wrong.status, 422);
      assert.match(wrong.text, words);
      assert.match(wrong.text, /name="qualification"/, 'what was typed stays in the form');
    }
  });

  it('is taken away as a file: CSV, XLSX and a calendar that another program reads', async () => {
    const csv = await site.get(`/plans/new.csv?${asked()}`);
    assert.match(csv.text, /"Strand","Task","Why"/);
    const xlsx = await site.get(`/plans/new.xlsx?${asked()}`);
    assert.equal(xlsx.status, 200);
    const ics = (await site.get(`/plans/new.ics?${asked()}`)).text;
    const events = Object.values(nodeIcal.sync.parseICS(ics)).filter((one) => one?.type === 'VEVENT');
    assert.equal(events.length, 73, 'each of 36 tasks begins and is over, and the first lesson');
    assert.ok(events.every((one) => (one as { datetype?: string }).datetype === 'date'));
    assert.match(ics, /DTSTART;VALUE=DATE:\d{8}\r\n/);
    assert.match(ics, /DTSTAMP:\d{8}T\d{6}Z\r\n/);
    assert.equal((await site.get('/plans/new.csv?firstTeach=never')).status, 404);
  });

  it('is kept once, for the provider of whoever asks, and is its members’ alone', async () => {
    const id = '11111111-1111-4111-8111-111111111111';
    const fields = { ...Object.fromEntries(asked()), id };
    assert.equal((await site.post('/plans', fields, amina)).to, `/plans/${id}?done=kept`);
    assert.equal((await site.post('/plans', fields, amina)).to, `/plans/${id}?done=kept`, 'sent twice, it is one plan');
    assert.equal(main((await site.get('/plans', amina)).text).match(/HNC in Robots/g)?.length, 1);
    assert.equal((await site.get(`/plans/${id}`)).status, 303, 'a visitor is led to the sign-in page');
    for (const who of ['grace.lead@fenwick.example', 'edward.editor@department.example'])
      assert.equal((await site.get(`/plans/${id}`, await site.as(who))).status, 403, who);
    assert.equal((await site.get(`/plans/${id}`, await site.as('ruth.lead@southgate.example'))).status, 200);
    assert.equal((await site.post('/plans', fields, await site.as('sam.visitor@home.example'))).status, 403);
    assert.equal((await site.get('/plans/22222222-2222-4222-8222-222222222222', amina)).status, 404);
    assert.equal((await site.get('/plans/nonsense', amina)).status, 404);
  });

  it('an example college has things late ten months before, and its page says so', async () => {
    const page = main((await site.get(example, amina)).text);
    assert.match(page, /Late/);
    assert.match(page, /What first teach hangs on: /);
    assert.match(page, /<svg class="htq-gantt__picture"/);
    assert.match(page, /£\d{3},\d{3} expected over \d+ tasks/);
  });

  it('a task is changed, refused what cannot be, and of two who save at once the later is told', async () => {
    const path = await taskIn(example, 'Set up licences and accounts');
    const form = await formOf(path);
    const save = (more: Readonly<Record<string, string>>) => site.post(path, { ...form, ...more }, amina);
    assert.match((await save({ ends: '2020-01-01' })).text, /It cannot be over before it begins/);
    const wrong = await save({ cost: 'plenty', title: '' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="plenty"/);
    assert.equal((await save({ status: 'doing', cost: '1,250.50' })).to, `${path}?done=saved`);
    const stale = await save({ status: 'done', cost: '99' });
    assert.equal(stale.status, 409);
    assert.match(stale.text, /Saved meanwhile/);
    assert.match(stale.text, /State: Under way/);
    assert.match(stale.text, /value="99"/);
    assert.match((await site.get(`${example}/plan.csv`, amina)).text, /1250\.5/);
  });

  it('a circle of tasks is refused by name', async () => {
    const recruit = await taskIn(example, 'Recruit the teachers who are missing');
    const materials = (await taskIn(example, 'Prepare the first term')).split('/').at(-1) ?? '';
    const form = await formOf(recruit);
    const answer = await site.post(recruit, { ...form, after: materials }, amina);
    assert.equal(answer.status, 422);
    assert.match(answer.text, /These would wait for one another: [^<]*Prepare the first term/);
  });

  it('a task that moves shows what moves with it, and nothing moves before it is applied', async () => {
    const path = await taskIn(example, 'Tender and order');
    const form = await formOf(path);
    const later = (day: string) => new Date(Date.parse(day) + 200 * 86_400_000).toISOString().slice(0, 10);
    const preview = await site.post(path, { ...form, ends: later(form.ends ?? '') }, amina);
    assert.match(preview.to, /\/change\?task=/);
    const shown = main((await site.get(preview.to, amina)).text);
    assert.match(shown, /Have it delivered/);
    assert.match(shown, /Install it and try it out/);
    assert.match(shown, /The new dates are not applied yet/);
    assert.equal((await formOf(path)).ends, form.ends);
    const query = new URL(preview.to, 'http://x').searchParams;
    const revision = /name="revision" value="(\d+)"/.exec(shown)?.[1] ?? '';
    const apply = { ...Object.fromEntries(query), revision };
    assert.equal((await site.post(`${example}/change`, apply, amina)).to, `${example}?done=moved`);
    assert.equal((await formOf(path)).ends, later(form.ends ?? ''));
    const again = await site.post(`${example}/change`, apply, amina);
    assert.equal(again.status, 409, 'the plan has moved since this was looked at');
    assert.match(again.text, /Someone changed the plan after you looked at this/);
  });

  it('first teach moves with a preview, and a past one is refused', async () => {
    const wrong = await site.get(`${example}/change?firstTeach=2020-01-01`, amina);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /That day is past/);
    const preview = main((await site.get(`${example}/change?firstTeach=${dayFromNow(600)}`, amina)).text);
    assert.match(preview, /tasks move with it/);
    assert.match(preview, /can then be kept/);
    assert.equal((await site.get(`${example}/change?task=x&starts=1&ends=2`, amina)).status, 404);
  });

  it('own tasks and comments come once, however often they are sent', async () => {
    const id = '33333333-3333-4333-8333-333333333333';
    const task = {
      id,
      title: 'Ask the mayor',
      strand: 'employers',
      status: 'to-do',
      starts: dayFromNow(1),
      ends: dayFromNow(3),
    };
    for (let sent = 0; sent < 2; sent += 1)
      assert.equal((await site.post(`${example}/new-task`, task, amina)).to, `${example}?done=saved`);
    assert.equal((await site.get(`${example}/plan.csv`, amina)).text.match(/Ask the mayor/g)?.length, 1);
    const path = `${example}/tasks/${id}`;
    const said = { id: '44444444-4444-4444-8444-444444444444', comment: 'She said <yes>' };
    for (let sent = 0; sent < 2; sent += 1) await site.post(`${path}/comment`, said, amina);
    assert.equal((await site.get(path, amina)).text.match(/She said &lt;yes&gt;/g)?.length, 1);
    assert.equal((await site.post(`${path}/remove`, {}, amina)).to, `${example}?done=removed`);
    const step = await taskIn(example, 'Enrol');
    assert.equal((await site.post(`${step}/remove`, {}, amina)).status, 404, 'a step is set to “not needed” instead');
    const wrong = await site.upload(`${example}/units`, {}, { name: 'x.png', bytes: Buffer.from('nonsense') }, amina);
    assert.equal(wrong.status, 422);
  });

  it('the calendar is for whoever has its address, without names, and follows the plan', async () => {
    const page = (await site.get(example, amina)).text;
    const path = /http:\/\/localhost(\/plan-calendars\/[\w-]+\.ics)/.exec(page)?.[1] ?? '';
    const { text, status } = await site.get(path);
    assert.equal(status, 200);
    assert.match(text, /SUMMARY:Begin: Tender and order/);
    assert.doesNotMatch(text, /Amina|Tom|Ruth/);
    assert.equal((await site.get('/plan-calendars/made-up.ics')).status, 404);
  });

  it('says whether to offer it: money, funding with reasons, from what was typed', async () => {
    const page = main((await site.get(`${example}/offer`, amina)).text);
    assert.match(page, /It pays for itself from 13 learners a year/);
    assert.match(page, /fewer come with a chance of \d+%/);
    assert.match(page, /A module has at least 30 credits/);
    assert.match(page, /By the register of this instance\./);
    assert.match(page, /href="\/register\?route=Digital"/);
    assert.match(page, /Southgate Institute<\/a>/);
    const revision = /name="revision" value="(\d+)"/.exec(page)?.[1] ?? '';
    const typed = { revision, feeEach: '6,200', costEach: 'x', fixedCost: '64000' };
    const wrong = await site.post(`${example}/offer`, typed, amina);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="6,200"/);
    const right = { ...typed, costEach: '6300', 'funding-ofsRegistered': 'no' };
    assert.equal((await site.post(`${example}/offer`, right, amina)).to, `${example}/offer?done=saved`);
    const after = main((await site.get(`${example}/offer`, amina)).text);
    assert.match(after, /no group is large enough to pay for itself/);
    assert.match(after, /registered with the Office for Students/);
    const stale = await site.post(`${example}/offer`, right, amina);
    assert.equal(stale.status, 409);
    assert.match(stale.text, /Someone saved this after you opened it/);
  });

  it('says who could come and from where, once however often it is sent, and takes it away again', async () => {
    const page = main((await site.get(`${example}/offer`, amina)).text);
    assert.match(page, /give about 15 learners a year/);
    const way = {
      id: '77777777-7777-4777-8777-777777777777',
      kind: 't-level',
      way: 'T Level at Eastmoor',
      people: '30',
    };
    const wrong = await site.post(`${example}/offer/ways-in`, { ...way, percent: '120' }, amina);
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Enter a whole number from 0 to 100/);
    assert.match(wrong.text, /value="T Level at Eastmoor"/);
    for (let sent = 0; sent < 2; sent += 1)
      await site.post(`${example}/offer/ways-in`, { ...way, percent: '10%' }, amina);
    const after = main((await site.get(`${example}/offer`, amina)).text);
    assert.match(after, /give about 18 learners a year/);
    await site.post(`${example}/offer/ways-in/remove`, { id: way.id }, amina);
    assert.match(main((await site.get(`${example}/offer`, amina)).text), /give about 15 learners a year/);
    const other = await site.as('grace.lead@fenwick.example');
    assert.equal((await site.post(`${example}/offer/ways-in`, { ...way, percent: '10' }, other)).status, 403);
  });

  it('forecasts learners, and says what each promise may cost', async () => {
    const page = main((await site.get(`${example}/learners`, amina)).text);
    assert.match(page, /Up to 12 learners can be promised without anything to give back/);
    const revision = /name="revision" value="(\d+)"/.exec(page)?.[1] ?? '';
    const crossed = await site.post(`${example}/learners`, { revision, low: '9', likely: '5', high: '20' }, amina);
    assert.equal(crossed.status, 422);
    assert.match(crossed.text, /The likely number lies between/);
    const week = { week: dayFromNow(0), applications: '9', offers: '12', accepted: '3' };
    assert.match((await site.post(`${example}/learners/week`, week, amina)).text, /cannot be more offers/);
    await site.post(`${example}/learners/week`, { ...week, offers: '7' }, amina);
    await site.post(`${example}/learners/week`, { ...week, offers: '8' }, amina);
    const campaign = {
      id: '66666666-6666-4666-8666-666666666666',
      campaign: 'Bus',
      campaignDay: dayFromNow(0),
      campaignCost: '300',
      campaignResult: '6',
    };
    for (let sent = 0; sent < 2; sent += 1) await site.post(`${example}/learners/campaign`, campaign, amina);
    const now = main((await site.get(`${example}/learners`, amina)).text);
    assert.equal(now.match(/>Bus</g)?.length, 1);
    assert.match(now, /£50/);
    assert.match(now, /8 applications|9 applications/);
  });

  it('reports to governors on one page and as a PDF, each figure with its place', async () => {
    const page = main((await site.get(`${example}/report`, amina)).text);
    assert.match(page, /href="[^"]*\/learners">Learners</);
    assert.match(page, /open tasks belong to nobody/);
    const pdf = await site.server.inject({
      url: `${example}/report.pdf`,
      headers: { host: 'localhost', cookie: `htq_session=${amina.token}` },
    });
    assert.equal(pdf.headers['content-type'], 'application/pdf');
    assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-');
  });

  it('shows several plans side by side, with what presses in all of them', async () => {
    const page = main((await site.get('/plans', amina)).text);
    assert.match(page, /Late, and to begin within 30 days, in all of them/);
    assert.match(page, /HNC in Robots/);
    assert.match(page, /Network Engineering \(fictional\): was to be over by/);
  });

  it('tells people by mail what is theirs, and whoever has nothing due nothing', async () => {
    const written = await remindTasks(site.ctx);
    assert.ok(written >= 1);
    const mails = (await keptMail(site.ctx, 500)).filter((one) => /Your delivery plan/.test(one.subject));
    assert.equal(mails.length, written);
    assert.equal(new Set(mails.map((one) => one.to)).size, written, 'one message to each');
    assert.ok(mails.every((one) => one.to.endsWith('northfield.example') || one.to.endsWith('southgate.example')));
  });
});
