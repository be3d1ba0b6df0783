import type { Context } from '#platform/context.ts';
import type { Plan } from '../domain/plan.ts';

/** A plan's provider by name, as whoever looks at the plan belongs to it; empty for whoever does not. */
export const providerNameOf = ({ actor }: Context, plan: Pick<Plan, 'organisation'>): string =>
  (actor.kind === 'person' && actor.memberships.find((one) => one.organisation === plan.organisation)?.name) || '';
