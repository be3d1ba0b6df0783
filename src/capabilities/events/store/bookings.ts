import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { type Attendee, type Booking, type BookingState, liveStates } from '../domain/booking.ts';
import type { Way } from '../domain/event.ts';
import { tables } from './tables.ts';

const bookings = (ctx: Context) => tables(ctx).selectFrom('events.booking').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof bookings>['executeTakeFirstOrThrow']>>;

const withAttendees = async (ctx: Context, rows: readonly Row[]): Promise<readonly Booking[]> => {
  if (rows.length === 0) return [];
  const people = await tables(ctx)
    .selectFrom('events.attendee')
    .selectAll()
    .where(
      'booking_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('number')
    .execute();
  const byBooking = Map.groupBy(people, (one) => one.booking_id);
  return rows.map((row) => ({
    id: row.id,
    event: row.event_id,
    way: row.way as Way,
    token: row.token,
    state: row.state as BookingState,
    places: row.places,
    wanted: row.wanted,
    partWillDo: row.part_will_do,
    address: row.address,
    organisation: row.organisation,
    forEmployer: row.for_employer,
    consentToShare: row.consent_to_share,
    accessNeeds: row.access_needs,
    answers: row.answers as readonly string[],
    tag: row.tag,
    madeAt: row.made_at,
    until: row.until,
    confirmedAt: row.confirmed_at,
    toldSequence: row.told_sequence,
    inCalendar: row.in_calendar,
    attendees: (byBooking.get(row.id) ?? []).map(
      (one): Attendee => ({ number: one.number, name: one.name, code: one.code, attended: one.attended as Way | null }),
    ),
  }));
};

const first = async (ctx: Context, rows: readonly Row[]): Promise<Booking | null> =>
  (await withAttendees(ctx, rows))[0] ?? null;

export const findByToken = async (ctx: Context, token: string): Promise<Booking | null> =>
  first(ctx, await bookings(ctx).where('token', '=', token).execute());

export const findBooking = async (ctx: Context, id: string): Promise<Booking | null> =>
  first(ctx, await bookings(ctx).where('id', '=', id).execute());

export const findLive = async (ctx: Context, event: string, address: string): Promise<Booking | null> =>
  first(
    ctx,
    await bookings(ctx)
      .where('event_id', '=', event)
      .where('address', '=', address)
      .where('state', 'in', liveStates)
      .execute(),
  );

/** @returns false where the form was sent before, or the address has a live booking for the event. */
export const addBooking = async (ctx: Context, one: Booking): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('events.booking')
    .values({
      id: one.id,
      event_id: one.event,
      way: one.way,
      token: one.token,
      state: one.state,
      places: one.places,
      wanted: one.wanted,
      part_will_do: one.partWillDo,
      address: one.address,
      organisation: one.organisation,
      for_employer: one.forEmployer,
      consent_to_share: one.consentToShare,
      access_needs: one.accessNeeds,
      answers: JSON.stringify(one.answers),
      tag: one.tag,
      made_at: one.madeAt,
      until: one.until,
      confirmed_at: one.confirmedAt,
      told_sequence: one.toldSequence,
      in_calendar: one.inCalendar,
      changed_at: one.madeAt,
      // Whoever cancelled and signs up again had a later file already: a lower SEQUENCE would not be taken (RFC 5546, 2.1.5).
      sequence: sql<number>`(select coalesce(max(sequence) + 1, 0) from events.booking where event_id = ${one.event} and address = ${one.address})`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await addAttendees(ctx, one.id, one.attendees);
  return true;
};

const addAttendees = async (ctx: Context, booking: string, people: readonly Attendee[]): Promise<void> => {
  if (people.length === 0) return;
  await tables(ctx)
    .insertInto('events.attendee')
    .values(people.map(({ number, name, code }) => ({ booking_id: booking, number, name, code })))
    .execute();
};

/** Those who come with a booking, anew; whoever keeps the code keeps when they came. The event is locked. */
export const setAttendees = async (ctx: Context, booking: string, people: readonly Attendee[]): Promise<void> => {
  const before = await tables(ctx)
    .deleteFrom('events.attendee')
    .where('booking_id', '=', booking)
    .returning(['code', 'attended', 'attended_at'])
    .execute();
  const came = new Map(before.map(({ code, ...when }) => [code, when]));
  if (people.length === 0) return;
  await tables(ctx)
    .insertInto('events.attendee')
    .values(people.map(({ number, name, code }) => ({ booking_id: booking, number, name, code, ...came.get(code) })))
    .execute();
};

/**
 * Notes that the link is mailed again because somebody typed the address again.
 *
 * @returns false where it was mailed after `since`.
 */
export const noteLinkAgain = async (ctx: Context, id: string, since: Date): Promise<boolean> => {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('events.booking')
    .set({ linked_at: ctx.clock() })
    .where('id', '=', id)
    .where(sql<boolean>`coalesce(linked_at, made_at) <= ${since}`)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

/** How often, and when last, a booking was changed: what its calendar entry is ordered by. */
export const changesOf = (
  ctx: Context,
  id: string,
): Promise<{ readonly sequence: number; readonly changed_at: Date }> =>
  tables(ctx)
    .selectFrom('events.booking')
    .select(['sequence', 'changed_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

/** Those who have waited longer for the same way, of those whose address is confirmed. */
export const countAhead = async (ctx: Context, booking: Booking): Promise<number> => {
  const row = await tables(ctx)
    .selectFrom('events.booking')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('event_id', '=', booking.event)
    .where('way', '=', booking.way)
    .where('state', '=', 'waiting')
    .where('confirmed_at', 'is not', null)
    .where(sql<boolean>`(made_at, id) < (${booking.madeAt}, ${booking.id}::uuid)`)
    .executeTakeFirstOrThrow();
  return Number(row.count);
};

/** Bookings of a locked event that begins at another time: they are reminded of it, and no offer outlives its beginning. */
export const followMove = async (ctx: Context, event: string, starts: Date): Promise<void> => {
  const all = tables(ctx).updateTable('events.booking').where('event_id', '=', event);
  await all.set({ reminded_at: null }).where('reminded_at', 'is not', null).execute();
  await all.set({ until: starts }).where('state', '=', 'offered').where('until', '>', starts).execute();
};

export type BookingChange = Partial<{
  readonly state: BookingState;
  readonly places: number;
  readonly wanted: number;
  readonly way: Way;
  readonly until: Date | null;
  readonly confirmedAt: Date;
  readonly organisation: string;
  readonly accessNeeds: string;
  readonly answers: readonly string[];
  readonly partWillDo: boolean;
}>;

export const changeBooking = async (ctx: Context, id: string, change: BookingChange): Promise<void> => {
  const { confirmedAt, accessNeeds, answers, partWillDo, ...rest } = change;
  await tables(ctx)
    .updateTable('events.booking')
    .set(({ eb }) => ({
      ...rest,
      sequence: eb('sequence', '+', 1),
      changed_at: ctx.clock(),
      ...(rest.state === 'confirmed' ? { in_calendar: true } : {}),
      ...(confirmedAt ? { confirmed_at: confirmedAt } : {}),
      ...(accessNeeds === undefined ? {} : { access_needs: accessNeeds }),
      ...(answers === undefined ? {} : { answers: JSON.stringify(answers) }),
      ...(partWillDo === undefined ? {} : { part_will_do: partWillDo }),
    }))
    .where('id', '=', id)
    .execute();
};

/** Who waits for a way and has confirmed the address, the longest first. */
export const listWaiting = async (ctx: Context, event: string, way: Way): Promise<readonly Booking[]> =>
  withAttendees(
    ctx,
    await bookings(ctx)
      .where('event_id', '=', event)
      .where('way', '=', way)
      .where('state', '=', 'waiting')
      .where('confirmed_at', 'is not', null)
      .orderBy('made_at')
      .orderBy('id')
      .execute(),
  );

/** Events with a hold or an offer that has run out, or that have begun while somebody still waits. */
export const eventsToSettle = async (ctx: Context, now: Date): Promise<readonly string[]> => {
  const runOut = await tables(ctx)
    .selectFrom('events.booking')
    .select('event_id')
    .distinct()
    .where('until', '<=', now)
    .execute();
  const begun = await tables(ctx)
    .selectFrom('events.way')
    .innerJoin('events.event', 'events.event.id', 'events.way.event_id')
    .select('event_id')
    .distinct()
    .where('waiting', '>', 0)
    .where('state', '=', 'published')
    .where('starts_at', '<=', now)
    .execute();
  return [...new Set([...runOut, ...begun].map((row) => row.event_id))];
};

export const listRunOut = async (ctx: Context, event: string, now: Date): Promise<readonly Booking[]> =>
  withAttendees(
    ctx,
    await bookings(ctx)
      .where('event_id', '=', event)
      .where('until', '<=', now)
      .orderBy('made_at')
      .orderBy('id')
      .execute(),
  );

/** Everyone of an event in some states, by name. */
export const listOfEvent = async (
  ctx: Context,
  event: string,
  states: readonly BookingState[],
): Promise<readonly Booking[]> =>
  withAttendees(
    ctx,
    await bookings(ctx)
      .where('event_id', '=', event)
      .where('state', 'in', states)
      .orderBy('made_at')
      .orderBy('id')
      .execute(),
  );

/** A handful of confirmed bookings that were not yet dealt with: reminded, thanked, or told up to a sequence. */
export const takeSome = async (
  ctx: Context,
  event: string,
  what:
    | { readonly kind: 'remind' }
    | { readonly kind: 'thank' }
    | { readonly kind: 'tell'; readonly sequence: number; readonly states: readonly BookingState[] },
  some: number,
): Promise<readonly Booking[]> => {
  const now = ctx.clock();
  const ids = tables(ctx)
    .selectFrom('events.booking')
    .select('id')
    .where('event_id', '=', event)
    .where('state', 'in', what.kind === 'tell' ? what.states : (['confirmed'] as const))
    .$if(what.kind === 'remind', (query) => query.where('reminded_at', 'is', null))
    .$if(what.kind === 'thank', (query) =>
      query
        .where('thanked_at', 'is', null)
        .where(
          sql<boolean>`exists (select from events.attendee where booking_id = booking.id and attended is not null)`,
        ),
    )
    .$if(what.kind === 'tell', (query) => query.where('told_sequence', '<', what.kind === 'tell' ? what.sequence : 0))
    .orderBy('id')
    .limit(some)
    .forUpdate()
    .skipLocked();
  const rows = await tables(ctx)
    .updateTable('events.booking')
    .set({
      ...(what.kind === 'remind' ? { reminded_at: now } : {}),
      ...(what.kind === 'thank' ? { thanked_at: now } : {}),
      ...(what.kind === 'tell' ? { told_sequence: what.sequence } : {}),
    })
    .where('id', 'in', ids)
    .returningAll()
    .execute();
  return withAttendees(ctx, rows);
};

/** What taken and waiting have to be, from the bookings: for tests and for whoever doubts. */
export const addUp = async (ctx: Context, event: string, way: Way) => {
  const { rows } = await sql<{ taken: number; waiting: number; people: number }>`
    select coalesce(sum(places) filter (where state in ('held', 'offered', 'confirmed')), 0)::integer as taken,
           (count(*) filter (where state = 'waiting'))::integer as waiting,
           (count(*))::integer as people
    from events.booking where event_id = ${event} and way = ${way}`.execute(ctx.db);
  return rows[0] ?? { taken: 0, waiting: 0, people: 0 };
};
