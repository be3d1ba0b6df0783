import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

export type Acceptance = {
  readonly ukprn: string;
  readonly terms: string;
  readonly name: string;
  readonly role: string;
  readonly person: string | null;
  readonly acceptedAt: Date;
};

const acceptances = (ctx: Context) =>
  tables(ctx)
    .selectFrom('quality_mark.acceptance')
    .select(['ukprn', 'terms', 'name', 'role', 'person', 'accepted_at as acceptedAt']);

export const findAcceptance = async (ctx: Context, ukprn: string, terms: string): Promise<Acceptance | null> =>
  (await acceptances(ctx).where('ukprn', '=', ukprn).where('terms', '=', terms).executeTakeFirst()) ?? null;

/** Providers that accepted these terms. */
export const acceptedBy = async (ctx: Context, terms: string): Promise<readonly string[]> =>
  (await acceptances(ctx).where('terms', '=', terms).orderBy('ukprn').execute()).map((one) => one.ukprn);

/** @returns false where someone of the provider accepted them before. */
export const addAcceptance = async (
  ctx: Context,
  one: Omit<Acceptance, 'acceptedAt' | 'person'> & { readonly person: string | null; readonly organisation: string },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('quality_mark.acceptance')
    .values({ ...one, id: randomUUID(), accepted_at: ctx.clock() })
    .onConflict((conflict) => conflict.columns(['ukprn', 'terms']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const acceptancesOf = (ctx: Context, person: string): Promise<readonly Acceptance[]> =>
  acceptances(ctx).where('person', '=', person).execute();

/** The acceptance stands, since the provider relies on it; who it was goes. */
export const forgetAccepter = async (ctx: Context, person: string): Promise<void> => {
  await tables(ctx)
    .updateTable('quality_mark.acceptance')
    .set({ person: null, name: 'Someone whose account was deleted', role: '' })
    .where('person', '=', person)
    .execute();
};
