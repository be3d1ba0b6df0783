import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

/** What each tag brought in: confirmed bookings and their people, most people first. An empty tag: no promotion. */
export const countByTag = async (
  ctx: Context,
  event: string,
): Promise<readonly { readonly tag: string; readonly bookings: number; readonly people: number }[]> => {
  const rows = await tables(ctx)
    .selectFrom('events.booking')
    .select(({ fn }) => ['tag', fn.countAll<number>().as('bookings'), fn.sum<number>('places').as('people')])
    .where('event_id', '=', event)
    .where('state', '=', 'confirmed')
    .groupBy('tag')
    .orderBy('people', 'desc')
    .orderBy('tag')
    .execute();
  return rows.map((row) => ({ tag: row.tag, bookings: Number(row.bookings), people: Number(row.people) }));
};
