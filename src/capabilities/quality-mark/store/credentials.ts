import { sql } from 'kysely';
import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import type { Statement } from '../domain/credential.ts';
import { tables } from './tables.ts';

export type RevokedFor = 'withdrawn' | 'replaced' | 'key';

export type StoredCredential = {
  readonly id: string;
  readonly offer: string;
  readonly occupation: string;
  /** The entry of the register. */
  readonly qualification: string;
  readonly ukprn: string;
  readonly signingKey: string;
  readonly statement: Statement;
  readonly signed: string;
  readonly issuedAt: Date;
  readonly revokedAt: Date | null;
  readonly revokedFor: RevokedFor | null;
};

const credentials = (ctx: Context) =>
  tables(ctx)
    .selectFrom('quality_mark.credential')
    .select([
      'id',
      'offer',
      'occupation',
      'qualification',
      'ukprn',
      'signing_key as signingKey',
      // Written from a Statement alone, below.
      sql<Statement>`statement`.as('statement'),
      'signed',
      'issued_at as issuedAt',
      'revoked_at as revokedAt',
      sql<RevokedFor | null>`revoked_for`.as('revokedFor'),
    ]);

export const standingCredential = async (
  ctx: Context,
  offer: string,
  occupation: string,
): Promise<StoredCredential | null> =>
  (await credentials(ctx)
    .where('offer', '=', offer)
    .where('occupation', '=', occupation)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()) ?? null;

export const standingOfProvider = (ctx: Context, ukprn: string): Promise<readonly StoredCredential[]> =>
  credentials(ctx).where('ukprn', '=', ukprn).where('revoked_at', 'is', null).execute();

export const findCredential = async (ctx: Context, id: string): Promise<StoredCredential | null> =>
  isUuid(id) ? ((await credentials(ctx).where('id', '=', id).executeTakeFirst()) ?? null) : null;

/** What a key signed and still stands. */
export const standingOfKey = (ctx: Context, key: string): Promise<readonly StoredCredential[]> =>
  credentials(ctx).where('signing_key', '=', key).where('revoked_at', 'is', null).execute();

/** What was issued last for an offer, standing or not: of each occupation. */
export const lastOfOffer = async (ctx: Context, offer: string): Promise<readonly StoredCredential[]> => {
  const all = await credentials(ctx).where('offer', '=', offer).orderBy('issued_at', 'desc').orderBy('id').execute();
  return all.filter((one, at) => all.findIndex((other) => other.occupation === one.occupation) === at);
};

/** What was issued for a provider and no longer stands, without what a newer one took the place of. */
export const endedOfProvider = (ctx: Context, ukprn: string): Promise<readonly StoredCredential[]> =>
  credentials(ctx)
    .where('ukprn', '=', ukprn)
    .where('revoked_for', '=', 'withdrawn')
    .orderBy('revoked_at', 'desc')
    .limit(200)
    .execute();

/** Providers whose credential for a qualification stands. */
export const holdersOfQualification = async (ctx: Context, qualification: string): Promise<readonly string[]> =>
  (
    await tables(ctx)
      .selectFrom('quality_mark.credential')
      .select('ukprn')
      .distinct()
      .where('qualification', '=', qualification)
      .where('revoked_at', 'is', null)
      .execute()
  ).map((one) => one.ukprn);

/** How many credentials stand for a qualification and one of its occupations. */
export const standingFor = async (ctx: Context, qualification: string, occupation: string): Promise<number> => {
  const { count } = await tables(ctx)
    .selectFrom('quality_mark.credential')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('qualification', '=', qualification)
    .where('occupation', '=', occupation)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** Providers that hold a credential which stands. */
export const holders = async (ctx: Context): Promise<readonly string[]> =>
  (
    await tables(ctx)
      .selectFrom('quality_mark.credential')
      .select('ukprn')
      .distinct()
      .where('revoked_at', 'is', null)
      .orderBy('ukprn')
      .execute()
  ).map((one) => one.ukprn);

/**
 * The next entry that no credential has, in the newest list. Call it with the lock below held.
 *
 * @param listLength entries of a list.
 */
export const nextStatusPlace = async (
  ctx: Context,
  listLength: number,
): Promise<{ readonly list: number; readonly index: number }> => {
  const last = await tables(ctx)
    .selectFrom('quality_mark.credential')
    .select(['status_list as list', 'status_index as index'])
    .orderBy('status_list', 'desc')
    .orderBy('status_index', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) return { list: 1, index: 0 };
  return last.index + 1 < listLength ? { list: last.list, index: last.index + 1 } : { list: last.list + 1, index: 0 };
};

/** One transaction at a time issues and revokes: places in the list are given out one after another. */
export const lockCredentials = async (ctx: Context): Promise<void> => {
  await sql`lock table quality_mark.credential in share row exclusive mode`.execute(ctx.db);
};

export const addCredential = async (
  ctx: Context,
  one: Omit<StoredCredential, 'revokedAt' | 'revokedFor'> & { readonly list: number; readonly index: number },
): Promise<void> => {
  await tables(ctx)
    .insertInto('quality_mark.credential')
    .values({
      id: one.id,
      offer: one.offer,
      occupation: one.occupation,
      qualification: one.qualification,
      ukprn: one.ukprn,
      signing_key: one.signingKey,
      status_list: one.list,
      status_index: one.index,
      statement: JSON.stringify(one.statement),
      signed: one.signed,
      issued_at: one.issuedAt,
      revoked_at: null,
      revoked_for: null,
    })
    .execute();
};

export const revokeCredential = async (ctx: Context, id: string, why: RevokedFor): Promise<void> => {
  await tables(ctx)
    .updateTable('quality_mark.credential')
    .set({ revoked_at: ctx.clock(), revoked_for: why })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
};

/** Entries of a list that no longer stand; `null`: there is no such list. */
export const revokedIn = async (ctx: Context, list: number): Promise<readonly number[] | null> => {
  const rows = await tables(ctx)
    .selectFrom('quality_mark.credential')
    .select(['status_index as index'])
    .where('status_list', '=', list)
    .where('revoked_at', 'is not', null)
    .execute();
  if (rows.length > 0) return rows.map((one) => one.index);
  const any = await tables(ctx)
    .selectFrom('quality_mark.credential')
    .select('id')
    .where('status_list', '=', list)
    .limit(1)
    .executeTakeFirst();
  return any ? [] : null;
};
