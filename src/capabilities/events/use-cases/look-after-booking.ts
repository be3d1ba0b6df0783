import { ok, type Result, refused } from '#kernel/result.ts';
import type { Context } from '#platform/context.ts';
import { type Booking, changedAttendees, isLive } from '../domain/booking.ts';
import { freePlaces, type HeldEvent, type Way } from '../domain/event.ts';
import { changeBooking, countAhead, findByToken, findLive, setAttendees } from '../store/bookings.ts';
import { findEvent, lockEvent } from '../store/events.ts';
import { count } from '../store/places.ts';
import { newCode } from './book.ts';
import { end, isOpen, offerFreePlaces, record, settleLocked } from './settle.ts';
import { tell } from './tell.ts';

/** A booking by the address of its page, with its event. */
export const lookAtBooking = async (
  ctx: Context,
  token: string,
): Promise<{ booking: Booking; event: HeldEvent } | null> => {
  const booking = await findByToken(ctx, token);
  const event = booking && (await findEvent(ctx, booking.event));
  return booking && event ? { booking, event } : null;
};

/**
 * `gone`: the places are someone else's now. `taken`: they are this booking's. `over`: the event has ended, or was cancelled.
 * `came`: somebody whom this takes out was checked in.
 */
export type BookingRefusal = 'unknown' | 'gone' | 'taken' | 'over' | 'no room' | 'came';

type Locked = { readonly booking: Booking; readonly event: HeldEvent };

/**
 * Does something with a booking whose event is locked: of two who act at once the second sees what the first did. What has
 * run out is over, whether or not the clock work came by.
 */
const withBooking = <Value>(
  ctx: Context,
  token: string,
  act: (ctx: Context, locked: Locked) => Promise<Result<Value, BookingRefusal>>,
): Promise<Result<Value, BookingRefusal>> =>
  ctx.transaction(async (inside) => {
    const found = await findByToken(inside, token);
    let event = found && (await lockEvent(inside, found.event));
    let booking = event && (await findByToken(inside, token));
    if (event && booking?.until && booking.until <= inside.clock()) {
      await settleLocked(inside, event);
      event = await findEvent(inside, event.id);
      booking = await findByToken(inside, token);
    }
    return event && booking ? act(inside, { booking, event }) : refused('unknown');
  });

const isOver = (ctx: Context, event: HeldEvent): boolean =>
  event.state !== 'published' || event.time === null || ctx.clock() >= event.time.ends;

const confirmed = async (ctx: Context, { booking, event }: Locked, places: number): Promise<void> => {
  const attendees = booking.attendees.slice(0, places);
  await setAttendees(ctx, booking.id, attendees);
  const change = { state: 'confirmed' as const, places, until: null, confirmedAt: booking.confirmedAt ?? ctx.clock() };
  await changeBooking(ctx, booking.id, change);
  await tell(ctx, event, { ...booking, ...change, attendees }, 'confirmed');
  await record(ctx, 'confirmed', booking, { places });
};

/** The link in the first mail was used: the address is theirs. */
export const confirm = (ctx: Context, token: string): Promise<Result<void, BookingRefusal>> =>
  withBooking(ctx, token, async (inside, locked) => {
    const { booking, event } = locked;
    if (booking.state === 'confirmed' || (booking.state === 'waiting' && booking.confirmedAt !== null))
      return ok(undefined);
    if (isOver(inside, event)) return refused('over');
    if (booking.state === 'held') {
      await confirmed(inside, locked, booking.places);
      return ok(undefined);
    }
    if (booking.state === 'waiting') {
      const change = { confirmedAt: inside.clock(), until: null };
      await changeBooking(inside, booking.id, change);
      await tell(inside, event, { ...booking, ...change }, 'waiting');
      await record(inside, 'waits', booking);
      await offerFreePlaces(inside, event.id, booking.way);
      return ok(undefined);
    }
    // Too late, but the place may still be there, and nobody waits for it.
    const places = event.ways.find((one) => one.way === booking.way);
    const free = places?.waiting === 0 && freePlaces(places) >= booking.wanted;
    if (booking.state !== 'lapsed' || booking.confirmedAt !== null || !free || !isOpen(inside, event))
      return refused('gone');
    if (booking.address === null || (await findLive(inside, event.id, booking.address))) return refused('gone');
    await count(inside, event.id, booking.way, { taken: booking.wanted });
    await confirmed(inside, locked, booking.wanted);
    return ok(undefined);
  });

