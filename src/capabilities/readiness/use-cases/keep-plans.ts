import { randomUUID } from 'node:crypto';
import type { ExampleForNeighbours } from '#cap/practice';
import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { keptInMemory } from '#platform/db/kept-in-memory.ts';
import { unitsEndBefore } from '../domain/added-task.ts';
import { daysAfter } from '../domain/calendar-day.ts';
import { dateTasks, type PlannedUnit, planFromSteps, unitTasks } from '../domain/new-plan.ts';
import { daysOf, distanceOf, isOpen, type LaidPlan, layOutPlan, type Plan, type Task } from '../domain/plan.ts';
import { keepPlans, workOnPlan } from '../policy.ts';
import { addPlan, addTasks, countRevision, endPlan, findPlan, listPlans, listTasks, lockPlan } from '../store/plans.ts';
import { deliveryStepsAt, deliveryStepsFor } from './reference-data.ts';
import { todayIn } from './today.ts';

/** Tasks that one plan may have: more than any college names, and a page still shows them. */
export const mostTasks = 2000;

export type OpenedPlan = { readonly plan: Plan; readonly tasks: readonly Task[]; readonly laid: LaidPlan };

/**
 * A plan with its tasks, as it stands today.
 *
 * @returns `null` where there is no such plan.
 * @throws NotAllowed for whoever does not belong to its provider.
 */
export const openPlan = async (ctx: Context, id: string): Promise<OpenedPlan | null> => {
  const plan = await findPlan(ctx, id);
  if (!plan) return null;
  demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
  return withTasks(ctx, plan);
};

/** A plan's tasks as they stood at a revision of it, laid out on a day. */
type LaidAt = Pick<OpenedPlan, 'tasks' | 'laid'>;

/** By plan, revision and day. The largest plan, of 2,000 tasks, takes about 3 MB. */
const laidPlans = keptInMemory<LaidAt>(20);

/**
 * A plan's tasks, laid out for today. Outside a transaction they are taken as they were last laid out, for as long as the
 * plan's revision says that nothing has changed: a plan is looked at far more often than it changes.
 */
export const withTasks = async (ctx: Context, plan: Plan): Promise<OpenedPlan> => {
  const today = todayIn(ctx);
  const kept = laidPlans(ctx);
  const key = `${plan.id} ${plan.revision} ${today}`;
  const found = kept?.get(key);
  if (found) return { plan, ...found };
  const tasks = await listTasks(ctx, plan.id);
  const laid = layOutPlan(tasks, plan.firstTeach, today);
  kept?.set(key, { tasks, laid });
  return { plan, tasks, laid };
};

/** The plans of the providers that someone belongs to, each as it stands today. */
export const plansOf = async (ctx: Context, person: Person): Promise<readonly OpenedPlan[]> => {
  const providers = person.memberships.filter((one) => one.kind === 'provider').map((one) => one.organisation);
  const found: OpenedPlan[] = [];
  for (const plan of await listPlans(ctx, providers)) found.push(await withTasks(ctx, plan));
  return found;
};

export type PlanAsked = Pick<
  Plan,
  'qualification' | 'level' | 'awardingOrganisation' | 'route' | 'firstTeach' | 'learners'
>;

/** The plan that someone would have, before they keep it. */
export const sketchPlan = (
  ctx: Context,
  { firstTeach, route, level }: Pick<PlanAsked, 'firstTeach' | 'route' | 'level'>,
): LaidPlan => {
  const today = todayIn(ctx);
  return layOutPlan(planFromSteps(deliveryStepsFor(today, { route, level }), firstTeach, today), firstTeach, today);
};

/**
 * Keeps a plan for a provider, with its steps from the reference data.
 *
 * @param id made with the form, so that a form that is sent twice makes one plan.
 */
export const keepPlan = (
  ctx: Context,
  id: string,
  organisation: string,
  asked: PlanAsked,
  madeBy: string | null,
): Promise<string> => {
  demand(ctx.actor, keepPlans);
  demand(ctx.actor, workOnPlan, { organisation });
  return ctx.transaction(async (inside) => {
    if (!(await addPlan(inside, { ...asked, id, organisation, madeBy, rolledFrom: null }))) return id;
    const ids = new Map<string, string>();
    const idOf = (step: string): string => {
      const found = ids.get(step) ?? randomUUID();
      ids.set(step, found);
      return found;
    };
    await addTasks(
      inside,
      id,
      planFromSteps(deliveryStepsFor(todayIn(ctx), asked), asked.firstTeach, todayIn(ctx), idOf),
    );
    await recordAct(inside, {
      name: 'readiness.plan-kept',
      subject: { kind: 'plan', id },
      after: { organisation, qualification: asked.qualification, firstTeach: asked.firstTeach },
    });
    return id;
  });
};

