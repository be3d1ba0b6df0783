import { randomUUID } from 'node:crypto';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { academicYearOf } from '../domain/academic-year.ts';
import { type FirstTeachFault, firstTeachFault } from '../domain/first-teach.ts';
import { dateTasks } from '../domain/new-plan.ts';
import { daysOf, neededBefore, type Plan, type Task } from '../domain/plan.ts';
import { type RepeatReason, repeatReasonOf } from '../domain/roll-over.ts';
import { workOnPlan } from '../policy.ts';
import { addPlan, addTasks, findPlan, listPlans, listTasks, lockPlan } from '../store/plans.ts';
import { deliveryStepsFor } from './reference-data.ts';
import { todayIn } from './today.ts';

/** Which tasks come again by themselves, each with the reason. */
export const repeatsOf = (
  ctx: Context,
  plan: Plan,
  tasks: readonly Task[],
): readonly { readonly task: Task; readonly reason: RepeatReason }[] => {
  const once = new Set(
    deliveryStepsFor(todayIn(ctx), plan)
      .steps.filter((step) => step.once)
      .map((step) => step.id),
  );
  return tasks.map((task) => ({ task, reason: repeatReasonOf(task, once) }));
};

/** Plans of the same provider for the same qualification whose first group begins in the academic year of a day. */
export const plansOfYear = async (ctx: Context, plan: Plan, firstTeach: string): Promise<readonly Plan[]> => {
  const same = (title: string) => title.trim().toLowerCase() === plan.qualification.trim().toLowerCase();
  return (await listPlans(ctx, [plan.organisation])).filter(
    (one) =>
      one.id !== plan.id &&
      (one.rolledFrom === plan.id || same(one.qualification)) &&
      academicYearOf(one.firstTeach) === academicYearOf(firstTeach),
  );
};

export type RollOver = {
  /** Made with the form, so that a form that is sent twice makes one plan. */
  readonly id: string;
  readonly firstTeach: string;
  /** Ids of the tasks that come again. */
  readonly repeats: ReadonlySet<string>;
  /** Also where the academic year has a plan already. */
  readonly another: boolean;
};

export type RollOverRefusal =
  | { readonly kind: 'unknown' | 'nothing-repeats' | 'there-already' }
  | { readonly kind: 'first-teach'; readonly fault: FirstTeachFault };

/**
 * The plan for another group: the tasks that come again, laid out for its first lesson. Owners and expected costs come
 * along; dates, evidence and comments stay where they were.
 */
export const rollOver = (
  ctx: Context,
  id: string,
  { id: newId, firstTeach, repeats, another }: RollOver,
  madeBy: string | null,
): Promise<Result<string, RollOverRefusal>> =>
  ctx.transaction(async (inside) => {
    const plan = await lockPlan(inside, id);
    if (!plan) return refused({ kind: 'unknown' });
    demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
    if ((await findPlan(inside, newId))?.rolledFrom === id) return ok(newId);
    const fault = firstTeachFault(firstTeach, todayIn(ctx));
    if (fault) return refused({ kind: 'first-teach', fault });
    const all = await listTasks(inside, id);
    const tasks = all.filter((task) => repeats.has(task.id));
    if (tasks.length === 0) return refused({ kind: 'nothing-repeats' });
    if (!another && (await plansOfYear(inside, plan, firstTeach)).length > 0) return refused({ kind: 'there-already' });
    if (!(await addPlan(inside, { ...plan, id: newId, firstTeach, madeBy, rolledFrom: id }))) return ok(newId);
    const ids = new Map(tasks.map((task) => [task.id, randomUUID()]));
    const before = neededBefore(all);
    const undated = tasks.map((task) => ({
      ...task,
      id: ids.get(task.id) ?? '',
      days: daysOf(task),
      // What stays behind holds nothing up: it is done, or this group does without it.
      after: before(task.after).flatMap((one) => ids.get(one) ?? []),
      status: 'to-do' as const,
      doneOn: null,
      evidence: '',
      revision: 1,
    }));
    await addTasks(inside, newId, dateTasks(undated, firstTeach, todayIn(ctx)));
    await recordAct(inside, {
      name: 'readiness.plan-rolled-over',
      subject: { kind: 'plan', id: newId },
      before: { plan: id },
      after: { firstTeach, tasks: tasks.length },
    });
    return ok(newId);
  });
