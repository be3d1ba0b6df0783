import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SourceProblem } from '#platform/files/json-records.ts';
import { madeUpRecord } from '../../../../test/support/made-up-standards.ts';
import { openTestContext, type TestStore } from '../../../../test/support/stores.ts';
import type { StandardsTables } from '../store/rows.ts';
import { type ImportReport, importStandards } from './import-standards.ts';
import { findSources, type StandardSource } from './standard-sources.ts';

const sourceOf = (text: string, name = 'feed.json'): StandardSource => ({
  name,
  size: text.length,
  open: async () =>
    (async function* () {
      // Small pieces, as from a slow line.
      for (let at = 0; at < text.length; at += 1000) yield Buffer.from(text.slice(at, at + 1000));
    })(),
});

const feed = (records: readonly unknown[]): StandardSource => sourceOf(JSON.stringify(records));

describe('importing standards', () => {
  let store: TestStore;
  let now = new Date('2026-11-23T12:00:00Z');
  before(async () => {
    store = await openTestContext('example', () => now);
  });
  after(() => store.close());

  const run = (sources: readonly StandardSource[], signal = new AbortController().signal): Promise<ImportReport> =>
    importStandards(store.ctx, sources, () => {}, signal);
  const stored = () =>
    store.ctx.db
      .withTables<StandardsTables>()
      .selectFrom('standards.standard_version')
      .selectAll()
      .orderBy('reference')
      .orderBy('version')
      .execute();
  const earlier = () =>
    store.ctx.db.withTables<StandardsTables>().selectFrom('standards.earlier_record').selectAll().execute();
  const counts = ({ added, changed, same, refused }: ImportReport) => [added, changed, same, refused.length];

  it('adds, and a second time changes nothing, whatever the order of keys and white space', async () => {
    const records = [
      madeUpRecord({ reference: 'ST8001', version: '1.0' }),
      madeUpRecord({ reference: 'ST8001', version: '1.1' }),
    ];
    assert.deepEqual(counts(await run([feed(records)])), [2, 0, 0, 0]);
    const before = await stored();
    const turned = records.map((record) => Object.fromEntries(Object.entries(record as object).reverse()));
    assert.deepEqual(counts(await run([sourceOf(JSON.stringify(turned, null, 4))])), [0, 0, 2, 0]);
    assert.deepEqual(await stored(), before);
  });

  it('notices content that changed under the same version, and keeps what it said before', async () => {
    const record = madeUpRecord({ reference: 'ST8002', version: '1.0', title: 'Before' });
    await run([feed([record])]);
    now = new Date('2026-12-01T12:00:00Z');
    assert.deepEqual(
      counts(await run([feed([madeUpRecord({ reference: 'ST8002', version: '1.0', title: 'After' })])])),
      [0, 1, 0, 0],
    );
    const [row] = (await stored()).filter((one) => one.reference === 'ST8002');
    assert.equal(row?.title, 'After');
    assert.equal(row?.imported_at.toISOString(), '2026-11-23T12:00:00.000Z');
    assert.equal(row?.changed_at.toISOString(), '2026-12-01T12:00:00.000Z');
    const [past] = await earlier();
    assert.match(past?.record ?? '', /"Before"/);
  });

  it('keeps a record whole, less the keys that name people', async () => {
    const record = {
      ...(madeUpRecord({ reference: 'ST8003', version: '1.0' }) as object),
      tbMainContact: 'A Person, a.person@example.org',
      eQAProvider: { contactName: 'B Person' },
      somethingNew: { deep: [1, '2', null] },
    };
    await run([feed([record])]);
    const [row] = (await stored()).filter((one) => one.reference === 'ST8003');
    const { tbMainContact: _, eQAProvider: __, ...rest } = record;
    assert.deepEqual(JSON.parse(row?.record ?? ''), rest);
    assert.doesNotMatch(row?.record ?? '', /Person/);
  });

  it('refuses what is no standard with its place, field and reason, and takes the rest', async () => {
    const report = await run([
      feed([
        { title: 'Nameless', versionNumber: '1.0' },
        madeUpRecord({ reference: 'ST8004', version: '1.0' }),
        { referenceNumber: 'ST8005', title: 'No version', knowledges: 'none' },
        7,
      ]),
    ]);
    assert.deepEqual(counts(report), [1, 0, 0, 3]);
    assert.deepEqual(
      report.refused.map((one) => [one.record, one.reference, one.problems.map((problem) => problem.path)]),
      [
        [1, null, ['referenceNumber']],
        [3, 'ST8005', ['knowledges']],
        [4, null, ['']],
      ],
    );
  });

  it('does not go to and fro when a feed holds one version twice', async () => {
    const twice = [
      madeUpRecord({ reference: 'ST8006', version: '1.0', title: 'First' }),
      madeUpRecord({ reference: 'ST8006', version: '1.0', title: 'Second' }),
    ];
    assert.deepEqual(counts(await run([feed(twice)])), [1, 0, 0, 1]);
    assert.deepEqual(counts(await run([feed(twice)])), [0, 0, 1, 1]);
    assert.equal((await stored()).find((one) => one.reference === 'ST8006')?.title, 'First');
  });

  it('stores whole records only when a source is cut off, says where, and completes them the next time', async () => {
    const records = Array.from({ length: 120 }, (_, at) =>
      madeUpRecord({ reference: `ST${7000 + at}`, version: '1.0' }),
    );
    const text = JSON.stringify(records);
    const cut = text.slice(0, Math.floor(text.length * 0.7));
    await assert.rejects(run([sourceOf(cut)]), (error: unknown) => {
      assert.ok(error instanceof SourceProblem);
      assert.match(
        error.message,
        /^feed\.json is cut off: it ends after \d+ bytes, in record \d+ \(the \d+ before it are whole\)\.$/,
      );
      return true;
    });
    const partly = (await stored()).filter((one) => one.reference.startsWith('ST7')).length;
    assert.ok(partly > 60 && partly < 120, `${partly} stored`);
    assert.deepEqual(counts(await run([sourceOf(text)])), [120 - partly, 0, partly, 0]);
  });

  it('tells a web page and an empty file from records, and stores nothing of them', async () => {
    const before = (await stored()).length;
    await assert.rejects(
      run([sourceOf('<!DOCTYPE html><html></html>', 'page.json')]),
      /page\.json is a web page, not JSON/,
    );
    await assert.rejects(run([sourceOf('', 'empty.json')]), /empty\.json is empty/);
    assert.equal((await stored()).length, before);
  });

  it('ends after the batch under way when it is told to', async () => {
    const stop = new AbortController();
    const records = Array.from({ length: 200 }, (_, at) =>
      madeUpRecord({ reference: `ST${6000 + at}`, version: '1.0' }),
    );
    await assert.rejects(
      importStandards(store.ctx, [feed(records)], ({ records: read }) => read >= 100 && stop.abort(), stop.signal),
    );
    const written = (await stored()).filter((one) => one.reference.startsWith('ST6')).length;
    assert.ok(written >= 100 && written < 200 && written % 50 === 0, `${written} written`);
  });

  it('says what it cannot find', async () => {
    const { signal } = new AbortController();
    await assert.rejects(findSources('nowhere.json', '/tmp', signal), /There is no file or folder nowhere\.json/);
    await assert.rejects(
      (async () => run(await findSources('http://127.0.0.1:1/feed', '/tmp', signal)))(),
      /http:\/\/127\.0\.0\.1:1\/feed cannot be reached/,
    );
  });
});

