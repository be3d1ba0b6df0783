import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { ok, type Result, refused } from '#kernel/result.ts';
import type { Context } from '#platform/context.ts';
import {
  type Attendee,
  type Booking,
  codeLength,
  codeOf,
  holdUntil,
  isLive,
  linkAgainMinutes,
} from '../domain/booking.ts';
import { freePlaces, type HeldEvent, type Way } from '../domain/event.ts';
import { addBooking, findBooking, findLive, noteLinkAgain } from '../store/bookings.ts';
import { findEvent, lockEvent } from '../store/events.ts';
import { count, takeIfFree } from '../store/places.ts';
import { isOpen, record } from './settle.ts';
import { tell } from './tell.ts';

/** What somebody who signs up tells. */
export type Ask = {
  /** The form's. */
  readonly id: string;
  readonly way: Way;
  /** Whoever fills in the form first. */
  readonly names: readonly string[];
  readonly address: string;
  readonly organisation: string;
  readonly forEmployer: boolean;
  readonly consentToShare: boolean;
  readonly partWillDo: boolean;
  readonly accessNeeds: string;
  readonly answers: readonly string[];
  readonly tag: string;
};

export type Booked = 'held' | 'waiting';
export type BookRefusal = 'unknown' | 'not open' | 'no such way';

/** What opens a booking's page: 192 random bits. */
export const newToken = (): string => randomBytes(24).toString('base64url');

export const newCode = (): string => codeOf(randomBytes(codeLength));

/** People by their names, each with a code of their own. */
export const attendeesOf = (names: readonly string[]): readonly Attendee[] =>
  names.map((name, at) => ({ number: at + 1, name, code: newCode(), attended: null }));

/**
 * The booking that a form makes: the same however often it is sent, and another one where it went back for another address. As a
 * UUID of version 8 (RFC 9562, 5.8).
 */
const idOf = (event: string, ask: Ask): string => {
  const hash = createHash('sha256').update(`${ask.id} ${event} ${ask.address}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
};

const bookingOf = (ctx: Context, event: HeldEvent, ask: Ask, state: Booked): Booking => ({
  id: ask.id,
  event: event.id,
  way: ask.way,
  token: newToken(),
  state,
  places: state === 'held' ? ask.names.length : 0,
  wanted: ask.names.length,
  partWillDo: ask.partWillDo,
  address: ask.address,
  organisation: ask.organisation,
  forEmployer: ask.forEmployer,
  consentToShare: ask.consentToShare,
  accessNeeds: ask.accessNeeds,
  answers: ask.answers,
  tag: ask.tag,
  madeAt: ctx.clock(),
  until: holdUntil(ctx.clock()),
  confirmedAt: null,
  toldSequence: event.sequence,
  inCalendar: false,
  attendees: attendeesOf(ask.names),
});

/** Rolls back what was written for a place that turned out to be gone. */
class PlaceGone extends Error {}

/**
 * The form was sent before, or the address has a booking: nothing is taken. Whoever sent the form sees the same page
 * either way, and whose address it is gets the link to what there is, once in a while.
 *
 * @param otherwise what is said of a booking that another form made: nobody learns of it.
 */
const sentBefore = async (ctx: Context, event: HeldEvent, ask: Ask, otherwise: Booked): Promise<Booked> => {
  const same = await findBooking(ctx, ask.id);
  if (same) return same.state === 'waiting' ? 'waiting' : 'held';
  const live = await findLive(ctx, event.id, ask.address);
  const since = new Date(ctx.clock().getTime() - linkAgainMinutes * 60_000);
  if (live && (await noteLinkAgain(ctx, live.id, since))) await tell(ctx, event, live, 'has one already');
  return otherwise;
};

/** The ordinary booking: everything is written, and the places are counted last. `null`: they are gone. */
const hold = async (ctx: Context, event: HeldEvent, ask: Ask): Promise<Booked | null> => {
  try {
    return await ctx.transaction(async (inside): Promise<Booked> => {
      const booking = bookingOf(inside, event, ask, 'held');
      if (!(await addBooking(inside, booking))) return sentBefore(inside, event, ask, 'held');
      await tell(inside, event, booking, 'held');
      await record(inside, 'held', booking, { places: booking.places });
      if (!(await takeIfFree(inside, event.id, ask.way, booking.places))) throw new PlaceGone();
      return 'held';
    });
  } catch (error) {
    if (error instanceof PlaceGone) return null;
    throw error;
  }
};

/** Under the lock: the place that came free meanwhile, or the end of the list. */
const holdOrWait = (ctx: Context, id: string, ask: Ask): Promise<Result<Booked, BookRefusal>> =>
  ctx.transaction(async (inside) => {
    const event = await lockEvent(inside, id);
    if (!event) return refused('unknown');
    if (!isOpen(inside, event)) return refused('not open');
    const places = event.ways.find((one) => one.way === ask.way);
    if (!places) return refused('no such way');
    const state: Booked = places.waiting === 0 && freePlaces(places) >= ask.names.length ? 'held' : 'waiting';
    const booking = bookingOf(inside, event, ask, state);
    if (!(await addBooking(inside, booking))) return ok(await sentBefore(inside, event, ask, state));
    await count(inside, id, ask.way, state === 'held' ? { taken: booking.places } : { waiting: 1 });
    await tell(inside, event, booking, state === 'held' ? 'held' : 'waiting, unconfirmed');
    await record(inside, state, booking, { places: booking.places });
    return ok(state);
  });

/**
 * Signs up: takes the places for half an hour, or a rank on the waiting list. How places are never sold twice:
 * docs/algorithms/places.md.
 */
export const book = async (ctx: Context, id: string, form: Ask): Promise<Result<Booked, BookRefusal>> => {
  const event = await findEvent(ctx, id);
  if (!event || event.state === 'draft') return refused('unknown');
  if (!isOpen(ctx, event)) return refused('not open');
  const places = event.ways.find((one) => one.way === form.way);
  if (!places) return refused('no such way');
  const before = await findBooking(ctx, idOf(id, form));
  // A form that is sent once more after its booking ended asks anew.
  const ask = { ...form, id: before && !isLive(before.state) ? randomUUID() : idOf(id, form) };
  if (places.waiting === 0 && freePlaces(places) >= ask.names.length) {
    const held = await hold(ctx, event, ask);
    if (held) return ok(held);
  }
  return holdOrWait(ctx, id, ask);
};
