import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { EventAttendance } from '../domain/attendance.ts';
import { eventText, type Way } from '../domain/event.ts';
import { isoDay } from '../domain/event-words.ts';
import { tables } from './tables.ts';

/** Notes that someone came, and how; `null`: they did not, after all. */
export const setAttended = async (ctx: Context, booking: string, number: number, how: Way | null): Promise<void> => {
  await tables(ctx)
    .updateTable('events.attendee')
    .set({ attended: how, attended_at: how === null ? null : ctx.clock() })
    .where('booking_id', '=', booking)
    .where('number', '=', number)
    .execute();
};

/** @param since ISO day. */
export const listEmployers = async (ctx: Context, since: string | null): Promise<readonly EventAttendance[]> => {
  const rows = await tables(ctx)
    .selectFrom('events.attendee as person')
    .innerJoin('events.booking as booking', 'booking.id', 'person.booking_id')
    .innerJoin('events.event as event', 'event.id', 'booking.event_id')
    .select([
      'event.id',
      'event.text',
      'event.starts_at',
      'event.month',
      'booking.organisation',
      'booking.address',
      'booking.consent_to_share',
      'person.number',
      'person.name',
      'person.attended',
    ])
    .where('person.attended', 'is not', null)
    .where('booking.for_employer', '=', true)
    .where('booking.state', '=', 'confirmed')
    .$if(since !== null, (query) =>
      query.where(sql<boolean>`(event.starts_at at time zone 'Europe/London')::date >= ${since}::date`),
    )
    .orderBy('event.starts_at')
    .orderBy('booking.organisation')
    .orderBy('booking.id')
    .orderBy('person.number')
    .execute();
  return rows.map((row) => {
    const text = eventText.parse(row.text);
    return {
      event: {
        id: row.id,
        title: text.title,
        on: row.starts_at ? isoDay(row.starts_at) : `${row.month}-01`,
        routes: text.routes,
      },
      organisation: row.organisation,
      name: row.name,
      address: row.number === 1 ? row.address : null,
      attended: row.attended as Way,
      consentToShare: row.consent_to_share,
    };
  });
};
