import type { Referred } from '#kernel/reference.ts';
import type { Context } from '#platform/context.ts';
import { eventPath } from '../paths.ts';
import { findEvent } from '../store/events.ts';

/** What events are called among all that can be pointed at and found. */
export const eventKind = 'event';

/** An event, for whoever points at it. */
export const referredEvent = async (ctx: Context, id: string): Promise<Referred | null> => {
  const one = await findEvent(ctx, id);
  return one && one.state !== 'draft' ? { title: one.text.title, href: eventPath(id) } : null;
};
