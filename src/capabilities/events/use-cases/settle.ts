import { z } from 'zod';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { type Booking, type BookingState, offerUntil } from '../domain/booking.ts';
import { freePlaces, type HeldEvent, signUpOf, type Way } from '../domain/event.ts';
import { offersFor } from '../domain/waiting-list.ts';
import { changeBooking, eventsToSettle, listRunOut, listWaiting } from '../store/bookings.ts';
import { findEvent, lockEvent } from '../store/events.ts';
import { count } from '../store/places.ts';
import { tell } from './tell.ts';

/** Writes down what became of a booking, without who made it. */
export const record = (ctx: Context, name: string, booking: Booking, after: object = {}): Promise<string> =>
  recordAct(ctx, {
    name: `events.${name}`,
    subject: { kind: 'booking', id: booking.id },
    after: { event: booking.event, way: booking.way, ...after },
  });

/** Ends a booking of an event that is locked: its places are free, or it leaves the list. */
export const end = async (ctx: Context, booking: Booking, state: BookingState): Promise<void> => {
  // Whoever does not come needs nothing there; a hold that lapsed may still be taken late.
  const needs = state === 'cancelled' ? { accessNeeds: '' } : {};
  await changeBooking(ctx, booking.id, { state, places: 0, until: null, ...needs });
  await count(
    ctx,
    booking.event,
    booking.way,
    booking.state === 'waiting' ? { waiting: -1 } : { taken: -booking.places },
  );
};

/** Offers what is free to whoever has waited longest. The event is locked. */
export const offerFreePlaces = async (ctx: Context, event: string, way: Way): Promise<void> => {
  const now = ctx.clock();
  const found = await findEvent(ctx, event);
  const places = found?.ways.find((one) => one.way === way);
  // Until it begins: whoever waits may still come when sign-up is over for others.
  if (!found?.time || !places || places.waiting === 0 || found.state !== 'published' || now >= found.time.starts)
    return;
  const line = await listWaiting(ctx, event, way);
  const byId = new Map(line.map((one) => [one.id, one]));
  for (const offer of offersFor(freePlaces(places), line)) {
    const booking = byId.get(offer.id);
    if (!booking) continue;
    const until = offerUntil(now, found.time.starts);
    await changeBooking(ctx, offer.id, { state: 'offered', places: offer.places, until });
    await count(ctx, event, way, { taken: offer.places, waiting: -1 });
    await tell(ctx, found, { ...booking, state: 'offered', places: offer.places, until }, 'offered');
    await record(ctx, 'offered', booking, { places: offer.places });
  }
};

/** Whoever waited until the event began is told, once, that no place came free. @returns how many. */
const endWaiting = async (ctx: Context, event: HeldEvent): Promise<number> => {
  let ended = 0;
  for (const { way } of event.ways)
    for (const booking of await listWaiting(ctx, event.id, way)) {
      await end(ctx, booking, 'lapsed');
      await tell(ctx, event, booking, 'waited in vain');
      await record(ctx, 'waited-in-vain', booking);
      ended += 1;
    }
  return ended;
};

/** Lets go what has run out, and offers what came free; once the event has begun, nobody waits any more. The event is locked. */
export const settleLocked = async (ctx: Context, event: HeldEvent): Promise<number> => {
  const over = await listRunOut(ctx, event.id, ctx.clock());
  for (const booking of over) {
    await end(ctx, booking, 'lapsed');
    // An address that was never confirmed hears no more.
    if (booking.state === 'offered') await tell(ctx, event, booking, 'offer over');
    await record(ctx, 'lapsed', booking, { was: booking.state });
  }
  if (event.state === 'published' && event.time !== null && event.time.starts <= ctx.clock())
    return over.length + (await endWaiting(ctx, event));
  for (const { way } of event.ways) await offerFreePlaces(ctx, event.id, way);
  return over.length;
};

/** Lets go, of every event, the holds and offers that have run out. @returns how many. */
export const settle = async (ctx: Context): Promise<number> => {
  let over = 0;
  for (const id of await eventsToSettle(ctx, ctx.clock()))
    over += await ctx.transaction(async (inside) => {
      const event = await lockEvent(inside, id);
      return event ? settleLocked(inside, event) : 0;
    });
  return over;
};

export const settleJob: JobDefinition = {
  name: 'events.settle',
  title: 'Let go the places that nobody confirmed or took, and offer them to who waits',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 10,
  limitSeconds: 300,
  kind: 'stepwise',
  run: async (ctx) => {
    const over = await settle(ctx);
    return over === 0 ? 'Nothing had run out.' : `Let go ${over}.`;
  },
};

/** Whether somebody can sign up now. */
export const isOpen = (ctx: Context, event: HeldEvent): boolean => signUpOf(event, ctx.clock()).kind === 'open';
