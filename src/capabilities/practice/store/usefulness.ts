import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { UsefulnessCount } from '../domain/usefulness.ts';
import { tables } from './tables.ts';

/** Counts an answer once, however often its form is sent; the last word holds. @param month its first day. */
export const putUsefulness = async (
  ctx: Context,
  form: string,
  example: string,
  month: string,
  useful: boolean,
): Promise<void> => {
  await tables(ctx)
    .insertInto('practice.usefulness')
    .values({ form_id: form, example_id: example, month, useful })
    .onConflict((conflict) =>
      conflict
        .column('form_id')
        .doUpdateSet({ useful })
        .whereRef('practice.usefulness.example_id', '=', 'excluded.example_id'),
    )
    .execute();
};

/** By theme and month, since a month. @param from its first day. */
export const countUsefulness = async (ctx: Context, from: string): Promise<readonly UsefulnessCount[]> =>
  (
    await tables(ctx)
      .selectFrom('practice.usefulness as one')
      .innerJoin('practice.example as example', 'example.id', 'one.example_id')
      .select(({ fn }) => [
        sql<string>`example.text->>'theme'`.as('theme'),
        sql<string>`to_char(one.month, 'YYYY-MM')`.as('month'),
        fn.countAll<string>().filterWhere('one.useful', '=', true).as('useful'),
        fn.countAll<string>().filterWhere('one.useful', '=', false).as('not'),
      ])
      .where('one.month', '>=', from)
      .groupBy([sql`example.text->>'theme'`, sql`to_char(one.month, 'YYYY-MM')`])
      .execute()
  ).map((row) => ({ theme: row.theme, month: row.month, useful: Number(row.useful), not: Number(row.not) }));
