import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Money } from '../domain/funding.ts';
import type { Plan } from '../domain/plan.ts';
import type { Forecast } from '../domain/recruitment.ts';
import { suggestedForecast } from '../domain/recruitment-curve.ts';
import { type RecruitmentWeek, type WeekFault, weekFault } from '../domain/recruitment-week.ts';
import type { WayIn } from '../domain/ways-in.ts';
import { workOnPlan } from '../policy.ts';
import {
  type Campaign,
  deleteCampaign,
  deleteWeek,
  findCase,
  listWeeks,
  type PlanCase,
  putCampaign,
  putWeek,
  saveCase,
} from '../store/case.ts';
import { lockPlan } from '../store/plans.ts';
import { deleteWayIn, putWayIn } from '../store/ways-in.ts';
import { recruitmentCurve } from './reference-data.ts';
import { todayIn } from './today.ts';

export {
  type Campaign,
  findCase,
  listCampaigns,
  listWeeks,
  type PlanCase,
} from '../store/case.ts';
export { listWaysIn } from '../store/ways-in.ts';

/** A forecast that was given whole; else what the learners whom the plan expects come to; `null`: there are none either. */
export const forecastOf = ({ low, likely, high }: PlanCase, plan: Pick<Plan, 'learners'>): Forecast | null => {
  if (low !== null && likely !== null && high !== null) return { low, likely, high };
  return plan.learners === null || plan.learners === 0 ? null : suggestedForecast(recruitmentCurve, plan.learners);
};

/** What a year brings and costs; `null` where not all of it is known. */
export const moneyOf = ({ feeEach, costEach, fixedCost }: PlanCase): Money | null =>
  feeEach === null || costEach === null || fixedCost === null ? null : { feeEach, costEach, fixedCost };

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

const sameWeek = (one: RecruitmentWeek, other: RecruitmentWeek): boolean =>
  (['week', 'applications', 'offers', 'accepted'] as const).every((part) => one[part] === other[part]);

/**
 * Notes a week, or puts one right.
 *
 * @param was the day of the week that is put right; `null`: it is a new one, which takes the place of what its day has.
 */
export const noteWeek = async (
  ctx: Context,
  id: string,
  week: RecruitmentWeek,
  was: string | null,
): Promise<Result<void, WeekFault | { readonly kind: 'unknown' }>> => {
  const done = await onPlan(ctx, id, async (inside) => {
    const weeks = await listWeeks(inside, id);
    // A form that is sent twice comes back to what it saved itself.
    if (weeks.some((one) => sameWeek(one, week))) return ok(undefined);
    const replaced = weeks.find((one) => one.week === (was ?? week.week));
    const others = weeks.filter((one) => one !== replaced);
    const fault = weekFault(week, others, todayIn(ctx));
    if (fault) return refused(fault);
    if (replaced && replaced.week !== week.week) await deleteWeek(inside, id, replaced.week);
    await putWeek(inside, id, week);
    await recordAct(inside, {
      name: 'readiness.week-noted',
      subject: { kind: 'plan', id },
      ...(replaced ? { before: { ...replaced } } : {}),
      after: { ...week },
    });
    return ok(undefined);
  });
  return done ?? refused({ kind: 'unknown' });
};

export const removeWeek = async (ctx: Context, id: string, week: string): Promise<boolean> =>
  (await onPlan(ctx, id, async (inside) => {
    const before = (await listWeeks(inside, id)).find((one) => one.week === week);
    if (!before) return false;
    await deleteWeek(inside, id, week);
    await recordAct(inside, { name: 'readiness.week-removed', subject: { kind: 'plan', id }, before: { ...before } });
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
