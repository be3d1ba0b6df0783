import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { openTestContext, type TestStore } from '../../../../test/support/stores.ts';
import type { ExampleText } from '../domain/example.ts';
import { changeExample, countReminder } from '../store/examples.ts';
import { addRedaction } from '../store/moderation.ts';
import { exampleKind, makeFindable } from './findable.ts';
import { keepFresh } from './keep-fresh.ts';
import { beginExample, findByToken, standBy, takeBack } from './share.ts';

describe('what is kept fresh, and what is forgotten', () => {
  let store: TestStore;
  let ctx: Context;
  before(async () => {
    store = await openTestContext('example');
    ctx = store.ctx;
  });
  after(() => store.close());

  const ago = (days: number): Date => new Date(ctx.clock().getTime() - days * 86_400_000);
  const begun = async (text: Partial<ExampleText> = {}) => {
    const token = await beginExample(ctx, { theme: 'curriculum', title: 'Kept', summary: 'We met.', ...text });
    const one = await findByToken(ctx, token);
    assert.ok(one);
    return { token, id: one.id };
  };
  const isFound = async (id: string): Promise<boolean> =>
    (await sql`select 1 from platform.search_entry where kind = ${exampleKind} and id = ${id}`.execute(ctx.db)).rows
      .length === 1;

  it('whoever stands by it in that moment is not asked for the date before, and stays in the search', async () => {
    const reviewDue = ago(1).toISOString().slice(0, 10);
    const all = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { token, id } = await begun();
        await changeExample(ctx, id, { state: 'published', publishedAt: ago(366), reviewDue });
        const one = await findByToken(ctx, token);
        assert.ok(one);
        await ctx.transaction((inside) => makeFindable(inside, { ...one, reviewDue: null }));
        return { token, id };
      }),
    );
    await Promise.all([keepFresh(ctx), ...all.map(({ token }) => standBy(ctx, token))]);
    for (const { id, token } of all) {
      assert.equal(await isFound(id), true);
      assert.equal(await countReminder(ctx, { id, reviewDue }, 2), false, 'that date is no more');
      const now = await findByToken(ctx, token);
      assert.equal(await countReminder(ctx, { id, reviewDue: now?.reviewDue ?? null }, 1), true);
      assert.equal(await countReminder(ctx, { id, reviewDue: now?.reviewDue ?? null }, 1), false, 'once');
    }
  });

  it('whoever stands by it after it was found to be over, and before it is taken out, stays in the search', async () => {
    const { token, id } = await begun();
    const reviewDue = ago(1).toISOString().slice(0, 10);
    await changeExample(ctx, id, { state: 'published', publishedAt: ago(366), reviewDue });
    await countReminder(ctx, { id, reviewDue }, 2);
    let transactions = 0;
    // The first deletes what is old; in each of the others one is taken out of the search.
    const between: Context = {
      ...ctx,
      transaction: async (work) => {
        transactions += 1;
        if (transactions > 1) await standBy(ctx, token);
        return ctx.transaction(work);
      },
    };
    await keepFresh(between);
    assert.equal(transactions, 2);
    assert.equal(await isFound(id), true);
  });

  it('of what was declined half a year ago nobody’s name or address stays, also in what a moderator changed', async () => {
    const who = { contactName: 'Pat Asked', contactAddress: 'pat@college.example', contactAgreed: true };
    const { token, id } = await begun(who);
    const one = await findByToken(ctx, token);
    assert.ok(one);
    await ctx.transaction((inside) =>
      addRedaction(inside, id, null, { reason: 'Because.', before: one.text, after: one.text }),
    );
    await changeExample(ctx, id, { state: 'declined', sentAt: ago(181), address: 'teller@college.example' });
    const held = async (): Promise<string> =>
      JSON.stringify([
        (await sql`select text, address from practice.example where id = ${id}`.execute(ctx.db)).rows,
        (await sql`select before, after from practice.redaction where example_id = ${id}`.execute(ctx.db)).rows,
      ]);
    assert.match(await held(), /Pat Asked[\s\S]*pat@college/);
    await keepFresh(ctx);
    assert.doesNotMatch(await held(), /Pat Asked|pat@college|teller@college/);
    assert.match(await held(), /We met\./, 'what moderators decided on stays');
  });

  it('a draft that was thrown away is deleted', async () => {
    const { token } = await begun();
    await takeBack(ctx, token);
    await keepFresh(ctx);
    assert.equal(await findByToken(ctx, token), null);
  });
});
