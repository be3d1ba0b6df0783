import type { Context } from '#platform/context.ts';
import type { WayIn } from '../domain/ways-in.ts';
import { tables } from './tables.ts';

export const listWaysIn = (ctx: Context, plan: string): Promise<readonly WayIn[]> =>
  tables(ctx)
    .selectFrom('readiness.way_in')
    .select(['id', 'kind', 'title', 'people', 'percent'])
    .where('plan_id', '=', plan)
    .orderBy('title')
    .orderBy('id')
    .execute();

/** @param one its id is made with the form: sent twice, it is there once. */
export const putWayIn = async (ctx: Context, plan: string, one: WayIn): Promise<void> => {
  const { id, ...values } = one;
  await tables(ctx)
    .insertInto('readiness.way_in')
    .values({ id, plan_id: plan, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values).where('readiness.way_in.plan_id', '=', plan))
    .execute();
};

export const deleteWayIn = async (ctx: Context, plan: string, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('readiness.way_in').where('plan_id', '=', plan).where('id', '=', id).execute();
};