/** Takes the places that are offered. */
export const acceptOffer = (ctx: Context, token: string): Promise<Result<void, BookingRefusal>> =>
  withBooking(ctx, token, async (inside, locked) => {
    const { booking, event } = locked;
    if (booking.state === 'confirmed') return ok(undefined);
    if (isOver(inside, event)) return refused('over');
    if (booking.state !== 'offered') return refused('gone');
    await confirmed(inside, locked, booking.places);
    return ok(undefined);
  });

/** Says no to an offer. Of a part of the places: goes on waiting, in the same rank, for all of them. */
export const declineOffer = (ctx: Context, token: string): Promise<Result<void, BookingRefusal>> =>
  withBooking(ctx, token, async (inside, { booking, event }) => {
    if (booking.state === 'confirmed') return refused('taken');
    if (booking.state === 'lapsed' || booking.state === 'called off') return refused('gone');
    if (booking.state !== 'offered') return ok(undefined);
    if (booking.places < booking.wanted) {
      await changeBooking(inside, booking.id, { state: 'waiting', places: 0, until: null, partWillDo: false });
      await count(inside, event.id, booking.way, { taken: -booking.places, waiting: 1 });
      await tell(inside, event, booking, 'part declined');
      await record(inside, 'part-declined', booking);
    } else {
      await end(inside, booking, 'cancelled');
      await tell(inside, event, booking, 'declined');
      await record(inside, 'declined', booking);
    }
    await offerFreePlaces(inside, event.id, booking.way);
    return ok(undefined);
  });

/** Gives everything back, or leaves the waiting list. */
export const cancelBooking = (ctx: Context, token: string): Promise<Result<void, BookingRefusal>> =>
  withBooking(ctx, token, async (inside, { booking, event }) => {
    if (!isLive(booking.state)) return ok(undefined);
    if (isOver(inside, event)) return refused('over');
    if (booking.attendees.some((one) => one.attended !== null)) return refused('came');
    await end(inside, booking, 'cancelled');
    const listed = booking.state === 'waiting' || booking.state === 'offered';
    await tell(inside, event, booking, listed ? 'left the list' : 'cancelled');
    await record(inside, 'cancelled', booking, { was: booking.state });
    await offerFreePlaces(inside, event.id, booking.way);
    return ok(undefined);
  });

export type BookingWish = {
  readonly way: Way;
  readonly names: readonly string[];
  readonly organisation: string;
  readonly accessNeeds: string;
  /** One to each of the event's questions; left out: as before. */
  readonly answers?: readonly string[];
};

/**
 * Changes a confirmed booking. Fewer places go to whoever waits; more, or another way, are taken if they are free and
 * nobody waits, and otherwise the booking stays as it was.
 */
export const changeTheBooking = (
  ctx: Context,
  token: string,
  wish: BookingWish,
): Promise<Result<void, BookingRefusal>> =>
  withBooking(ctx, token, async (inside, { booking, event }) => {
    if (booking.state !== 'confirmed') return refused('gone');
    if (isOver(inside, event)) return refused('over');
    const attendees = changedAttendees(booking.attendees, wish.names, newCode);
    const came = booking.attendees.filter((one) => one.attended !== null);
    if (!came.every(({ code }) => attendees.some((one) => one.code === code))) return refused('came');
    const places = wish.names.length;
    const moves = wish.way !== booking.way;
    const more = moves ? places : places - booking.places;
    const wanted = event.ways.find((one) => one.way === wish.way);
    if (!wanted) return refused('no room');
    if (more > 0 && (wanted.waiting > 0 || freePlaces(wanted) < more)) return refused('no room');
    if (moves) {
      await count(inside, event.id, booking.way, { taken: -booking.places });
      await count(inside, event.id, wish.way, { taken: places });
    } else await count(inside, event.id, wish.way, { taken: more });
    await setAttendees(inside, booking.id, attendees);
    const change = {
      way: wish.way,
      places,
      wanted: places,
      organisation: wish.organisation,
      accessNeeds: wish.accessNeeds,
      answers: wish.answers ?? booking.answers,
    };
    await changeBooking(inside, booking.id, change);
    await tell(inside, event, { ...booking, ...change, attendees }, 'changed booking');
    await record(inside, 'booking-changed', booking, { places, way: wish.way });
    if (moves || more < 0) await offerFreePlaces(inside, event.id, booking.way);
    return ok(undefined);
  });

/** Bookings that have waited longer for the same way. */
export const placeInLine = async (ctx: Context, booking: Booking): Promise<number> =>
  booking.state === 'waiting' ? countAhead(ctx, booking) : 0;
