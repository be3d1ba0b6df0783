import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

export type StoredNature = {
  readonly kind: 'authority' | 'copy';
  readonly of: string | null;
  readonly asAt: string | null;
  readonly from: Date;
  readonly setBy: string;
};

/** What the register said of itself, the newest first. */
export const natureHistory = async (ctx: Context): Promise<readonly StoredNature[]> =>
  (
    await tables(ctx)
      .selectFrom('register.nature')
      .select(['kind', 'copy_of as of', 'as_at as asAt', 'holds_from as from', 'set_by as setBy'])
      .orderBy('holds_from', 'desc')
      .execute()
  ).map((row) => ({ ...row, kind: row.kind as StoredNature['kind'] }));

export const addNature = async (
  ctx: Context,
  one: { readonly kind: 'authority' | 'copy'; readonly of: string | null; readonly asAt: string | null },
  setBy: string,
): Promise<void> => {
  const values = { kind: one.kind, copy_of: one.of, as_at: one.asAt, set_by: setBy };
  await tables(ctx)
    .insertInto('register.nature')
    .values({ ...values, holds_from: ctx.clock() })
    .onConflict((conflict) => conflict.column('holds_from').doUpdateSet(values))
    .execute();
};
