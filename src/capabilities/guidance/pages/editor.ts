import type { Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest } from '#web/route.ts';
import type { GuidePage } from '../domain/guide-page.ts';
import { edit } from '../policy.ts';
import { openForEditing } from '../use-cases/manage-pages.ts';

/** The editor who acts; a route that asks for `edit` lets nobody else come so far. */
export const editorOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(edit);
  return ctx.actor;
};

/** The page of the address, also one that was never published. */
export const pageToEdit = async (request: PageRequest, ctx: Context): Promise<GuidePage> => {
  const found = await openForEditing(ctx, request.params.page ?? '');
  if (!found) throw notFound('There is no page of the guide at this address.');
  return found;
};
