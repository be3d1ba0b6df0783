import type { Context } from '#platform/context.ts';
import { liveStates } from '../domain/booking.ts';
import { tables } from './tables.ts';

/** Ends every live booking of a locked event, and leaves it without places, so that no booking under way gets one. */
export const callOffBookings = async (ctx: Context, event: string): Promise<void> => {
  await tables(ctx)
    .updateTable('events.booking')
    .set({ state: 'called off', places: 0, until: null })
    .where('event_id', '=', event)
    .where('state', 'in', liveStates)
    .execute();
  await tables(ctx)
    .updateTable('events.way')
    .set({ capacity: 0, taken: 0, waiting: 0 })
    .where('event_id', '=', event)
    .execute();
};
