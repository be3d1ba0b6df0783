import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { openTestContext, type TestStore } from '../../../../test/support/stores.ts';
import { mostFiles } from '../domain/example-file.ts';
import { changeExample, deleteOld, listPublished } from '../store/examples.ts';
import { countUsefulness } from '../store/usefulness.ts';
import { attach, listFiles } from './attach.ts';
import { beginExample, findByToken, takeBack } from './share.ts';
import { sayUseful } from './usefulness.ts';

const file = { title: 'A table', name: 'a.csv', bytes: new TextEncoder().encode('A,B\n1,2\n') };

describe('files of an example, and answers on it, at once', () => {
  let store: TestStore;
  let ctx: Context;
  before(async () => {
    store = await openTestContext('example');
    ctx = store.ctx;
  });
  after(() => store.close());

  const begun = async () => {
    const token = await beginExample(ctx, { theme: 'curriculum', title: 'At once' });
    const one = await findByToken(ctx, token);
    assert.ok(one);
    return { token, one };
  };
  const keptFiles = async (): Promise<number> =>
    Number((await sql<{ count: string }>`select count(*) as count from platform.file`.execute(ctx.db)).rows[0]?.count);

  it('takes no more files than an example may have, however many come at once, and a form’s file once', async () => {
    const { token, one } = await begun();
    const id = randomUUID();
    const ids = [id, id, ...Array.from({ length: mostFiles + 2 }, () => randomUUID())];
    const answers = await Promise.all(ids.map((each) => attach(ctx, token, each, file)));
    assert.equal((await listFiles(ctx, one.id)).length, mostFiles);
    assert.equal(answers.filter((answer) => answer.kind === 'refused').length, 3);
  });

  it('of one that is taken back while a file comes, nothing stays', async () => {
    const before = await keptFiles();
    const { token, one } = await begun();
    await Promise.all([
      attach(ctx, token, randomUUID(), file),
      takeBack(ctx, token),
      attach(ctx, token, randomUUID(), file),
    ]);
    assert.equal((await listFiles(ctx, one.id)).length, 0);
    assert.equal(await keptFiles(), before);
  });

  it('of a draft that nobody sent, its files go with it', async () => {
    const before = await keptFiles();
    const { token } = await begun();
    await attach(ctx, token, randomUUID(), file);
    assert.equal(await keptFiles(), before + 1);
    const later = new Date(ctx.clock().getTime() + 1000);
    const long = new Date(0);
    await ctx.transaction((inside) => deleteOld(inside, { begun: later, sent: long, declined: long }));
    assert.equal(await findByToken(ctx, token), null);
    assert.ok((await keptFiles()) <= before);
  });

  it('counts an answer once a form, sent twice at once', async () => {
    const { one } = await begun();
    await changeExample(ctx, one.id, { state: 'published', publishedAt: ctx.clock() });
    assert.ok((await listPublished(ctx)).some((each) => each.id === one.id));
    const form = randomUUID();
    await Promise.all([sayUseful(ctx, one, form, true), sayUseful(ctx, one, form, true)]);
    await sayUseful(ctx, one, randomUUID(), false);
    const counts = await countUsefulness(ctx, '2020-01-01');
    assert.deepEqual(counts, [
      { theme: 'curriculum', month: ctx.clock().toISOString().slice(0, 7), useful: 1, not: 1 },
    ]);
  });
});
