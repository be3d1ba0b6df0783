import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

export type LinkOutcome = 'answers' | 'fails' | 'silent';

export type LinkCheck = {
  readonly address: string;
  readonly checkedAt: Date;
  readonly outcome: LinkOutcome;
  readonly words: string;
  /** Since when it has been so. */
  readonly since: Date;
};

export const listLinkChecks = async (ctx: Context): Promise<readonly LinkCheck[]> =>
  (await tables(ctx).selectFrom('guidance.link_check').selectAll().orderBy('address').execute()).map((row) => ({
    address: row.address,
    checkedAt: row.checked_at,
    outcome: row.outcome as LinkOutcome,
    words: row.words,
    since: row.since,
  }));

export const putLinkCheck = async (
  ctx: Context,
  check: Pick<LinkCheck, 'address' | 'outcome' | 'words'>,
): Promise<void> => {
  const now = ctx.clock();
  const before = await tables(ctx)
    .selectFrom('guidance.link_check')
    .select(['outcome', 'since'])
    .where('address', '=', check.address)
    .executeTakeFirst();
  const values = {
    checked_at: now,
    outcome: check.outcome,
    words: check.words,
    since: before?.outcome === check.outcome ? before.since : now,
  };
  await tables(ctx)
    .insertInto('guidance.link_check')
    .values({ address: check.address, ...values })
    .onConflict((conflict) => conflict.column('address').doUpdateSet(values))
    .execute();
};

/** Forgets addresses that no page names any more. */
export const keepLinkChecksOf = async (ctx: Context, addresses: readonly string[]): Promise<void> => {
  const there = (await listLinkChecks(ctx)).map((one) => one.address).filter((one) => !addresses.includes(one));
  if (there.length > 0) await tables(ctx).deleteFrom('guidance.link_check').where('address', 'in', there).execute();
};
