import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import type { Statement } from '../domain/statement.ts';
import { tables } from './tables.ts';

const statements = (ctx: Context) =>
  tables(ctx)
    .selectFrom('practice.statement')
    .select([
      'id',
      'organisation',
      'provider',
      'text',
      'approver',
      'approver_role as approverRole',
      'person',
      'made_at as madeAt',
      'ends_on as endsOn',
    ])
    .where('withdrawn_at', 'is', null);

/** What is shown on a day, the newest first. @param day ISO date. */
export const listStanding = (ctx: Context, day: string): Promise<readonly Statement[]> =>
  statements(ctx).where('ends_on', '>=', day).orderBy('made_at', 'desc').orderBy('id').execute();

/** What ended before a day, of some organisations. @param day ISO date. */
export const listEnded = async (
  ctx: Context,
  organisations: readonly string[],
  day: string,
): Promise<readonly Statement[]> =>
  organisations.length === 0
    ? []
    : statements(ctx)
        .where('organisation', 'in', organisations)
        .where('ends_on', '<', day)
        .orderBy('ends_on', 'desc')
        .orderBy('id')
        .execute();

export const findStatement = async (ctx: Context, id: string): Promise<Statement | null> =>
  isUuid(id) ? ((await statements(ctx).where('id', '=', id).executeTakeFirst()) ?? null) : null;

/** @returns false where it is there already: a form that was sent twice. */
export const addStatement = async (ctx: Context, one: Omit<Statement, 'madeAt'>): Promise<boolean> => {
  const { approverRole, endsOn, ...rest } = one;
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('practice.statement')
    .values({ ...rest, approver_role: approverRole, ends_on: endsOn, made_at: ctx.clock(), reminded: false })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const setWithdrawn = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx).updateTable('practice.statement').set({ withdrawn_at: ctx.clock() }).where('id', '=', id).execute();
};

export const setEnd = async (ctx: Context, id: string, endsOn: string): Promise<void> => {
  await tables(ctx)
    .updateTable('practice.statement')
    .set({ ends_on: endsOn, reminded: false })
    .where('id', '=', id)
    .execute();
};

/** Those that end by a day and of which nobody was reminded; they count as reminded from now on. */
export const takeEnding = (ctx: Context, today: string, by: string): Promise<readonly Statement[]> =>
  tables(ctx)
    .updateTable('practice.statement')
    .set({ reminded: true })
    .where('withdrawn_at', 'is', null)
    .where('reminded', '=', false)
    .where('ends_on', '>=', today)
    .where('ends_on', '<=', by)
    .returning([
      'id',
      'organisation',
      'provider',
      'text',
      'approver',
      'approver_role as approverRole',
      'person',
      'made_at as madeAt',
      'ends_on as endsOn',
    ])
    .execute();

/** The text of what was withdrawn, and of what has ended, goes: nobody agrees to it any more. */
export const deleteEnded = async (ctx: Context, before: string): Promise<void> => {
  await tables(ctx)
    .deleteFrom('practice.statement')
    .where(({ or, eb }) => or([eb('withdrawn_at', 'is not', null), eb('ends_on', '<', before)]))
    .execute();
};

export const statementsOf = (ctx: Context, person: string): Promise<readonly Statement[]> =>
  statements(ctx).where('person', '=', person).execute();

export const releaseStatements = async (ctx: Context, person: string): Promise<void> => {
  await tables(ctx).updateTable('practice.statement').set({ person: null }).where('person', '=', person).execute();
};
