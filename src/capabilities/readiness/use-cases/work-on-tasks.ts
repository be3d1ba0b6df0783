import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { isAdded } from '../domain/added-task.ts';
import { isDay } from '../domain/calendar-day.ts';
import { type FirstTeachFault, firstTeachFault } from '../domain/first-teach.ts';
import { circleWith, inTheWay, type Move, movesOf, type PlanChange } from '../domain/move.ts';
import { distanceOf, isOpen, layOutPlan, type Plan, type Task } from '../domain/plan.ts';
import { workOnPlan } from '../policy.ts';
import {
  addComment,
  addTasks,
  countRevision,
  deleteTask,
  listTasks,
  lockPlan,
  moveTask,
  saveTask,
  setFirstTeach,
} from '../store/plans.ts';
import { mostTasks } from './keep-plans.ts';
import { tellCommented, tellGiven } from './tell-owner.ts';
import { todayIn } from './today.ts';

export { listComments } from '../store/plans.ts';

/** What someone may set in a task; dates go through `previewChange` where others move with them. */
export type TaskText = Pick<
  Task,
  'title' | 'why' | 'strand' | 'owner' | 'status' | 'starts' | 'ends' | 'after' | 'cost' | 'evidence'
>;

export type TaskRefusal =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'too-many' }
  /** Someone saved meanwhile: what is there now. */
  | { readonly kind: 'changed'; readonly now: Task }
  | { readonly kind: 'circle'; readonly titles: readonly string[] }
  | { readonly kind: 'in-the-way'; readonly title: string; readonly ends: string }
  /** Tasks would move beyond the last day that a plan speaks of. */
  | { readonly kind: 'too-late' };

const lockMine = async (ctx: Context, id: string): Promise<Plan | null> => {
  const plan = await lockPlan(ctx, id);
  if (plan) demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
  return plan;
};

const problemWith = (tasks: readonly Task[], id: string, text: TaskText): TaskRefusal | null => {
  const titles = circleWith(tasks, id, text.after);
  if (titles) return { kind: 'circle', titles };
  const before = text.status === 'to-do' ? inTheWay(tasks, text, text.starts) : null;
  return before ? { kind: 'in-the-way', title: before.title, ends: before.ends } : null;
};

/** Whether a task is already as someone wants it. */
const isSaved = (task: Task, text: TaskText): boolean =>
  (['title', 'why', 'strand', 'owner', 'status', 'starts', 'ends', 'cost', 'evidence'] as const).every(
    (part) => task[part] === text[part],
  ) &&
  task.after.length === text.after.length &&
  text.after.every((one) => task.after.includes(one));

/** @param id made with the form, so that a form that is sent twice adds one task. */
export const addTask = (ctx: Context, planId: string, id: string, text: TaskText): Promise<Result<void, TaskRefusal>> =>
  ctx.transaction(async (inside) => {
    const plan = await lockMine(inside, planId);
    if (!plan) return refused({ kind: 'unknown' });
    const tasks = await listTasks(inside, planId);
    if (tasks.some((one) => one.id === id)) return ok(undefined);
    if (tasks.length >= mostTasks) return refused({ kind: 'too-many' });
    const problem = problemWith(tasks, id, text);
    if (problem) return refused(problem);
    await addTasks(
      inside,
      planId,
      [
        {
          ...text,
          id,
          step: null,
          who: '',
          guidance: '',
          endsBefore: distanceOf(text.ends, plan.firstTeach),
          doneOn: text.status === 'done' ? todayIn(ctx) : null,
          revision: 1,
        },
      ],
      tasks.length,
    );
    await countRevision(inside, planId);
    await recordAct(inside, {
      name: 'readiness.task-added',
      subject: { kind: 'task', id },
      after: { plan: planId, title: text.title },
    });
    await tellGiven(inside, plan, { ...text, id });
    return ok(undefined);
  });

/**
 * Saves a task.
 *
 * @param revision of the task that the form began with.
 * @returns whether new dates, or a task that is opened again, want to be looked at first, since other tasks move with them or first
 * teach does: nothing is moved then, and what else was typed is saved.
 */
export const editTask = (
  ctx: Context,
  planId: string,
  id: string,
  text: TaskText,
  revision: number,
): Promise<Result<'saved' | 'look-first', TaskRefusal>> =>
  ctx.transaction(async (inside) => {
    const plan = await lockMine(inside, planId);
    const tasks = plan ? await listTasks(inside, planId) : [];
    const before = tasks.find((one) => one.id === id);
    if (!plan || !before) return refused({ kind: 'unknown' });
    if (before.revision !== revision)
      // A form that is sent twice comes back to what it saved itself.
      return isSaved(before, text) ? ok('saved') : refused({ kind: 'changed', now: before });
    const problem = problemWith(tasks, id, text);
    if (problem) return refused(problem);
    const changed: Task = {
      ...before,
      ...text,
      doneOn: text.status === 'done' ? (before.doneOn ?? todayIn(ctx)) : null,
      revision: revision + 1,
    };
    const { starts, ends } = text;
    const unmoved: Task = { ...changed, starts: before.starts, ends: before.ends };
    const others = tasks.map((one) => (one.id === id ? unmoved : one));
    const preview = previewOf(ctx, plan, others, { kind: 'task', task: id, starts, ends });
    if (preview.moves.some((one) => !isDay(one.ends))) return refused({ kind: 'too-late' });
    const datesMove = starts !== before.starts || ends !== before.ends;
    const opensAgain = isOpen(changed) && !isOpen(before);
    const lookFirst =
      ((datesMove || opensAgain) && preview.moves.some((one) => one.task.id !== id)) ||
      (datesMove && preview.teachesLater);
    await saveTask(inside, lookFirst ? unmoved : changed);
    await countRevision(inside, planId);
    await recordAct(inside, {
      name: 'readiness.task-changed',
      subject: { kind: 'task', id },
      before: { status: before.status, starts: before.starts, ends: before.ends },
      after: { status: text.status, starts, ends },
    });
    if (text.owner !== before.owner) await tellGiven(inside, plan, { ...text, id });
    return ok(lookFirst ? 'look-first' : 'saved');
  });

