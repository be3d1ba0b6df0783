import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import type { Outcome, Tried } from '../domain/example.ts';
import { tables } from './tables.ts';

const said = (ctx: Context) =>
  tables(ctx)
    .selectFrom('practice.tried')
    .select([
      'id',
      'example_id as example',
      'person',
      'organisation',
      'provider',
      'does_it as doesIt',
      'outcome',
      'cost',
      'text',
      'at',
      'left_out as leftOut',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof said>['executeTakeFirstOrThrow']>>;
const asTried = (row: Row): Tried => ({ ...row, outcome: row.outcome as Outcome });

/** One word from each provider; saying it anew puts it right. @returns its id, and why a moderator had taken it out. */
export const putTried = async (ctx: Context, one: Omit<Tried, 'leftOut'>): Promise<Pick<Tried, 'id' | 'leftOut'>> => {
  const { provider, outcome, cost, text, at, person } = one;
  const values = { person, provider, does_it: one.doesIt, outcome, cost, text, at };
  return tables(ctx)
    .insertInto('practice.tried')
    .values({ id: one.id, example_id: one.example, organisation: one.organisation, ...values })
    .onConflict((conflict) => conflict.columns(['example_id', 'organisation']).doUpdateSet(values))
    .returning(['id', 'left_out as leftOut'])
    .executeTakeFirstOrThrow();
};

/** All that is said of an example, the newest first, whether readers have it or not. */
export const listTried = async (ctx: Context, example: string): Promise<readonly Tried[]> =>
  (await said(ctx).where('example_id', '=', example).orderBy('at', 'desc').orderBy('id').execute()).map(asTried);

export const findTried = async (ctx: Context, id: string): Promise<Tried | null> => {
  const row = isUuid(id) ? await said(ctx).where('id', '=', id).executeTakeFirst() : undefined;
  return row ? asTried(row) : null;
};

export const lockTried = async (ctx: Context, id: string): Promise<Tried | null> => {
  const row = isUuid(id) ? await said(ctx).where('id', '=', id).forUpdate().executeTakeFirst() : undefined;
  return row ? asTried(row) : null;
};

/** @param leftOut why readers do not have it; `null`: they do. */
export const setLeftOut = async (ctx: Context, id: string, by: string, leftOut: string | null): Promise<void> => {
  await tables(ctx)
    .updateTable('practice.tried')
    .set({ left_out: leftOut, left_out_by: by })
    .where('id', '=', id)
    .execute();
};

/** @returns false where the provider had said nothing, or a moderator has taken it out: deleted, it could be said anew unread. */
export const removeTried = async (ctx: Context, example: string, organisation: string): Promise<boolean> => {
  const { numDeletedRows } = await tables(ctx)
    .deleteFrom('practice.tried')
    .where('example_id', '=', example)
    .where('organisation', '=', organisation)
    .where('left_out', 'is', null)
    .executeTakeFirst();
  return numDeletedRows > 0n;
};

/** What a person said for their providers. */
export const triedOf = (ctx: Context, person: string) =>
  tables(ctx)
    .selectFrom('practice.tried')
    .select(['does_it', 'outcome', 'cost', 'text', 'at', 'left_out'])
    .where('person', '=', person)
    .execute();

/** What they said stays, as their provider's. */
export const releaseTried = async (ctx: Context, person: string): Promise<void> => {
  await tables(ctx).updateTable('practice.tried').set({ person: null }).where('person', '=', person).execute();
  await tables(ctx)
    .updateTable('practice.tried')
    .set({ left_out_by: null })
    .where('left_out_by', '=', person)
    .execute();
};
