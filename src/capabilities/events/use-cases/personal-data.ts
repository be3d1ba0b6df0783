import { z } from 'zod';
import { addressOf } from '#cap/accounts';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { PersonalData } from '#platform/personal-data.ts';
import { isLive } from '../domain/booking.ts';
import { eventText } from '../domain/event.ts';
import { findByToken } from '../store/bookings.ts';
import { lockEvent } from '../store/events.ts';
import { bookingsOf, forgetNeeds, forgetPeople, takePersonOut } from '../store/forget.ts';
import { end, offerFreePlaces } from './settle.ts';

/** Bookings with the address that somebody signs in with. Deleted, their places go to who waits. */
export const bookingData: PersonalData = {
  title: 'Events that you signed up for',
  held: async (ctx, person) => {
    const address = await addressOf(ctx, person);
    return address === null
      ? []
      : (await bookingsOf(ctx, address)).map(({ id: _, token: __, text, ...one }) => ({
          event: eventText.parse(text).title,
          ...one,
        }));
  },
  erase: async (ctx, person) => {
    const address = await addressOf(ctx, person);
    if (address === null) return;
    for (const { token } of await bookingsOf(ctx, address)) {
      const found = await findByToken(ctx, token);
      const event = found && (await lockEvent(ctx, found.event));
      const booking = event && (await findByToken(ctx, token));
      if (!booking) continue;
      const stands = booking.state === 'confirmed' && event.time !== null && event.time.ends <= ctx.clock();
      if (isLive(booking.state) && !stands) {
        await end(ctx, booking, 'cancelled');
        await offerFreePlaces(ctx, event.id, booking.way);
      }
      await takePersonOut(ctx, { id: booking.id, state: stands ? 'confirmed' : 'cancelled' });
    }
  },
};

/** Days after an event for which what people need is kept: as the form says. */
const needsDays = 28;
/** Days for which it is known who came: as long as evidence of employers' demand may be asked about. */
const peopleDays = 1095;

const before = (ctx: Context, days: number): Date => new Date(ctx.clock().getTime() - days * 86_400_000);

export const forgetBookingsJob: JobDefinition = {
  name: 'events.forget',
  title: 'Forget who came to events of long ago, and what people needed',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 300,
  kind: 'atomic',
  run: async (ctx) => {
    const needs = await forgetNeeds(ctx, before(ctx, needsDays));
    const people = await forgetPeople(ctx, before(ctx, peopleDays));
    return needs + people === 0 ? 'Nothing was that old.' : `Forgot ${needs} and ${people}.`;
  },
};
