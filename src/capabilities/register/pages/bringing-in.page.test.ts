import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readCsv } from '#platform/sheets/read-csv.ts';
import { enterInRegister } from '../../../../test/support/register.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';
import { importRegister } from '../use-cases/import-register.ts';
import { asOfToday, readEntry } from '../use-cases/read-register.ts';

const main = (html: string): string => html.slice(html.indexOf('<main')).replaceAll(/\s+/g, ' ');
const wish = { source: 'a test', asAt: null, dry: false, allowRemovals: false, allowOlder: false, confirmedBy: null };
type Cells = Readonly<Record<string, string>>;

describe('what a file brings in', () => {
  let site: Site;
  let editor: Visitor;
  before(async () => {
    site = await openSite('example');
    editor = await site.as('edward.editor@department.example');
  });
  after(() => site.close());
  const later = () => site.setTime(new Date(site.ctx.clock().getTime() + 60_000));

  /** The register's own file as a table, with some of its rows changed. */
  const ownFile = async (change: (row: Cells) => Cells | null = (row) => row): Promise<readonly string[][]> => {
    const text = (await site.get('/register.csv')).text.replace(/^\uFEFF/, '');
    const read = readCsv('register.csv', new TextEncoder().encode(text));
    const [head = [], ...rows] =
      read.kind === 'ok' ? read.value.rows.map((row) => row.map((cell) => String(cell ?? ''))) : assert.fail();
    const changed = rows.flatMap((row) => {
      const cells = change(Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])));
      return cells ? [head.map((name) => cells[name] ?? '')] : [];
    });
    return [head, ...changed];
  };
  const only = (number: string, more: Cells) => (row: Cells) => (row.number === number ? { ...row, ...more } : row);
  const enter = (path: string, fields: Cells) => enterInRegister(site, editor, path, fields);
  const entry = async (id: string) => (await readEntry(site.ctx, asOfToday(site.ctx), id)) ?? assert.fail(id);
  const page = async (id: string, query = '') => main((await site.get(`/register/${id}${query}`)).text);

  it('is entered with the day from which it was approved, whichever of its rows has it', async () => {
    const table = await ownFile();
    const [head = []] = table;
    const [some] = table.slice(1);
    const one = (occupation: string, approvedOn: string) =>
      head.map((name, at) =>
        name === 'number'
          ? '999/0066/6'
          : name === 'title'
            ? 'Level 4 Diploma in Days'
            : name === 'level'
              ? '4'
              : name === 'occupation'
                ? occupation
                : name === 'approvedOn'
                  ? approvedOn
                  : name === 'firstTeach'
                    ? '2026-09-01'
                    : ['withdrawnOn', 'withdrawalReason', 'otherNumbers', 'nextReview', 'id'].includes(name)
                      ? ''
                      : (some?.[at] ?? ''),
      );
    const rows = [...table, one('ST9001', '2026-02-01'), one('ST9003', '2025-02-01')];
    assert.equal((await importRegister(site.ctx, rows, wish)).written, true);
    assert.match(await page('999-0066-6', '?on=2025-03-01'), /\/occupations\/ST9003/);
    const earlier = rows.map((row) =>
      row.includes('999/0066/6') && row.includes('ST9003')
        ? row.map((cell) => (cell === '2025-02-01' ? '2024-02-01' : cell))
        : row,
    );
    assert.equal((await importRegister(site.ctx, earlier, wish)).written, true);
    assert.match(await page('999-0066-6', '?on=2024-03-01'), /\/occupations\/ST9003/);
  });

  it('is refused where it speaks of a day to come, withdraws on the day of approval or mixes two up', async () => {
    const ahead = await importRegister(site.ctx, await ownFile(), { ...wish, asAt: '2031-01-01' });
    assert.deepEqual([ahead.written, ahead.problems[0]?.message], [false, '2031-01-01 is still to come']);
    const crossed = await ownFile((row) =>
      row.number === '999/0004/4' ? { ...row, withdrawnOn: row.approvedOn ?? '' } : row,
    );
    const same = await importRegister(site.ctx, crossed, wish);
    assert.match(same.problems[0]?.message ?? '', /not after .*: the dates are crossed/);
    const mixed = await importRegister(
      site.ctx,
      await ownFile(only('999/0004/4', { otherNumbers: '999/0005/5' })),
      wish,
    );
    assert.match(mixed.problems[0]?.message ?? '', /those of two qualifications of the register/);
    let first = true;
    const titled = await ownFile((row) => {
      if (row.number !== '999/0066/6' || !first) return row;
      first = false;
      return { ...row, title: 'Another title' };
    });
    const told = await importRegister(site.ctx, titled, wish);
    assert.match(told.problems[0]?.message ?? '', /has another title, level or awarding organisation/);
  });

  it('ends the offers of what it withdraws, invents no reason, and reads its own file back', async () => {
    assert.ok((await entry('999-0004-4')).offers.length > 0);
    const day = '2026-11-20';
    const table = await ownFile(only('999/0004/4', { withdrawnOn: day, withdrawalReason: '' }));
    const report = await importRegister(site.ctx, table, { ...wish, allowRemovals: true });
    assert.equal(report.written, true);
    assert.match(report.differences.at(-1)?.after ?? '', /with the last approval on 2026-11-20/);
    const now = await entry('999-0004-4');
    assert.deepEqual([now.offers, now.withdrawals.map((one) => one.reason)], [[], ['not-said']]);
    assert.match(await page('999-0004-4'), /No reason is given/);
    const again = await importRegister(site.ctx, await ownFile(), wish);
    assert.deepEqual([again.problems, again.differences], [[], []]);
    const row = (await ownFile()).find((cells) => cells.includes('999/0004/4'));
    assert.ok(
      row?.some((cell) => /^ST\d/.test(cell)),
      'what it was approved for is in the file',
    );
    const other = await importRegister(
      site.ctx,
      await ownFile(only('999/0004/4', { withdrawnOn: '2026-11-21' })),
      wish,
    );
    assert.match(other.problems[0]?.message ?? '', /has it withdrawn on 2026-11-20, and this row says 2026-11-21/);
  });

  it('approves nothing again that is withdrawn, though the file names no day', async () => {
    const old = await ownFile(only('999/0004/4', { withdrawnOn: '', withdrawalReason: '' }));
    const refused = await importRegister(site.ctx, old, { ...wish, allowOlder: true });
    assert.equal(refused.written, false);
    assert.match(refused.problems[0]?.message ?? '', /has it withdrawn on 2026-11-20, and this row has it as approved/);
    const anew = await ownFile(
      only('999/0004/4', { withdrawnOn: '', withdrawalReason: '', approvedOn: '2026-11-22', firstTeach: '2028-09-01' }),
    );
    assert.equal((await importRegister(site.ctx, anew, wish)).written, true);
    assert.match((await entry('999-0004-4')).state.kind, /^approved/);
    assert.match(await page('999-0004-4', '?on=2026-11-21'), /approval was withdrawn on 20 November 2026/);
  });

  it('keeps the reason of a withdrawal that is to come', async () => {
    await enter('/register/999-0002-2/edit/withdrawal', { on: '2027-03-31', reason: 'quality' });
    const again = await importRegister(site.ctx, await ownFile(), wish);
    assert.deepEqual([again.problems, again.differences], [[], []]);
    assert.deepEqual(
      (await entry('999-0002-2')).withdrawals.map((one) => one.reason),
      ['quality'],
    );
  });

  it('keeps what was entered of an offer that a person matched, and shows what an earlier decision brings', async () => {
    const list = [
      ['Provider', 'Postcode', 'Qualification'],
      ['Eastmere Uni', 'ZZ8 8ZZ', 'Community Testing Diploma'],
      ['Nobody', 'ZZ9 9ZZ', 'Nothing'],
    ];
    const listed = { ...wish, confirmedBy: 'Example Awards', allowRemovals: true };
    assert.equal((await importRegister(site.ctx, list, listed)).unmatched, 2);
    const queue = (await site.get('/register/matching', editor)).text;
    const [first = '', second = ''] = [...queue.matchAll(/name="row" value="([0-9a-f-]+)"/g)].map(
      (one) => one[1] ?? '',
    );
    await site.post('/register/matching', { row: first, ukprn: '19999904', entry: '999-0005-5' }, editor);
    await site.post('/register/matching', { row: second, ukprn: '', entry: '', what: 'leave-out' }, editor);
    const offer = async () => (await entry('999-0005-5')).offers.find((one) => one.postcode === 'ZZ8 8ZZ');
    const made = await offer();
    assert.equal(made?.confirmedBy, 'Example Awards', 'the list’s word holds for a row that a person matched');
    later();
    await enter('/register/999-0005-5/edit/offer', {
      offer: made?.id ?? '',
      ukprn: '19999904',
      site: made?.site ?? '',
      postcode: 'ZZ8 8ZZ',
      mode: 'full-time',
      from: made?.from ?? '',
    });
    later();
    const again = await importRegister(site.ctx, list, { ...wish, allowRemovals: true });
    assert.deepEqual([again.written, again.unmatched, again.same, again.differences.length], [true, 0, 1, 0]);
    assert.deepEqual([(await offer())?.mode, (await offer())?.confirmedBy], ['full-time', 'Example Awards']);
    // Left out of one list and back in the next: told in the difference.
    later();
    await importRegister(site.ctx, [list[0] ?? [], list[2] ?? []], { ...wish, allowRemovals: true });
    assert.equal(await offer(), undefined);
    later();
    const back = await importRegister(site.ctx, list, { ...wish, dry: true });
    assert.deepEqual(
      back.differences.map((one) => [one.kind, one.after]),
      [['added', 'delivers Level 5 Diploma in Community Testing']],
    );
    // The provider has closed: the row is asked about anew, and not lost.
    await enter('/providers/19999904/close', { closedOn: '2026-11-20' });
    assert.equal((await importRegister(site.ctx, list, { ...wish, dry: true })).unmatched, 1);
  });

  it('confirms what stands already and waited for the word that the list brings', async () => {
    const waiting = (await entry('999-0001-1')).offers.find((one) => one.confirmedBy === null) ?? assert.fail();
    const list = [
      ['Provider', 'Postcode', 'Qualification'],
      ['Southgate Institute', waiting.postcode, 'Level 4 Diploma in Community Networks'],
    ];
    const report = await importRegister(site.ctx, list, {
      ...wish,
      confirmedBy: 'Example Awards',
      allowRemovals: true,
    });
    assert.deepEqual(
      report.differences.filter((one) => one.kind !== 'removed').map((one) => one.kind),
      ['changed'],
    );
    const now = (await entry('999-0001-1')).offers.find((one) => one.id === waiting.id);
    assert.deepEqual([now?.confirmedBy, now?.mode, now?.from], ['Example Awards', waiting.mode, waiting.from]);
  });
});
