import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import type { HeldEvent } from '../domain/event.ts';
import { runEvents } from '../policy.ts';
import { findEvent } from '../store/events.ts';

export { listDrafts, listPublic, listSeries } from '../store/events.ts';

/** An event, for whoever may see it: a draft is for those who run events. */
export const readEvent = async (ctx: Context, id: string): Promise<HeldEvent | null> => {
  const event = await findEvent(ctx, id);
  return event && (event.state !== 'draft' || isAllowed(ctx.actor, runEvents)) ? event : null;
};
