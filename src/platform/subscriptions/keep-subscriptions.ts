import type { Context } from '../context.ts';
import type { PlatformTables } from '../db/rows.ts';
import type { Frequency, Subscription } from './subscription.ts';

const columns = ['id', 'token', 'address', 'list', 'scope', 'words', 'frequency', 'confirmed_at', 'ended_at'] as const;
const tables = (ctx: Context) => ctx.db.withTables<PlatformTables>();
const subscriptions = (ctx: Context) => tables(ctx).selectFrom('platform.subscription').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof subscriptions>['executeTakeFirstOrThrow']>>;

const asSubscription = ({ frequency, confirmed_at, ended_at, ...row }: Row): Subscription => ({
  ...row,
  frequency: frequency as Frequency,
  confirmedAt: confirmed_at,
  endedAt: ended_at,
});

export const addSubscription = async (
  ctx: Context,
  one: Omit<Subscription, 'confirmedAt' | 'endedAt'>,
): Promise<void> => {
  await tables(ctx)
    .insertInto('platform.subscription')
    .values({ ...one, made_at: ctx.clock() })
    .execute();
};

export const countAskedSince = async (ctx: Context, address: string, since: Date): Promise<number> => {
  const { count } = await tables(ctx)
    .selectFrom('platform.subscription')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('address', '=', address)
    .where('made_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
};

export const lockSubscription = async (ctx: Context, token: string): Promise<Subscription | null> => {
  const row = await subscriptions(ctx).where('token', '=', token).forUpdate().executeTakeFirst();
  return row ? asSubscription(row) : null;
};

export const findSubscription = async (ctx: Context, token: string): Promise<Subscription | null> => {
  const row = await subscriptions(ctx).where('token', '=', token).executeTakeFirst();
  return row ? asSubscription(row) : null;
};

/** Confirms it; an older one of the same address and scope ends, so that nobody is told twice as often. */
export const confirmSubscription = async (ctx: Context, one: Subscription): Promise<void> => {
  const now = ctx.clock();
  await tables(ctx)
    .updateTable('platform.subscription')
    .set({ ended_at: now })
    .where('address', '=', one.address)
    .where('list', '=', one.list)
    .where('scope', '=', one.scope)
    .where('confirmed_at', 'is not', null)
    .where('ended_at', 'is', null)
    .execute();
  await tables(ctx).updateTable('platform.subscription').set({ confirmed_at: now }).where('id', '=', one.id).execute();
};

export const endSubscription = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx)
    .updateTable('platform.subscription')
    .set({ ended_at: ctx.clock() })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
};

const live = (ctx: Context, list: string) =>
  subscriptions(ctx).where('list', '=', list).where('confirmed_at', 'is not', null).where('ended_at', 'is', null);

/** Everyone who is to be told of a list, of a frequency: some addresses at a time, each with all its subscriptions. */
export async function* liveSubscriptions(
  ctx: Context,
  list: string,
  frequency: Frequency,
  addressesAtATime = 200,
): AsyncGenerator<readonly Subscription[]> {
  const wanted = () => live(ctx, list).where('frequency', '=', frequency);
  for (let after = ''; ; ) {
    const addresses = (
      await wanted()
        .clearSelect()
        .select('address')
        .distinct()
        .where('address', '>', after)
        .orderBy('address')
        .limit(addressesAtATime)
        .execute()
    ).map((row) => row.address);
    const last = addresses.at(-1);
    if (last === undefined) return;
    yield (
      await wanted()
        .where('address', '>', after)
        .where('address', '<=', last)
        .orderBy('address')
        .orderBy('made_at')
        .execute()
    ).map(asSubscription);
    after = last;
  }
}

/** What of a list is followed by anyone. */
export const scopesFollowed = async (ctx: Context, list: string): Promise<readonly string[]> =>
  (await live(ctx, list).clearSelect().select('scope').distinct().orderBy('scope').execute()).map((row) => row.scope);

/** @returns false when the address was told of this before. */
export const noteTold = async (ctx: Context, address: string, list: string, news: string): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('platform.told')
    .values({ address, list, news, told_at: ctx.clock() })
    .onConflict((conflict) => conflict.columns(['address', 'list', 'news']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const hasLive = async (ctx: Context, address: string, list: string): Promise<boolean> =>
  (await live(ctx, list).where('address', '=', address).limit(1).execute()).length > 0;

export const deleteUnconfirmed = async (ctx: Context, before: Date): Promise<void> => {
  await tables(ctx)
    .deleteFrom('platform.subscription')
    .where('confirmed_at', 'is', null)
    .where('made_at', '<', before)
    .execute();
};

export const subscriptionsOf = async (ctx: Context, address: string): Promise<readonly Subscription[]> =>
  (await subscriptions(ctx).where('address', '=', address).orderBy('made_at').execute()).map(asSubscription);

export const deleteSubscriptionsOf = async (ctx: Context, address: string): Promise<void> => {
  await tables(ctx).deleteFrom('platform.subscription').where('address', '=', address).execute();
  await tables(ctx).deleteFrom('platform.told').where('address', '=', address).execute();
};
