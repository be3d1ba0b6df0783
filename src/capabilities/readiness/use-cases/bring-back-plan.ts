import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { workOnPlan } from '../policy.ts';
import { type EndedPlan, findEndedPlan, findPlan, listEndedPlans, reopenPlan } from '../store/plans.ts';

export type { EndedPlan } from '../store/plans.ts';

/** The plans that the providers of someone put away, the newest first. */
export const plansPutAway = (ctx: Context, person: Person): Promise<readonly EndedPlan[]> =>
  listEndedPlans(
    ctx,
    person.memberships.filter((one) => one.kind === 'provider').map((one) => one.organisation),
  );

/**
 * A plan that was put away.
 *
 * @returns `null` where no plan of this id was.
 * @throws NotAllowed for whoever does not belong to its provider.
 */
export const planPutAway = async (ctx: Context, id: string): Promise<EndedPlan | null> => {
  const plan = await findEndedPlan(ctx, id);
  if (plan) demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
  return plan;
};

/**
 * Brings back a plan that was put away, as it was, with its calendar. One that is back already stays so.
 *
 * @returns false where there is no such plan.
 */
export const bringBack = (ctx: Context, id: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const plan = await findEndedPlan(inside, id);
    if (!plan) {
      const there = await findPlan(inside, id);
      if (there) demand(ctx.actor, workOnPlan, { organisation: there.organisation });
      return there !== null;
    }
    demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
    await reopenPlan(inside, id);
    await recordAct(inside, { name: 'readiness.plan-brought-back', subject: { kind: 'plan', id } });
    return true;
  });
