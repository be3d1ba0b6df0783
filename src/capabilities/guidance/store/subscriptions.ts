import type { Context } from '#platform/context.ts';
import type { Frequency, Scope, Subscription } from '../domain/subscription.ts';
import { tables } from './tables.ts';

const columns = ['id', 'token', 'address', 'scope_kind', 'scope', 'frequency', 'confirmed_at', 'ended_at'] as const;
const subscriptions = (ctx: Context) => tables(ctx).selectFrom('guidance.subscription').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof subscriptions>['executeTakeFirstOrThrow']>>;

const scopeOf = (kind: string, scope: string): Scope => {
  if (kind === 'topic') return { kind, topic: scope };
  if (kind === 'route') return { kind, route: scope };
  if (kind === 'page') return { kind, page: scope };
  const [page = '', section = ''] = scope.split('#');
  return kind === 'section' ? { kind, page, section } : { kind: 'guide' };
};

const asSubscription = (row: Row): Subscription => ({
  id: row.id,
  token: row.token,
  address: row.address,
  scope: scopeOf(row.scope_kind, row.scope),
  frequency: row.frequency as Frequency,
  confirmedAt: row.confirmed_at,
  endedAt: row.ended_at,
});

const scopeText = (scope: Scope): string => {
  switch (scope.kind) {
    case 'guide':
      return '';
    case 'topic':
      return scope.topic;
    case 'route':
      return scope.route;
    case 'page':
      return scope.page;
    case 'section':
      return `${scope.page}#${scope.section}`;
  }
};

export const addSubscription = async (
  ctx: Context,
  one: Pick<Subscription, 'id' | 'token' | 'address' | 'scope' | 'frequency'>,
): Promise<void> => {
  await tables(ctx)
    .insertInto('guidance.subscription')
    .values({
      id: one.id,
      token: one.token,
      address: one.address,
      scope_kind: one.scope.kind,
      scope: scopeText(one.scope),
      frequency: one.frequency,
      made_at: ctx.clock(),
    })
    .execute();
};

export const countAskedSince = async (ctx: Context, address: string, since: Date): Promise<number> => {
  const { count } = await tables(ctx)
    .selectFrom('guidance.subscription')
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
    .updateTable('guidance.subscription')
    .set({ ended_at: now })
    .where('address', '=', one.address)
    .where('scope_kind', '=', one.scope.kind)
    .where('scope', '=', scopeText(one.scope))
    .where('confirmed_at', 'is not', null)
    .where('ended_at', 'is', null)
    .execute();
  await tables(ctx).updateTable('guidance.subscription').set({ confirmed_at: now }).where('id', '=', one.id).execute();
};

export const endSubscription = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx)
    .updateTable('guidance.subscription')
    .set({ ended_at: ctx.clock() })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
};

/** Everyone who is to be told, of a frequency: some addresses at a time, each with all its subscriptions. */
export async function* liveSubscriptions(
  ctx: Context,
  frequency: Frequency,
  addressesAtATime = 200,
): AsyncGenerator<readonly Subscription[]> {
  const live = () =>
    subscriptions(ctx)
      .where('frequency', '=', frequency)
      .where('confirmed_at', 'is not', null)
      .where('ended_at', 'is', null);
  for (let after = ''; ; ) {
    const addresses = (
      await live()
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
      await live()
        .where('address', '>', after)
        .where('address', '<=', last)
        .orderBy('address')
        .orderBy('made_at')
        .execute()
    ).map(asSubscription);
    after = last;
  }
}

/** Pages of which someone follows a section. */
export const pagesFollowedBySection = async (ctx: Context): Promise<readonly string[]> =>
  (
    await tables(ctx)
      .selectFrom('guidance.subscription')
      .select('scope')
      .distinct()
      .where('scope_kind', '=', 'section')
      .where('confirmed_at', 'is not', null)
      .where('ended_at', 'is', null)
      .execute()
  ).map((row) => row.scope.split('#')[0] ?? '');

/** @returns false when the address was told of this version before. */
export const noteTold = async (ctx: Context, address: string, page: string, number: number): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('guidance.told')
    .values({ address, page_id: page, number, told_at: ctx.clock() })
    .onConflict((conflict) => conflict.columns(['address', 'page_id', 'number']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const hasLive = async (ctx: Context, address: string): Promise<boolean> =>
  (
    await subscriptions(ctx)
      .where('address', '=', address)
      .where('confirmed_at', 'is not', null)
      .where('ended_at', 'is', null)
      .limit(1)
      .execute()
  ).length > 0;

export const deleteUnconfirmed = async (ctx: Context, before: Date): Promise<void> => {
  await tables(ctx)
    .deleteFrom('guidance.subscription')
    .where('confirmed_at', 'is', null)
    .where('made_at', '<', before)
    .execute();
};

export const subscriptionsOf = async (ctx: Context, address: string): Promise<readonly Subscription[]> =>
  (await subscriptions(ctx).where('address', '=', address).orderBy('made_at').execute()).map(asSubscription);

export const deleteSubscriptionsOf = async (ctx: Context, address: string): Promise<void> => {
  await tables(ctx).deleteFrom('guidance.subscription').where('address', '=', address).execute();
  await tables(ctx).deleteFrom('guidance.told').where('address', '=', address).execute();
};
