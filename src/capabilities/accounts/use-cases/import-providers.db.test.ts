import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { visitor } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import { findActs } from '#platform/audit/find-acts.ts';
import { actingAs, type Context } from '#platform/context.ts';
import { readCsv } from '#platform/sheets/read-csv.ts';
import { openTestContext, type TestStore } from '../../../../test/support/stores.ts';
import { findOrganisationByUkprn } from '../store/organisations.ts';
import { importProviders } from './import-providers.ts';

const root = resolve(import.meta.dirname, '../../../..');
const shared = join(root, '../shared/data/providers.csv');

const tableOf = (path: string): readonly (readonly string[])[] => {
  const sheet = readCsv('providers.csv', readFileSync(path));
  assert.ok(sheet.kind === 'ok');
  return sheet.value.rows.map((row) => row.map((cell) => String(cell ?? '')));
};

describe('importing providers', () => {
  let store: TestStore;
  let ctx: Context;
  before(async () => {
    store = await openTestContext('own');
    ctx = store.ctx;
  });
  after(() => store.close());

  const counts = async (table: readonly (readonly string[])[], dry = false) => {
    const report = await importProviders(ctx, table, 'test.csv', dry);
    return [report.added, report.changed.length, report.same, report.problems.length];
  };

  it('adds, changes and leaves alone; says first what it would do', async () => {
    const table = tableOf(join(root, 'examples/providers.csv'));
    assert.deepEqual(await counts(table, true), [3, 0, 0, 0]);
    assert.equal(await findOrganisationByUkprn(ctx, '19999903'), undefined, 'a dry run writes nothing');
    assert.deepEqual(await counts(table), [3, 0, 0, 0]);
    assert.deepEqual(await counts(table), [0, 0, 3, 0]);
    const renamed = table.map((row) => row.map((cell) => (cell === 'Westbrook Training' ? 'Westbrook Skills' : cell)));
    assert.deepEqual(await counts(renamed, true), [0, 1, 2, 0]);
    assert.deepEqual(await counts(renamed), [0, 1, 2, 0]);
    assert.equal((await findOrganisationByUkprn(ctx, '19999903'))?.name, 'Westbrook Skills');
    const everything = {
      name: 'accounts.providers-imported',
      about: null,
      organisation: null,
      from: null,
      until: null,
    };
    assert.equal((await findActs(ctx, everything, 10)).length, 2, 'what changed nothing is no act');
  });

  it('writes nothing when a row is wrong, and is not for visitors', async () => {
    const table = [
      ['ukprn', 'name'],
      ['19999910', 'Fine'],
      ['0999999', 'Wrong'],
    ];
    assert.deepEqual(await counts(table), [1, 0, 0, 1]);
    assert.equal(await findOrganisationByUkprn(ctx, '19999910'), undefined);
    assert.throws(() => importProviders(actingAs(ctx, visitor, 'page'), table, 'x', true), NotAllowed);
  });

  it('takes the real list of providers', {
    skip: existsSync(shared) ? false : 'the real list is not here',
  }, async () => {
    const table = tableOf(shared);
    assert.deepEqual(await counts(table), [table.length - 1, 0, 0, 0]);
    assert.deepEqual(await counts(table), [0, 0, table.length - 1, 0]);
  });
});
