import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { WayIn } from '../domain/ways-in.ts';
import { workOnPlan } from '../policy.ts';
import {
  type Campaign,
  deleteCampaign,
  findCase,
  type PlanCase,
  putCampaign,
  putWeek,
  type RecruitmentWeek,
  saveCase,
} from '../store/case.ts';
import { lockPlan } from '../store/plans.ts';
import { deleteWayIn, putWayIn } from '../store/ways-in.ts';

export {
  type Campaign,
  findCase,
  listCampaigns,
  listWeeks,
  type PlanCase,
  type RecruitmentWeek,
} from '../store/case.ts';
export { listWaysIn } from '../store/ways-in.ts';

/** Runs an act on a plan that whoever acts belongs to; `null` where there is none such. */
const onPlan = <Value>(ctx: Context, id: string, act: (ctx: Context) => Promise<Value>): Promise<Value | null> =>
  ctx.transaction(async (inside) => {
    const plan = await lockPlan(inside, id);
    if (!plan) return null;
    demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
    return act(inside);
  });

/** Changes a part of the case. @param revision of the case that the form began with. */
export const changeCase = async (
  ctx: Context,
  id: string,
  part: Partial<Omit<PlanCase, 'revision'>>,
  revision: number,
): Promise<Result<void, 'unknown' | 'changed'>> => {
  const done = await onPlan(ctx, id, async (inside) => {
    const before = await findCase(inside, id);
    if (before.revision !== revision) return refused('changed' as const);
    await saveCase(inside, id, { ...before, ...part, revision: revision + 1 });
    await recordAct(inside, { name: 'readiness.case-changed', subject: { kind: 'plan', id }, after: { ...part } });
    return ok(undefined);
  });
  return done ?? refused('unknown');
};

export const noteCampaign = async (ctx: Context, id: string, campaign: Campaign): Promise<boolean> =>
  (await onPlan(ctx, id, async (inside) => {
    await putCampaign(inside, id, campaign);
    await recordAct(inside, {
      name: 'readiness.campaign-noted',
      subject: { kind: 'plan', id },
      after: { ...campaign },
    });
    return true;
  })) ?? false;

export const removeCampaign = async (ctx: Context, id: string, campaign: string): Promise<boolean> =>
  (await onPlan(ctx, id, async (inside) => {
    await deleteCampaign(inside, id, campaign);
    await recordAct(inside, {
      name: 'readiness.campaign-removed',
      subject: { kind: 'plan', id },
      before: { campaign },
    });
    return true;
  })) ?? false;

export const noteWeek = async (ctx: Context, id: string, week: RecruitmentWeek): Promise<boolean> =>
  (await onPlan(ctx, id, async (inside) => {
    await putWeek(inside, id, week);
    await recordAct(inside, { name: 'readiness.week-noted', subject: { kind: 'plan', id }, after: { ...week } });
    return true;
  })) ?? false;

export const noteWayIn = async (ctx: Context, id: string, way: WayIn): Promise<boolean> =>
  (await onPlan(ctx, id, async (inside) => {
    await putWayIn(inside, id, way);
    await recordAct(inside, { name: 'readiness.way-in-noted', subject: { kind: 'plan', id }, after: { ...way } });
    return true;
  })) ?? false;

export const removeWayIn = async (ctx: Context, id: string, way: string): Promise<boolean> =>
  (await onPlan(ctx, id, async (inside) => {
    await deleteWayIn(inside, id, way);
    await recordAct(inside, { name: 'readiness.way-in-removed', subject: { kind: 'plan', id }, before: { way } });
    return true;
  })) ?? false;
