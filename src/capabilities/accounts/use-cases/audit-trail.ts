import { demand } from '#kernel/permission.ts';
import { type ActFilter, type ActSeen, findActs } from '#platform/audit/find-acts.ts';
import { type TrailReport, verifyActs } from '#platform/audit/verify-acts.ts';
import type { Context } from '#platform/context.ts';
import { administer } from '../policy.ts';
import { organisationNames } from '../store/organisations.ts';
import { namesOf } from '../store/people.ts';

export const readTrail = (
  ctx: Context,
  filter: ActFilter,
  limit: number,
  before: number | null,
): Promise<readonly ActSeen[]> => {
  demand(ctx.actor, administer);
  return findActs(ctx, filter, limit, before);
};

export const verifyTrail = (ctx: Context, knownHead: string | null): Promise<TrailReport> => {
  demand(ctx.actor, administer);
  return verifyActs(ctx, knownHead);
};

/** Names of the people and organisations that acts are of, for and about. */
export const actNames = async (ctx: Context, acts: readonly ActSeen[]): Promise<ReadonlyMap<string, string>> => {
  const ids = acts.flatMap((act) => [act.actor, act.subjectId, act.forOrganisation].filter((id) => id !== null));
  return new Map([...(await namesOf(ctx, ids)), ...(await organisationNames(ctx, ids))]);
};
