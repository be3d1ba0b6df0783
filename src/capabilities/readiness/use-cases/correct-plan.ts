import { createHash } from 'node:crypto';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Plan } from '../domain/plan.ts';
import { workOnPlan } from '../policy.ts';
import { lockPlan, saveAbout } from '../store/plans.ts';

/** What a plan is about. First teach is not of it: tasks move with that, so it is previewed (`pages/change.ts`). */
export type PlanAbout = Pick<Plan, 'qualification' | 'level' | 'awardingOrganisation' | 'route' | 'learners'>;

const aboutOf = ({ qualification, level, awardingOrganisation, route, learners }: PlanAbout): PlanAbout => ({
  qualification,
  level,
  awardingOrganisation,
  route,
  learners,
});

/**
 * Tells one state of what a plan is about from another. The plan's own revision would not do: it grows with every task, and
 * whoever corrects a title need not hear of those.
 */
export const aboutRevision = (about: PlanAbout): string =>
  createHash('sha256')
    .update(JSON.stringify(aboutOf(about)))
    .digest('hex')
    .slice(0, 16);

/**
 * Puts right what a plan is about. The same thing sent twice is saved once.
 *
 * @param revision of what the form began with, by `aboutRevision`.
 * @returns refused with what somebody else saved meanwhile.
 */
export const correctPlan = (
  ctx: Context,
  id: string,
  about: PlanAbout,
  revision: string,
): Promise<Result<void, { readonly kind: 'unknown' } | { readonly kind: 'changed'; readonly now: Plan }>> =>
  ctx.transaction(async (inside) => {
    const plan = await lockPlan(inside, id);
    if (!plan) return refused({ kind: 'unknown' });
    demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
    if (aboutRevision(plan) === aboutRevision(about)) return ok(undefined);
    if (aboutRevision(plan) !== revision) return refused({ kind: 'changed', now: plan });
    await saveAbout(inside, id, about);
    await recordAct(inside, {
      name: 'readiness.plan-corrected',
      subject: { kind: 'plan', id },
      before: aboutOf(plan),
      after: aboutOf(about),
    });
    return ok(undefined);
  });
