import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import nodeIcal from 'node-ical';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const example = '/plans/00000000-0000-4000-8000-00000000a001';
const main = (html: string): string => html.slice(html.indexOf('<main'));
/** A part of a page, from its heading to the next. */
const part = (html: string, heading: string): string =>
  html.split(/<h2[^>]*>/).find((one) => one.startsWith(heading)) ?? '';

describe('what a plan gives to take away', () => {
  let site: Site;
  let amina: Visitor;
  before(async () => {
    site = await openSite('example');
    amina = await site.as('amina.lead@northfield.example');
  });
  after(() => site.close());
  const fromToday = (days: number): string =>
    new Date(site.ctx.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);

  it('the report says of which college, names what it leaves out, and tells the risks that the plan knows', async () => {
    const id = '99999999-9999-4999-8999-999999999903';
    await site.post('/plans', { id, qualification: 'HNC late', firstTeach: fromToday(120), route: 'Digital' }, amina);
    const late = main((await site.get(`/plans/${id}/report`, amina)).text);
    const said = Number(/(\d+) are late or should have begun/.exec(late)?.[1]);
    const listed = part(late, 'What is late').match(/<li>/g)?.length ?? 0;
    const more = Number(/And (\d+) more\./.exec(late)?.[1]);
    assert.ok(said > 12);
    assert.equal(listed, 13);
    assert.equal(listed - 1 + more, said, 'no late task is hidden');
    assert.match(part(late, 'Risks'), /What a learner brings and costs is not settled/);

    const report = main((await site.get(`${example}/report`, amina)).text);
    assert.match(report, /Northfield College[^<]*: report for governors/);
    const risks = part(report, 'Risks');
    assert.match(risks, /First teach hangs on: /);
    assert.match(risks, /It is not known yet: Is the course designated for student finance\?/);
    assert.match(risks, /With the low number of 10 learners, £13,500 a year are missing/);
    assert.match(risks, /Of the £120,000 asked of a fund, £[\d,]+ are expected to go back/);
    assert.match(risks, /open tasks have no cost yet/);
  });

  it('the printed offer page says what it rests on', async () => {
    const page = main((await site.get(`${example}/offer`, amina)).text);
    const rests = page.slice(page.indexOf('<section class="htq-print-only"'));
    assert.match(rests, /Income from each learner in a year<\/th><td[^>]*>£6,200</);
    assert.match(rests, /Cost in a year however many come<\/th><td[^>]*>£64,000</);
    assert.match(rests, /Learners forecast<\/th><td[^>]*>10 to 26, most likely 16</);
    assert.match(rests, /Is the course designated for student finance\?<\/th><td[^>]*>Not known</);
  });

  it('the tables say everything that the chart does, under headings of their own', async () => {
    const page = main((await site.get(example, amina)).text);
    const headings = [...page.matchAll(/<h3[^>]*id="strand-[a-z]+">([^<]+)/g)].map((one) => one[1]);
    assert.deepEqual(headings.slice(0, 2), ['Learners', 'Employers']);
    assert.equal(headings.length, 6);
    assert.match(page, /Waits for: [^<]*Specify rooms, software and machines/);
    assert.match(page, /First teach hangs on it<\/strong>/);
    assert.match(page, /data-name="Cost">£164,000</);
    assert.match(page, /data-name="May slip">[^<]*(days?|weeks?)/);
    assert.doesNotMatch(page, /<text[^>]*>[^<]*…</, 'titles of the steps stand whole in the chart');
    assert.match(page, /<text class="htq-gantt__month"[^>]*>[A-Z][a-z]{2} ’\d\d</);
  });

  it('the workbook has real dates, a filter and a summary, and files are named for the plan', async () => {
    const fetch = (format: string) =>
      site.server.inject({
        url: `${example}/plan.${format}`,
        headers: { host: 'localhost', cookie: `htq_session=${amina.token}` },
      });
    const answer = await fetch('xlsx');
    assert.match(
      String(answer.headers['content-disposition']),
      /filename="delivery-plan-higher-national-certificate-in-network-engineering[a-z-]*\.xlsx"/,
    );
    const book = await readXlsx(answer.rawPayload);
    assert.deepEqual(
      book.sheets.map((one) => one.name),
      ['Summary', 'Plan'],
    );
    const [summary, plan] = book.sheets;
    const fact = (name: string) => summary?.rows.find((row) => row[0] === name)?.[1];
    assert.equal(fact('Provider'), 'Northfield College');
    assert.ok(fact('First teach') instanceof Date);
    assert.equal(fact('Expected cost'), 240_200);
    const starts = plan?.rows[0]?.indexOf('Starts') ?? -1;
    for (const row of plan?.rows.slice(1) ?? []) assert.ok(row[starts] instanceof Date, String(row[1]));
    const folder = unzipSync(answer.rawPayload);
    assert.match(strFromU8(folder['xl/worksheets/sheet2.xml'] ?? new Uint8Array()), /<autoFilter ref="A1:N37"/);
    assert.match(String((await fetch('ics')).headers['content-disposition']), /filename="delivery-plan-higher/);
  });

  it('the calendar has deadlines of a day, not bars of weeks', async () => {
    const { text } = await site.get(`${example}/plan.ics`, amina);
    const events = Object.values(nodeIcal.sync.parseICS(text)).filter((one) => one?.type === 'VEVENT') as {
      readonly start: Date;
      readonly end: Date;
      readonly summary: string;
    }[];
    for (const one of events) assert.equal(one.end.getTime() - one.start.getTime(), 86_400_000, one.summary);
    assert.equal(events.filter((one) => one.summary.endsWith('Tender and order')).length, 2);
    assert.deepEqual(
      events.filter((one) => one.summary.includes('Validate the course')).map((one) => one.summary),
      ['Over by today: Validate the course inside the college'],
      'what is under way has begun',
    );
  });
});
