import type { Context } from '#platform/context.ts';
import type { PageRequest } from '#web/route.ts';

/** Holds the token that was printed at start, once its link was used. */
export const exampleCookie = 'htq_example';

/** In an example store, and asked for at this machine without a proxy in between. */
export const isExampleDoor = (request: PageRequest, ctx: Context): boolean =>
  ctx.storeKind === 'example' && ctx.exampleToken !== null && request.atThisMachine;

/** Someone who came through the link that was printed at start. */
export const isExampleVisitor = (request: PageRequest, ctx: Context): boolean =>
  isExampleDoor(request, ctx) && request.cookies[exampleCookie] === ctx.exampleToken;
