import type { Permission } from '#kernel/permission.ts';

/** Keeping plans: who belongs to a provider. Which provider's a plan is, is asked of the plan itself. */
export const keepPlans: Permission = {
  name: 'readiness.keep-plans',
  who: 'people who belong to a provider',
  allows: (actor) => actor.kind === 'person' && actor.memberships.some((one) => one.kind === 'provider'),
};

/** A plan's own provider. Subject: `organisation`. */
export const workOnPlan: Permission = {
  name: 'readiness.work-on-plan',
  who: 'members of the provider whose plan it is',
  allows: (actor, { organisation }) =>
    actor.kind === 'person' && actor.memberships.some((one) => one.organisation === organisation),
};
