import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

export type DatedSetting = { readonly value: string; readonly holdsFrom: Date; readonly setBy: string };

/** What held when, the newest first. */
export const settingHistory = (ctx: Context, name: string): Promise<readonly DatedSetting[]> =>
  tables(ctx)
    .selectFrom('accounts.setting')
    .select(['value', 'holds_from as holdsFrom', 'set_by as setBy'])
    .where('name', '=', name)
    .orderBy('holds_from', 'desc')
    .execute();

export const addSetting = async (ctx: Context, name: string, value: string, setBy: string): Promise<void> => {
  const now = ctx.clock();
  await tables(ctx)
    .insertInto('accounts.setting')
    .values({ name, value, holds_from: now, set_by: setBy })
    .onConflict((conflict) => conflict.columns(['name', 'holds_from']).doUpdateSet({ value, set_by: setBy }))
    .execute();
};
