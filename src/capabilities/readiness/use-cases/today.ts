import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';

/** The day that plans are looked at on, ISO: London's, where colleges keep their calendars. */
export const todayIn = (ctx: Context): string => londonDay(ctx.clock());