const realFolder = resolve(import.meta.dirname, '../../../../../shared/data/standards');

describe('the real standards', {
  skip: existsSync(realFolder) ? false : 'the folder of real records is not there',
}, () => {
  it('all import, and a second time change nothing', async () => {
    const store = await openTestContext('own');
    const { signal } = new AbortController();
    const files = readdirSync(realFolder).length;
    const sources = await findSources(realFolder, '/', signal);
    const first = await importStandards(store.ctx, sources, () => {}, signal);
    assert.deepEqual([first.added, first.refused.length], [files, 0]);
    const second = await importStandards(store.ctx, sources, () => {}, signal);
    assert.deepEqual([second.added, second.changed, second.same], [0, 0, files]);
    await store.close();
  });

  it('have edits without a new version number, which are noticed', async () => {
    const store = await openTestContext('own');
    const { signal } = new AbortController();
    const earlierFolder = join(realFolder, '../standards-earlier');
    const old = readdirSync(earlierFolder).map((file) => readFileSync(join(earlierFolder, file), 'utf8'));
    const before = await importStandards(store.ctx, [sourceOf(`[${old.join(',')}]`)], () => {}, signal);
    const after = await importStandards(store.ctx, await findSources(realFolder, '/', signal), () => {}, signal);
    assert.equal(after.changed, before.added);
    await store.close();
  });
});
