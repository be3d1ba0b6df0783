import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { type Booking, type BookingState, isLive } from '../domain/booking.ts';
import { tables } from './tables.ts';

/** Events that ended before an instant, as a condition on bookings. */
const endedBefore = (before: Date) => sql<boolean>`event_id in (select id from events.event where ends_at < ${before})`;

/** What people need is known to nobody any more; bookings that came to nothing go whole. @returns how many were touched. */
export const forgetNeeds = async (ctx: Context, before: Date): Promise<number> => {
  const emptied = await tables(ctx)
    .updateTable('events.booking')
    .set({ access_needs: '', answers: JSON.stringify([]) })
    .where(endedBefore(before))
    .where(({ or, eb }) => or([eb('access_needs', '<>', ''), sql<boolean>`answers <> '[]'::jsonb`]))
    .executeTakeFirst();
  const gone = await tables(ctx)
    .deleteFrom('events.booking')
    .where(endedBefore(before))
    .where('state', '<>', 'confirmed')
    .executeTakeFirst();
  return Number(emptied.numUpdatedRows + gone.numDeletedRows);
};

/** Who they were is forgotten; that so many came, for which organisation, stays. */
export const forgetPeople = async (ctx: Context, before: Date): Promise<number> => {
  await tables(ctx)
    .updateTable('events.attendee')
    .set({ name: '' })
    .where('name', '<>', '')
    .where(sql<boolean>`booking_id in (select id from events.booking where ${endedBefore(before)})`)
    .execute();
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('events.booking')
    .set({ address: null })
    .where(endedBefore(before))
    .where('address', 'is not', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
};

export const bookingsOf = (ctx: Context, address: string) =>
  tables(ctx)
    .selectFrom('events.booking as booking')
    .innerJoin('events.event as event', 'event.id', 'booking.event_id')
    .select([
      'booking.id',
      'booking.token',
      'booking.state',
      'event.text',
      'event.starts_at as startsAt',
      'booking.organisation',
      'booking.access_needs as accessNeeds',
      'booking.answers',
      'booking.made_at as madeAt',
    ])
    .where('booking.address', '=', address)
    .orderBy('booking.made_at')
    .execute();

/** Takes a person out of a booking that has ended; it stays where somebody came with it. */
export const takePersonOut = async (
  ctx: Context,
  booking: Pick<Booking, 'id'> & { readonly state: string },
): Promise<void> => {
  if (isLive(booking.state as BookingState) && booking.state !== 'confirmed')
    throw new Error('A booking that takes places is ended first');
  await tables(ctx)
    .updateTable('events.booking')
    .set({ address: null, access_needs: '', answers: JSON.stringify([]) })
    .where('id', '=', booking.id)
    .execute();
  await tables(ctx).updateTable('events.attendee').set({ name: '' }).where('booking_id', '=', booking.id).execute();
};
