import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

export type SignIn = {
  readonly id: string;
  readonly address: string;
  readonly codeHash: string;
  readonly expiresAt: Date;
  readonly guesses: number;
  readonly usedAt: Date | null;
};

export const addSignIn = async (
  ctx: Context,
  one: Pick<SignIn, 'id' | 'address' | 'codeHash' | 'expiresAt'> & { readonly linkHash: string },
): Promise<void> => {
  await tables(ctx)
    .insertInto('accounts.sign_in')
    .values({
      id: one.id,
      address: one.address,
      code_hash: one.codeHash,
      link_hash: one.linkHash,
      made_at: ctx.clock(),
      expires_at: one.expiresAt,
    })
    .execute();
};

export const countSignInsSince = async (ctx: Context, address: string, since: Date): Promise<number> => {
  const { count } = await tables(ctx)
    .selectFrom('accounts.sign_in')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('address', '=', address)
    .where('made_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
};

const columns = [
  'id',
  'address',
  'code_hash as codeHash',
  'expires_at as expiresAt',
  'guesses',
  'used_at as usedAt',
] as const;

/** The sign-in, locked until the transaction ends: of two that use it at once, the second finds it used. */
export const lockSignIn = (
  ctx: Context,
  by: { readonly id: string } | { readonly linkHash: string },
): Promise<SignIn | undefined> => {
  const query = tables(ctx).selectFrom('accounts.sign_in').select(columns).forUpdate();
  return 'id' in by
    ? query.where(sql<string>`id::text`, '=', by.id).executeTakeFirst()
    : query.where('link_hash', '=', by.linkHash).executeTakeFirst();
};

export const noteGuess = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx)
    .updateTable('accounts.sign_in')
    .set({ guesses: sql<number>`guesses + 1` })
    .where('id', '=', id)
    .execute();
};

/** Marks it as used, and every other one of the address with it. */
export const useSignIns = async (ctx: Context, address: string): Promise<void> => {
  await tables(ctx)
    .updateTable('accounts.sign_in')
    .set({ used_at: ctx.clock() })
    .where('address', '=', address)
    .where('used_at', 'is', null)
    .execute();
};
