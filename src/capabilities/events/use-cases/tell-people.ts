import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { HeldEvent } from '../domain/event.ts';
import { takeSome } from '../store/bookings.ts';
import { findEvent, listBetween } from '../store/events.ts';
import { type Step, tell } from './tell.ts';

/** Bookings in one transaction: what memory holds at a time, and what a killed worker does again. */
const some = 200;

/** Hours before the beginning at which people are reminded. */
const remindHours = 24;
/** Days after the end in which an attendance that comes in late is still thanked for. */
const thankDays = 30;

/** Writes to everyone that `take` finds, some at a time, each batch in a transaction that notes it. @returns how many. */
const tellAll = async (
  ctx: Context,
  event: HeldEvent,
  what: Parameters<typeof takeSome>[2],
  step: Step,
): Promise<number> => {
  for (let told = 0; ; ) {
    const batch = await ctx.transaction(async (inside) => {
      const bookings = await takeSome(inside, event.id, what, some);
      // An address that was never confirmed hears no more.
      for (const one of bookings) if (one.confirmedAt !== null) await tell(inside, event, one, step);
      return bookings.length;
    });
    told += batch;
    if (batch < some) return told;
  }
};

/** Of a change that matters, or of the event's end: everyone who signed up, once. */
export const tellPeopleJob: JobDefinition<{ event: string; sequence: number }> = {
  name: 'events.tell',
  title: 'Tell people that an event was changed or cancelled',
  data: z.object({ event: z.string(), sequence: z.number() }),
  tries: 5,
  backOffSeconds: 30,
  limitSeconds: 1800,
  kind: 'stepwise',
  run: async (ctx, { event: id, sequence }) => {
    const event = await findEvent(ctx, id);
    if (!event) return 'The event is gone.';
    if (event.sequence > sequence) return 'A later change tells of this one as well.';
    const told =
      event.state === 'cancelled'
        ? await tellAll(ctx, event, { kind: 'tell', sequence, states: ['called off'] }, 'event cancelled')
        : await tellAll(
            ctx,
            event,
            { kind: 'tell', sequence, states: ['confirmed', 'waiting', 'offered'] },
            'event changed',
          );
    return `Told ${told}.`;
  },
};

/** Reminds of the events of the next day. @returns how many. */
export const remindPeople = async (ctx: Context): Promise<number> => {
  const now = ctx.clock();
  let told = 0;
  for (const event of await listBetween(ctx, 'starts_at', now, new Date(now.getTime() + remindHours * 3_600_000)))
    told += await tellAll(ctx, event, { kind: 'remind' }, 'reminder');
  return told;
};

/** Thanks those who came, as soon as it is known who did. @returns how many. */
export const thankPeople = async (ctx: Context): Promise<number> => {
  const now = ctx.clock();
  let told = 0;
  for (const event of await listBetween(ctx, 'ends_at', new Date(now.getTime() - thankDays * 86_400_000), now))
    told += await tellAll(ctx, event, { kind: 'thank' }, 'thanks');
  return told;
};

export const remindJob: JobDefinition = {
  name: 'events.remind',
  title: 'Remind of tomorrow’s events, and thank who came',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 1800,
  kind: 'stepwise',
  run: async (ctx) => `Reminded ${await remindPeople(ctx)}, thanked ${await thankPeople(ctx)}.`,
};
