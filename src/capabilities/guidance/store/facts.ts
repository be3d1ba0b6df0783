import type { Context } from '#platform/context.ts';
import type { Fact, FactKind, FactText, FactValue } from '../domain/fact.ts';
import { tables } from './tables.ts';

/** Facts with all their values, by title; `ids` narrows them. */
export const listFacts = async (ctx: Context, ids: readonly string[] | null = null): Promise<readonly Fact[]> => {
  if (ids?.length === 0) return [];
  let asked = tables(ctx).selectFrom('guidance.fact').select(['id', 'kind', 'title']).orderBy('title');
  if (ids) asked = asked.where('id', 'in', [...ids]);
  const facts = await asked.execute();
  if (facts.length === 0) return [];
  const values = await tables(ctx)
    .selectFrom('guidance.fact_value')
    .selectAll()
    .where(
      'fact_id',
      'in',
      facts.map((one) => one.id),
    )
    .orderBy('number', 'desc')
    .execute();
  const byFact = Map.groupBy(values, (one) => one.fact_id);
  return facts.map((fact) => ({
    id: fact.id,
    kind: fact.kind as FactKind,
    title: fact.title,
    values: (byFact.get(fact.id) ?? []).map(
      (row): FactValue => ({
        number: row.number,
        value: row.value,
        href: row.href,
        note: row.note,
        source: row.source,
        holdsFrom: row.holds_from,
        holdsUntil: row.holds_until,
        writtenBy: row.written_by,
        writtenAt: row.written_at,
        checkedBy: row.checked_by,
        confirmedAt: row.confirmed_at,
      }),
    ),
  }));
};

export const findFact = async (ctx: Context, id: string): Promise<Fact | null> =>
  (await listFacts(ctx, [id]))[0] ?? null;

/** The fact's row, locked until the transaction ends. */
export const lockFact = async (ctx: Context, id: string): Promise<boolean> =>
  (await tables(ctx).selectFrom('guidance.fact').select('id').where('id', '=', id).forUpdate().execute()).length === 1;

/** @returns false where the id is taken. */
export const addFact = async (ctx: Context, fact: Pick<Fact, 'id' | 'kind' | 'title'>): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('guidance.fact')
    .values({ id: fact.id, kind: fact.kind, title: fact.title })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const addFactValue = async (
  ctx: Context,
  fact: string,
  value: FactText & Pick<FactValue, 'number' | 'writtenBy' | 'confirmedAt'>,
): Promise<void> => {
  await tables(ctx)
    .insertInto('guidance.fact_value')
    .values({
      fact_id: fact,
      number: value.number,
      value: value.value,
      href: value.href,
      note: value.note,
      source: value.source,
      holds_from: value.holdsFrom,
      holds_until: value.holdsUntil,
      written_by: value.writtenBy,
      written_at: ctx.clock(),
      checked_by: null,
      confirmed_at: value.confirmedAt,
    })
    .execute();
};

export const confirmFactValue = async (
  ctx: Context,
  fact: string,
  number: number,
  checkedBy: string,
): Promise<void> => {
  await tables(ctx)
    .updateTable('guidance.fact_value')
    .set({ checked_by: checkedBy, confirmed_at: ctx.clock() })
    .where('fact_id', '=', fact)
    .where('number', '=', number)
    .execute();
};

/** Throws away a value that waits; one that was confirmed stays for ever. */
export const deleteWaitingValue = async (ctx: Context, fact: string): Promise<void> => {
  await tables(ctx)
    .deleteFrom('guidance.fact_value')
    .where('fact_id', '=', fact)
    .where('confirmed_at', 'is', null)
    .execute();
};
