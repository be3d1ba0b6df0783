import type { Context } from '#platform/context.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest } from '#web/route.ts';
import type { Round } from '../domain/round.ts';
import { findRound } from '../use-cases/rounds.ts';

/** The round that the address names. */
export const roundAsked = async (request: PageRequest, ctx: Context): Promise<Round> => {
  const found = await findRound(ctx, request.params.round ?? '');
  if (!found) throw notFound('There is no such round.');
  return found;
};

/** The same where everyone may see it: its questions are in use. */
export const publicRoundAsked = async (request: PageRequest, ctx: Context): Promise<Round> => {
  const found = await roundAsked(request, ctx);
  if (found.version === 0) throw notFound('There is no such round.');
  return found;
};
