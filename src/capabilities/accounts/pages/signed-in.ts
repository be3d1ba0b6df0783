import type { Person } from '#kernel/actor.ts';
import { NotAllowed, signedIn } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';

/** The person who is signed in, on a route that lets in nobody else. */
export const demandPerson = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(signedIn);
  return ctx.actor;
};
