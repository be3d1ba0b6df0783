import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { readCsv } from '#platform/sheets/read-csv.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { openSite, type Site, type Visitor } from '../../../../test/support/site.ts';

const main = (html: string): string => html.slice(html.indexOf('<main'));
const path = '/register/import';

describe('bringing in a file on a page', () => {
  let site: Site;
  let administrator: Visitor;
  before(async () => {
    site = await openSite('example');
    administrator = await site.as('nadia.administrator@department.example');
  });
  after(() => site.close());

  type Row = string[];
  /** The register's own file, changed. */
  const registerFile = async (
    change: (rows: Row[], column: (name: string) => number) => Row[],
  ): Promise<Uint8Array> => {
    const csv = (await site.get('/register.csv')).text;
    const sheet = readCsv('register.csv', new TextEncoder().encode(csv));
    if (sheet.kind !== 'ok') assert.fail();
    const [head = [], ...rows] = sheet.value.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
    return writeCsv([head, ...change(rows, (name) => head.indexOf(name))]);
  };
  const load = (bytes: Uint8Array, fields: Readonly<Record<string, string>> = {}) =>
    site.upload(path, { source: 'A test', ...fields }, { name: 'register.csv', bytes }, administrator);
  const fingerprint = (html: string): string => /name="seen" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? assert.fail();
  const factCount = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*)::integer as n from register.fact`.execute(site.ctx.db)).rows[0]?.n ?? 0;
  const retitled = (title: string) =>
    registerFile((rows, column) =>
      rows.map((row) =>
        row[column('number')] === '999/0005/5' ? row.map((cell, at) => (at === column('title') ? title : cell)) : row,
      ),
    );

  it('is for administrators', async () => {
    assert.equal((await site.get(path)).status, 303);
    const editor = await site.as('edward.editor@department.example');
    assert.equal((await site.get(path, editor)).status, 403);
    assert.match(main((await site.get(path, administrator)).text), /None yet/);
    assert.match(main((await site.get('/register', administrator)).text), /href="\/register\/import"/);
    assert.equal((await site.get(`${path}/nothing`, administrator)).status, 404);
  });

  it('tells everything that is wrong together, with its place, and keeps what was typed', async () => {
    const none = await site.post(path, { source: '', asAt: '31.2.2026' }, administrator);
    assert.equal(none.status, 422);
    for (const words of [/Choose the file/, /Say where the file is from/, /value="31.2.2026"/])
      assert.match(main(none.text), words);
    const crossed = await registerFile((rows, column) =>
      rows.map((row) =>
        row.map((cell, at) => {
          if (row[column('number')] === '999/0005/5' && at === column('firstTeach')) return '2001-01-01';
          return row[column('number')] === '999/0001/1' && at === column('level') ? '9' : cell;
        }),
      ),
    );
    const faulty = await load(crossed, { asAt: '2026-11-01' });
    assert.equal(faulty.status, 422);
    assert.match(main(faulty.text), /2 things are wrong/);
    assert.match(main(faulty.text), /row \d, column firstTeach<\/td>[\s\S]*the dates are crossed/);
    assert.match(main(faulty.text), /row \d, column level<\/td>[\s\S]*expected 4 or 5/);
    assert.match(main(faulty.text), /value="2026-11-01"/);
    assert.equal((await load(new Uint8Array())).status, 422);
    assert.equal((await load(new TextEncoder().encode('{"a":1}'))).status, 422);
    assert.match(main((await site.get(path, administrator)).text), /None yet/);
  });

  it('shows the difference, and enters it once', async () => {
    const id = '0f0e7d0a-5d67-4a7e-9a43-6d5f0a1b2c3d';
    const bytes = await retitled('Level 5 Diploma in Testing Things');
    const loaded = await load(bytes, { id });
    assert.deepEqual([loaded.status, loaded.to], [303, `${path}/${id}`]);
    await load(bytes, { id });
    const before = await factCount();
    const shown = main((await site.get(loaded.to, administrator)).text);
    assert.match(shown, /0 new, 1 changed, 0 withdrawn, 0 that end/);
    assert.match(shown, /Level 5 Diploma in Testing Things/);
    assert.equal(await factCount(), before, 'reading changes nothing');
    assert.match((await site.get(`${loaded.to}/difference.csv`, administrator)).text, /"changed","999\/0005\/5/);
    const seen = fingerprint(shown);
    const twice = await Promise.all([1, 2].map(() => site.post(`${loaded.to}/enter`, { seen }, administrator)));
    assert.deepEqual(
      twice.map((one) => one.status),
      [303, 303],
    );
    assert.match(main((await site.get('/register/999-0005-5')).text), /Level 5 Diploma in Testing Things/);
    assert.match(main((await site.get('/register?words=testing+things')).text), /1 qualification</);
    const after = await factCount();
    await site.post(`${loaded.to}/enter`, { seen }, administrator);
    assert.equal(await factCount(), after);
    assert.match(main((await site.get(loaded.to, administrator)).text), /Entered on .* by Nadia/);
    assert.equal((main((await site.get(path, administrator)).text).match(/register\.csv<\/a><\/th>/g) ?? []).length, 1);
  });

  it('asks before much ends, and takes the tick only with the difference that was read', async () => {
    const less = await registerFile((rows, column) => rows.filter((row) => row[column('number')] !== '999/0005/5'));
    const { to } = await load(less);
    const seen = fingerprint((await site.get(to, administrator)).text);
    const asked = await site.post(`${to}/enter`, { seen }, administrator);
    assert.equal(asked.status, 422);
    assert.match(main(asked.text), /more than a tenth would end/);
    assert.match(main(asked.text), /name="allowRemovals"/);
    assert.match(main((await site.get('/register/999-0005-5')).text), /It is a Higher Technical Qualification/);
    // Meanwhile someone else enters something that this file knows nothing of.
    const other = await load(await retitled('Level 5 Diploma in Testing Others'));
    const otherSeen = fingerprint((await site.get(other.to, administrator)).text);
    await site.post(`${other.to}/enter`, { seen: otherSeen }, administrator);
    const third = await load(await retitled('Level 5 Diploma in Testing Thirds'));
    const stale = await site.post(`${third.to}/enter`, { seen: otherSeen }, administrator);
    assert.equal(stale.status, 422);
    assert.match(main(stale.text), /The register has changed since the difference was read/);
    assert.match(main(stale.text), /Testing Thirds/);
    assert.equal((await site.post(`${third.to}/put-away`, {}, administrator)).to, path);
    assert.match(main((await site.get(third.to, administrator)).text), /Put away on/);
    const again = fingerprint((await site.get(to, administrator)).text);
    assert.equal(
      (await site.post(`${to}/enter`, { seen: again, allowRemovals: 'yes' }, administrator)).to,
      `${to}?done=entered`,
    );
    assert.match(main((await site.get('/register/999-0005-5')).text), /It is no Higher Technical Qualification/);
  });

  it('takes no older file without being told that it is one', async () => {
    const older = await registerFile((rows, column) =>
      rows.map((row) => row.map((cell, at) => (at === column('cycle') && cell !== '' ? '2' : cell))),
    );
    const { to } = await load(older);
    const seen = fingerprint((await site.get(to, administrator)).text);
    const stopped = await site.post(`${to}/enter`, { seen, allowRemovals: 'yes' }, administrator);
    assert.equal(stopped.status, 422);
    assert.match(main(stopped.text), /it looks like an older file/);
    assert.match(main(stopped.text), /type="hidden" name="allowRemovals" value="yes"/);
    assert.equal((await site.post(`${to}/enter`, { seen, allowOlder: 'yes' }, administrator)).status, 303);
  });

  it('brings in the list of who delivers what', async () => {
    const list = writeCsv([
      ['Provider', 'Postcode', 'Qualification'],
      ['Nobody knows it', 'ZZ9 9ZZ', 'A diploma of nothing'],
    ]);
    const { to } = await load(list, { confirmedBy: 'Example Awards' });
    const shown = main((await site.get(to, administrator)).text);
    assert.match(shown, /1 row matches nothing by itself, and would wait/);
    await site.post(`${to}/enter`, { seen: fingerprint(shown), allowRemovals: 'yes' }, administrator);
    assert.match(main((await site.get(to, administrator)).text), /for an editor to match/);
    const editor = await site.as('edward.editor@department.example');
    assert.match((await site.get('/register/matching', editor)).text, /Nobody knows it/);
  });

  it('refuses text that is called a workbook, and asks about a file that is older than the register', async () => {
    const bytes = await registerFile((rows) => rows);
    const named = await site.upload(path, { source: 'A test' }, { name: 'register.xlsx', bytes }, administrator);
    assert.equal(named.status, 422);
    assert.match(main(named.text), /called a workbook, and there is only text in it/);
    const older = await load(bytes, { asAt: '1/1/2020' });
    assert.equal(older.status, 303);
    assert.match(main((await site.get(older.to, administrator)).text), /as at 2020-01-01, and the register is as at/);
    await site.post(`${older.to}/put-away`, {}, administrator);
  });

  it('marks what is new in an example store as fictional', async () => {
    const bytes = await registerFile((rows, column) => [
      ...rows,
      ...rows
        .filter((row) => row[column('number')] === '999/0005/5')
        .map((row) =>
          row.map((cell, at) =>
            at === column('id')
              ? ''
              : at === column('number')
                ? '999/0088/8'
                : at === column('title')
                  ? 'Level 5 Diploma in New Things'
                  : cell,
          ),
        ),
    ]);
    const loaded = await load(bytes);
    assert.equal(loaded.status, 303, main(loaded.text).slice(0, 1500));
    const difference = (await site.get(loaded.to, administrator)).text;
    await site.post(`${loaded.to}/enter`, { seen: fingerprint(difference) }, administrator);
    assert.match(main((await site.get('/register/999-0088-8')).text), /Fictional/);
  });
});