/** Adds units of a qualification as things to prepare, before the summer where there is time; units that are there already are left alone. @returns how many came. */
export const addUnits = (
  ctx: Context,
  id: string,
  units: readonly PlannedUnit[],
): Promise<Result<number, 'unknown' | 'too-many'>> =>
  ctx.transaction(async (inside) => {
    const plan = await lockPlan(inside, id);
    if (!plan) return refused('unknown');
    demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
    const tasks = await listTasks(inside, id);
    const there = new Set(tasks.map((task) => task.step));
    const byCode = new Map(units.map((unit) => [unit.code, unit]));
    const fresh = [...byCode.values()].filter((unit) => !there.has(`unit:${unit.code}`));
    if (tasks.length + fresh.length > mostTasks) return refused('too-many');
    if (fresh.length === 0) return ok(0);
    const steps = deliveryStepsAt(todayIn(ctx));
    const before = tasks.filter((task) => task.step !== null && steps.unitStep.after.includes(task.step));
    const free = before
      .filter(isOpen)
      .reduce((latest, task) => (task.ends > latest ? task.ends : latest), todayIn(ctx));
    const endsBefore = unitsEndBefore(steps.unitStep, plan.firstTeach, free);
    const undated = unitTasks(
      steps,
      fresh,
      () => randomUUID(),
      before.map((task) => task.id),
    ).map((task) => ({ ...task, endsBefore }));
    const dated = dateTasks(undated, plan.firstTeach, todayIn(ctx)).map((task) => {
      // What it waits for stands already, so it begins after that.
      const start = free > task.starts ? free : task.starts;
      return { ...task, starts: start, ends: daysAfter(start, daysOf(task)) };
    });
    await addTasks(inside, id, dated, tasks.length);
    await countRevision(inside, id);
    await recordAct(inside, {
      name: 'readiness.units-added',
      subject: { kind: 'plan', id },
      after: { units: fresh.map((unit) => unit.code) },
    });
    return ok(fresh.length);
  });

/** Days that a step of somebody else's example is given, until someone settles its dates. */
const stepDays = 14;

/**
 * Makes tasks of an example's steps, one after the other from today. The same example does it once a plan.
 *
 * @returns how many tasks came.
 */
export const adoptSteps = (
  ctx: Context,
  id: string,
  example: Pick<ExampleForNeighbours, 'id' | 'title' | 'theme' | 'steps'>,
): Promise<Result<number, 'unknown' | 'too-many'>> =>
  ctx.transaction(async (inside) => {
    const plan = await lockPlan(inside, id);
    if (!plan) return refused('unknown');
    demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
    const tasks = await listTasks(inside, id);
    if (tasks.some((task) => task.step?.startsWith(`example:${example.id}:`))) return ok(0);
    if (tasks.length + example.steps.length > mostTasks) return refused('too-many');
    const strand =
      deliveryStepsAt(todayIn(ctx)).steps.find((step) => step.theme === example.theme)?.strand ?? 'facilities';
    const ids = example.steps.map(() => randomUUID());
    const day = (days: number) => daysAfter(todayIn(ctx), days);
    await addTasks(
      inside,
      id,
      example.steps.map((title, index) => ({
        id: ids[index] ?? '',
        step: `example:${example.id}:${index + 1}`,
        strand,
        title: title.slice(0, 200),
        why: `From the example “${example.title}”`,
        who: '',
        guidance: '',
        owner: null,
        starts: day(index * stepDays),
        ends: day((index + 1) * stepDays),
        endsBefore: distanceOf(day((index + 1) * stepDays), plan.firstTeach),
        status: 'to-do',
        doneOn: null,
        after: index > 0 ? [ids[index - 1] ?? ''] : [],
        cost: null,
        evidence: '',
        revision: 1,
      })),
      tasks.length,
    );
    await countRevision(inside, id);
    await recordAct(inside, {
      name: 'readiness.example-adopted',
      subject: { kind: 'plan', id },
      after: { example: example.id },
    });
    return ok(example.steps.length);
  });

/** Takes a plan away. Its record stays in the audit trail. */
export const putAway = (ctx: Context, id: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const plan = await lockPlan(inside, id);
    if (!plan) return false;
    demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
    await endPlan(inside, id);
    await recordAct(inside, { name: 'readiness.plan-put-away', subject: { kind: 'plan', id } });
    return true;
  });
