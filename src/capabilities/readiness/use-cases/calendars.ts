import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { workOnPlan } from '../policy.ts';
import { lockPlan, renewCalendarToken } from '../store/plans.ts';

export { calendarTokenOf as tokenOfCalendar, findPlanByCalendar as planByCalendar } from '../store/plans.ts';

/**
 * Gives a plan's calendar another address: whoever has the old one sees nothing any more.
 *
 * @returns false where there is no such plan.
 */
export const renewCalendar = (ctx: Context, id: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const plan = await lockPlan(inside, id);
    if (!plan) return false;
    demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
    await renewCalendarToken(inside, id);
    await recordAct(inside, { name: 'readiness.calendar-renewed', subject: { kind: 'plan', id } });
    return true;
  });
