import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

export type StoredKey = {
  readonly id: string;
  readonly publicKey: string;
  readonly madeAt: Date;
  readonly retiredAt: Date | null;
  readonly disownedAt: Date | null;
};

/** Every key there ever was, the newest first. Without what is sealed. */
export const listKeys = (ctx: Context): Promise<readonly StoredKey[]> =>
  tables(ctx)
    .selectFrom('quality_mark.signing_key')
    .select([
      'id',
      'public_key as publicKey',
      'made_at as madeAt',
      'retired_at as retiredAt',
      'disowned_at as disownedAt',
    ])
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .execute();

/** The key that signs now, sealed. */
export const sealedKey = async (
  ctx: Context,
): Promise<{ readonly id: string; readonly publicKey: string; readonly sealed: Uint8Array } | null> => {
  const row = await tables(ctx)
    .selectFrom('quality_mark.signing_key')
    .select(['id', 'public_key as publicKey', 'sealed'])
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return row?.sealed ? { ...row, sealed: row.sealed } : null;
};

/** @returns false where another one signs already: two were made at once. */
export const addKey = async (
  ctx: Context,
  key: { readonly id: string; readonly publicKey: string; readonly sealed: Uint8Array },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('quality_mark.signing_key')
    .values({
      id: key.id,
      public_key: key.publicKey,
      sealed: Buffer.from(key.sealed),
      made_at: ctx.clock(),
      retired_at: null,
      disowned_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

/** The key signs nothing from now on, and nobody can make it: what it signed goes on verifying. @returns its id. */
export const retireKey = async (ctx: Context): Promise<string | null> => {
  const row = await tables(ctx)
    .updateTable('quality_mark.signing_key')
    .set({ retired_at: ctx.clock(), sealed: null })
    .where('retired_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

/** @returns false where there is no such key, or it was disowned before. */
export const disownKey = async (ctx: Context, id: string): Promise<boolean> => {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('quality_mark.signing_key')
    .set({ disowned_at: ctx.clock(), sealed: null })
    .where('id', '=', id)
    .where('disowned_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};