export type Preview = {
  readonly plan: Plan;
  readonly moves: readonly Move[];
  /** ISO: when teaching can begin at the earliest, by the plan's dates, once it is applied. */
  readonly expectedTeach: string;
  /** Whether it takes teaching past first teach that could begin sooner without it. */
  readonly teachesLater: boolean;
  readonly firstTeach: string;
};

const previewOf = (ctx: Context, plan: Plan, tasks: readonly Task[], change: PlanChange): Preview => {
  const moves = movesOf(tasks, change, todayIn(ctx));
  const byTask = new Map(moves.map((one) => [one.task.id, one]));
  const after = tasks.map((task) => ({ ...task, ...pick(byTask.get(task.id)) }));
  const firstTeach = change.kind === 'first-teach' ? change.firstTeach : plan.firstTeach;
  const { expectedTeach } = layOutPlan(after, firstTeach, todayIn(ctx));
  const teachesLater =
    expectedTeach > firstTeach && expectedTeach > layOutPlan(tasks, firstTeach, todayIn(ctx)).expectedTeach;
  return { plan, moves, firstTeach, expectedTeach, teachesLater };
};

const pick = (move: Move | undefined): Partial<Pick<Task, 'starts' | 'ends'>> =>
  move ? { starts: move.starts, ends: move.ends } : {};

export type ChangeRefusal =
  | { readonly kind: 'first-teach'; readonly fault: FirstTeachFault }
  | Extract<TaskRefusal, { readonly kind: 'in-the-way' | 'too-late' }>;

/** Why a change cannot be, whoever asks and however; `null`: it can. */
const faultOf = (tasks: readonly Task[], change: PlanChange, today: string): ChangeRefusal | null => {
  if (change.kind === 'first-teach') {
    const fault = firstTeachFault(change.firstTeach, today);
    if (fault) return { kind: 'first-teach', fault };
  } else {
    const task = tasks.find((one) => one.id === change.task);
    const before = task?.status === 'to-do' ? inTheWay(tasks, task, change.starts) : null;
    if (before) return { kind: 'in-the-way', title: before.title, ends: before.ends };
  }
  return movesOf(tasks, change, today).every((one) => isDay(one.ends)) ? null : { kind: 'too-late' };
};

/** What would move, before anything does. */
export const previewChange = (
  ctx: Context,
  plan: Plan,
  tasks: readonly Task[],
  change: PlanChange,
): Result<Preview, ChangeRefusal> => {
  demand(ctx.actor, workOnPlan, { organisation: plan.organisation });
  const fault = faultOf(tasks, change, todayIn(ctx));
  return fault ? refused(fault) : ok(previewOf(ctx, plan, tasks, change));
};

/** Applies what was previewed. @param revision of the plan that the preview showed. */
export const applyChange = (
  ctx: Context,
  planId: string,
  change: PlanChange,
  revision: number,
): Promise<Result<number, ChangeRefusal | { readonly kind: 'unknown' } | { readonly kind: 'changed' }>> =>
  ctx.transaction(async (inside) => {
    const plan = await lockMine(inside, planId);
    if (!plan) return refused({ kind: 'unknown' });
    if (plan.revision !== revision) return refused({ kind: 'changed' });
    const tasks = await listTasks(inside, planId);
    const fault = faultOf(tasks, change, todayIn(ctx));
    if (fault) return refused(fault);
    const { moves } = previewOf(ctx, plan, tasks, change);
    for (const move of moves) await moveTask(inside, move.task.id, move.starts, move.ends);
    if (change.kind === 'first-teach') await setFirstTeach(inside, planId, change.firstTeach);
    await countRevision(inside, planId);
    await recordAct(inside, {
      name: 'readiness.plan-moved',
      subject: { kind: 'plan', id: planId },
      before: { firstTeach: plan.firstTeach },
      after: { change, moved: moves.length },
    });
    return ok(moves.length);
  });

/**
 * Takes tasks away that somebody added: own ones, units, steps of an example. Steps of the reference data are set to "not needed"
 * instead, and left alone here.
 *
 * @returns how many went.
 */
export const removeTasks = (ctx: Context, planId: string, ids: ReadonlySet<string>): Promise<number> =>
  ctx.transaction(async (inside) => {
    const plan = await lockMine(inside, planId);
    const gone = plan ? (await listTasks(inside, planId)).filter((one) => ids.has(one.id) && isAdded(one)) : [];
    for (const task of gone) {
      await deleteTask(inside, task.id);
      await recordAct(inside, {
        name: 'readiness.task-removed',
        subject: { kind: 'task', id: task.id },
        before: { plan: planId, title: task.title },
      });
    }
    if (gone.length > 0) await countRevision(inside, planId);
    return gone.length;
  });

export const comment = (
  ctx: Context,
  planId: string,
  task: string,
  commentId: string,
  by: string,
  text: string,
): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const plan = await lockMine(inside, planId);
    const about = plan && (await listTasks(inside, planId)).find((one) => one.id === task);
    if (!plan || !about) return false;
    if (!(await addComment(inside, commentId, task, by, text))) return true;
    await tellCommented(inside, plan, about);
    await recordAct(inside, { name: 'readiness.commented', subject: { kind: 'task', id: task } });
    return true;
  });
