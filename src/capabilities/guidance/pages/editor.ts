import type { Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { edit } from '../policy.ts';

/** The editor who acts; a route that asks for `edit` lets nobody else come so far. */
export const editorOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(edit);
  return ctx.actor;
};
