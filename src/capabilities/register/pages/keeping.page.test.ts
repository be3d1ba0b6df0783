import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { keptMail } from '#platform/mail/outbox.ts';
import { tellNews } from '#platform/subscriptions/tell-news.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { jobs } from '../../../main/compose.ts';
import { importStandards } from '../../standards/use-cases/import-standards.ts';
import { findLeftOvers, readCycle } from '../use-cases/cycles.ts';
import { importRegister } from '../use-cases/import-register.ts';
import { registerKind } from '../use-cases/register-kind.ts';
import { cyclesList } from '../use-cases/tell-cycles.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const wish = { source: 'a test', asAt: null, dry: false, allowRemovals: false, allowOlder: false, confirmedBy: null };

describe('keeping the register', () => {
  let site: Site;
  let editor: Visitor;
  before(async () => {
    site = await openSite('example');
    editor = await site.as('edward.editor@department.example');
  });
  after(() => site.close());

  /** The proposal that a form led to. */
  const sendForm = async (path: string, fields: Readonly<Record<string, string>>): Promise<string> => {
    const answer = await site.post(path, { basis: 'A decision', ...fields }, editor);
    assert.equal(
      answer.status,
      303,
      answer.text.slice(answer.text.indexOf('<main'), answer.text.indexOf('<main') + 800),
    );
    return answer.to.replace('?done=proposed', '');
  };

  it('hears of a revised standard from its import, through the job that delivers events', async () => {
    const record = JSON.parse(readFileSync(resolve('examples/standards/ST9001-1.1.json'), 'utf8'));
    const text = JSON.stringify([{ ...record, versionNumber: '1.2', version: '1.2' }]);
    const source = {
      name: 'feed',
      size: text.length,
      open: async () =>
        (async function* () {
          yield Buffer.from(text);
        })(),
    };
    await importStandards(site.ctx, [source], () => {}, new AbortController().signal);
    const waiting = await site.ctx.jobs.list('waiting', 500);
    assert.ok(waiting.some((one) => one.name === 'platform.deliver-event'));
    const delivered: { readonly body: unknown }[] = (
      await sql<{
        body: unknown;
      }>`select data as body from pgboss.job where name = 'platform.deliver-event' and data->>'event' = 'standards.changed'`.execute(
        site.ctx.db,
      )
    ).rows;
    assert.equal(delivered.length, 1);
    const job = jobs.find((one) => one.name === 'platform.deliver-event');
    if (job?.kind !== 'stepwise') assert.fail();
    const running = { id: 'x', lastTry: false, signal: new AbortController().signal, progress: async () => {} };
    assert.match(await job.run(site.ctx, delivered[0]?.body as object, running), /ST9001: 2 cases opened/);
    assert.match(
      main((await site.get('/register/cases', editor)).text),
      /version 1.2 is new, and Level 4 Diploma in Community Networks is approved for it/,
    );
  });

  it('brings in a file after a difference, all of it or nothing, and asks before it ends a lot', async () => {
    const csv = (await site.get('/register.csv')).text.replace(/^\uFEFF/, '');
    const { readCsv } = await import('#platform/sheets/read-csv.ts');
    const sheet = readCsv('register.csv', new TextEncoder().encode(csv));
    const table =
      sheet.kind === 'ok'
        ? sheet.value.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
        : assert.fail();
    const same = await importRegister(site.ctx, table, wish);
    assert.deepEqual([same.differences, same.problems, same.stopped], [[], [], 'none']);
    const half = table.filter((row) => !row.includes('999/0005/5'));
    const many = await importRegister(site.ctx, half, wish);
    assert.deepEqual([many.stopped, many.written], ['removes-many', false]);
    assert.match(main((await site.get('/register/999-0005-5')).text), /It is a Higher Technical Qualification/);
    const cycle = table[0]?.indexOf('cycle') ?? -1;
    const older = await importRegister(
      site.ctx,
      table.map((row, index) =>
        index === 0 || row[cycle] === '' ? row : row.map((cell, at) => (at === cycle ? '2' : cell)),
      ),
      wish,
    );
    assert.deepEqual([older.stopped, older.written], ['older', false]);
    const dry = await importRegister(site.ctx, half, { ...wish, dry: true, allowRemovals: true });
    assert.deepEqual([dry.written, dry.differences.at(-1)?.kind], [false, 'removed']);
    const list = [
      ['Provider', 'Postcode', 'Qualification'],
      ['Eastmere University', 'ZZ2 2ZZ', 'Level 5 Diploma in Community Testing'],
      ['Northfield College', 'ZZ1 1ZZ', 'Level 5 Diploma in Community Testing'],
      ['Westbrook Training', 'ZZ4 4ZZ', 'Level 5 Diploma in Community Testing'],
      ['Northfield', '', 'Community Testing'],
    ];
    const listed = await importRegister(site.ctx, list, wish);
    assert.deepEqual([listed.same, listed.differences.length, listed.unmatched, listed.written], [1, 1, 2, true]);
    assert.match(main((await site.get('/register/999-0005-5')).text), /Northfield College/);
    const queue = (await site.get('/register/matching', editor)).text;
    assert.match(queue, /Westbrook Training, ZZ4 4ZZ/);
    const rows = [...queue.matchAll(/name="row" value="([0-9a-f-]+)"/g)].map((match) => match[1] ?? '');
    assert.equal(rows.length, 2);
    assert.equal(
      (await site.post('/register/matching', { row: rows[1] ?? '', ukprn: '', entry: '' }, editor)).status,
      422,
    );
    await site.post('/register/matching', { row: rows[1] ?? '', ukprn: '19999901', entry: '999-0005-5' }, editor);
    await site.post('/register/matching', { row: rows[0] ?? '', ukprn: '', entry: '', what: 'leave-out' }, editor);
    assert.match((await site.get('/register/matching', editor)).text, /Every row is matched/);
    assert.equal((await importRegister(site.ctx, list, wish)).unmatched, 0);
  });

  it('says what a copy is a copy of on every page, and only administrators say so', async () => {
    assert.equal(
      (await site.post('/register/kind', { kind: 'copy', of: 'The list', asAt: '2026-09-01' }, editor)).status,
      403,
    );
    const administrator = await site.as('nadia.administrator@department.example');
    assert.match((await site.get('/register', administrator)).text, /href="\/register\/kind"/);
    const awarding = await site.as('piotr.lead@example-awards.example');
    assert.match(
      (await site.get('/register', awarding)).text,
      /href="\/register\?awarding=Example\+Awards">Confirm who delivers the qualifications of Example Awards</,
    );
    assert.equal((await site.post('/register/kind', { kind: 'copy', of: '', asAt: 'x' }, administrator)).status, 422);
    await site.post(
      '/register/kind',
      { kind: 'copy', of: 'the list of an authority', asAt: '2026-09-01' },
      administrator,
    );
    assert.deepEqual(await registerKind(site.ctx), {
      kind: 'copy',
      of: 'the list of an authority',
      asAt: '2026-09-01',
    });
    for (const path of [
      '/register',
      '/register/999-0001-1',
      '/register/999-0001-1/history',
      '/providers/19999901',
      '/occupations/ST9001',
      '/cycles',
      '/cycles/3',
      '/register/compare',
      '/register/kind',
    ])
      assert.match((await site.get(path)).text, /copy of the list of an authority, as at 1 September 2026/, path);
    const table = [
      ['number', 'title', 'level', 'awarding organisation', 'occupation', 'cycle', 'approved on', 'first teach'],
    ];
    assert.equal((await importRegister(site.ctx, table, { ...wish, asAt: '2026-08-01' })).stopped, 'older');
    await site.post('/register/kind', { kind: 'authority', of: '', asAt: '' }, administrator);
  });

  it('shows the cycles, reminds those who follow them, and carries none of the old dates over', async () => {
    assert.match(main((await site.get('/cycles')).text), /23 September 2024 to 10 February 2025/);
    assert.match(main((await site.get('/cycles/1')).text), /Out of scope/);
    assert.equal((await site.get('/cycles/99')).status, 404);
    const found = await findLeftOvers(site.ctx, { ...((await readCycle(site.ctx, '5.2')) ?? assert.fail()), id: '6' });
    assert.deepEqual(
      found.map((one) => one.words),
      [],
    );
    await sendForm('/register/999-0001-1/edit/details', {
      title: 'Test test',
      numbers: '999/0001/1',
      level: '4',
      awardingOrganisation: 'Example Awards',
      from: '2026-11-01',
    });
    const next = {
      cycle: '6',
      opens: '2027-02-01',
      closes: '2027-06-30',
      firstTeach: 'September 2029',
      source: 'An announcement',
    };
    const stopped = await site.post('/cycles/5.2/carry-over', next, editor);
    assert.equal(stopped.status, 422);
    assert.match(stopped.text, /A draft that nobody has decided on: Change its details/);
    const waiting =
      /href="(\/register\/proposals\/[0-9a-f-]+)">Change its details/.exec(
        (await site.get('/register/proposals', editor)).text,
      )?.[1] ?? assert.fail();
    await site.post(waiting, { decision: 'decline', note: 'A test' }, editor);
    assert.match(
      (await site.post('/cycles/5.2/carry-over', { ...next, 'stage-application': '2025-02-10' }, editor)).text,
      /The last day of application, 10 February 2025, does not fit the window from/,
    );
    const proposal = await site.post('/cycles/5.2/carry-over', next, editor);
    assert.equal(proposal.status, 303);
    assert.equal((await site.get('/cycles/6')).status, 404);
    // A draft that came since: the cycle would leave it behind.
    const draft = await sendForm('/register/999-0001-1/edit/change', {
      size: 'minor',
      what: 'A word',
      proposedOn: '2026-11-01',
      answer: 'none-needed',
    });
    const publish = proposal.to.replace('?done=proposed', '');
    assert.equal((await site.post(publish, { decision: 'enter', note: '' }, editor)).status, 422);
    assert.match(main((await site.get(publish, editor)).text), /Something is left over from the last cycle/);
    await site.post(draft, { decision: 'decline', note: 'A test' }, editor);
    await site.post(proposal.to.replace('?done=proposed', ''), { decision: 'enter', note: '' }, editor);
    const cycle = main((await site.get('/cycles/6')).text);
    assert.match(cycle, /1 February 2027 to 30 June 2027/);
    assert.doesNotMatch(cycle, /September 2024|February 2025|September 2026/);
    await site.post('/cycles/follow', { scope: 'cycle:6', address: 'someone@college.example', frequency: 'daily' });
    const link = (await keptMail(site.ctx, 500))
      .find((one) => one.to === 'someone@college.example')
      ?.body.find((one) => one.kind === 'link');
    await site.post(`${new URL(link?.kind === 'link' ? link.href : '').pathname}/confirm`, {});
    const begun = site.ctx.clock();
    site.setTime(new Date('2027-01-26T08:00:00Z'));
    if (begun < new Date('2027-01-01')) {
      assert.equal(await tellNews(site.ctx, cyclesList, 'daily'), 1);
      assert.equal(await tellNews(site.ctx, cyclesList, 'daily'), 0);
    }
    site.setTime(begun);
  });
});
