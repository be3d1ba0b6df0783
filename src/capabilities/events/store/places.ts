import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { Way } from '../domain/event.ts';
import { tables } from './tables.ts';

/**
 * Takes places if they are there and nobody waits. PostgreSQL asks the condition again when it had to wait for another
 * transaction's change of the row, so two never take the same place.
 */
export const takeIfFree = async (ctx: Context, event: string, way: Way, places: number): Promise<boolean> => {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('events.way')
    .set(({ eb }) => ({ taken: eb('taken', '+', places) }))
    .where('event_id', '=', event)
    .where('way', '=', way)
    .where('waiting', '=', 0)
    .where(sql<boolean>`taken + ${places}::integer <= capacity`)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

/** Changes the counts of a way that is locked. */
export const count = async (
  ctx: Context,
  event: string,
  way: Way,
  change: { readonly taken?: number; readonly waiting?: number },
): Promise<void> => {
  await tables(ctx)
    .updateTable('events.way')
    .set(({ eb }) => ({ taken: eb('taken', '+', change.taken ?? 0), waiting: eb('waiting', '+', change.waiting ?? 0) }))
    .where('event_id', '=', event)
    .where('way', '=', way)
    .execute();
};
