import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import type { Plan, Task } from '../domain/plan.ts';
import { tables } from './tables.ts';

const columns = [
  'id',
  'organisation',
  'qualification',
  'level',
  'awarding_organisation as awardingOrganisation',
  'route',
  'first_teach as firstTeach',
  'learners',
  'made_by as madeBy',
  'made_at as madeAt',
  'revision',
  'rolled_from as rolledFrom',
] as const;

const plans = (ctx: Context) => tables(ctx).selectFrom('readiness.plan').select(columns).where('ended_at', 'is', null);

export const findPlan = async (ctx: Context, id: string): Promise<Plan | null> =>
  isUuid(id) ? ((await plans(ctx).where('id', '=', id).executeTakeFirst()) ?? null) : null;

/** The plan's row, locked until the transaction ends: of two who change it at once the second sees what the first did. */
export const lockPlan = async (ctx: Context, id: string): Promise<Plan | null> =>
  isUuid(id) ? ((await plans(ctx).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null) : null;

/** Of these providers, the first to begin first. */
export const listPlans = async (ctx: Context, organisations: readonly string[]): Promise<readonly Plan[]> =>
  organisations.length === 0
    ? []
    : plans(ctx)
        .where('organisation', 'in', [...organisations])
        .orderBy('first_teach')
        .orderBy('qualification')
        .orderBy('id')
        .execute();

export const listAllPlans = (ctx: Context): Promise<readonly Plan[]> => plans(ctx).orderBy('id').execute();

/** @returns false where a plan of this id is there already. */
export const addPlan = async (ctx: Context, plan: Omit<Plan, 'madeAt' | 'revision'>): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('readiness.plan')
    .values({
      id: plan.id,
      organisation: plan.organisation,
      qualification: plan.qualification,
      level: plan.level,
      awarding_organisation: plan.awardingOrganisation,
      route: plan.route,
      first_teach: plan.firstTeach,
      learners: plan.learners,
      calendar_token: randomBytes(24).toString('base64url'),
      made_by: plan.madeBy,
      made_at: ctx.clock(),
      revision: 1,
      rolled_from: plan.rolledFrom,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const setFirstTeach = async (ctx: Context, plan: string, firstTeach: string): Promise<void> => {
  await tables(ctx).updateTable('readiness.plan').set({ first_teach: firstTeach }).where('id', '=', plan).execute();
};

export const saveAbout = async (
  ctx: Context,
  plan: string,
  about: Pick<Plan, 'qualification' | 'level' | 'awardingOrganisation' | 'route' | 'learners'>,
): Promise<void> => {
  const { qualification, level, awardingOrganisation, route, learners } = about;
  await tables(ctx)
    .updateTable('readiness.plan')
    .set({ qualification, level, awarding_organisation: awardingOrganisation, route, learners })
    .where('id', '=', plan)
    .execute();
};

export const countRevision = async (ctx: Context, plan: string): Promise<void> => {
  await tables(ctx)
    .updateTable('readiness.plan')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', plan)
    .execute();
};

export const endPlan = async (ctx: Context, plan: string): Promise<void> => {
  await tables(ctx).updateTable('readiness.plan').set({ ended_at: ctx.clock() }).where('id', '=', plan).execute();
};

export type EndedPlan = Plan & { readonly endedAt: Date };

const endedPlans = (ctx: Context) =>
  tables(ctx)
    .selectFrom('readiness.plan')
    .select([...columns, 'ended_at as endedAt'])
    .where('ended_at', 'is not', null)
    .$narrowType<{ endedAt: Date }>();

/** Plans of these providers that were put away, the newest first. */
export const listEndedPlans = async (ctx: Context, organisations: readonly string[]): Promise<readonly EndedPlan[]> =>
  organisations.length === 0
    ? []
    : endedPlans(ctx)
        .where('organisation', 'in', [...organisations])
        .orderBy('ended_at', 'desc')
        .orderBy('id')
        .execute();

/** A plan that was put away, its row locked until the transaction ends where there is one. */
export const findEndedPlan = async (ctx: Context, id: string): Promise<EndedPlan | null> =>
  isUuid(id)
    ? ((await endedPlans(ctx)
        .where('id', '=', id)
        .$if(ctx.inTransaction, (query) => query.forUpdate())
        .executeTakeFirst()) ?? null)
    : null;

export const reopenPlan = async (ctx: Context, plan: string): Promise<void> => {
  await tables(ctx).updateTable('readiness.plan').set({ ended_at: null }).where('id', '=', plan).execute();
};

export const calendarTokenOf = async (ctx: Context, plan: string): Promise<string> =>
  (
    await tables(ctx)
      .selectFrom('readiness.plan')
      .select('calendar_token')
      .where('id', '=', plan)
      .executeTakeFirstOrThrow()
  ).calendar_token;

export const renewCalendarToken = async (ctx: Context, plan: string): Promise<void> => {
  await tables(ctx)
    .updateTable('readiness.plan')
    .set({ calendar_token: randomBytes(24).toString('base64url') })
    .where('id', '=', plan)
    .execute();
};

export const findPlanByCalendar = async (ctx: Context, token: string): Promise<Plan | null> =>
  (await plans(ctx).where('calendar_token', '=', token).executeTakeFirst()) ?? null;

const pounds = (pence: number | null): number | null => (pence === null ? null : pence / 100);
export const pence = (amount: number | null): number | null => (amount === null ? null : Math.round(amount * 100));

type TaskRow = Omit<Task, 'after' | 'cost'> & {
  readonly cost: number | null;
  readonly after: readonly string[] | null;
};

/**
 * In the plan's order. They come as one text: a plan may have thousands, and what a driver does for every cell would take
 * longer than everything else that its page needs.
 */
export const listTasks = async (ctx: Context, plan: string): Promise<readonly Task[]> => {
  const { rows } = await sql<{ readonly tasks: string | null }>`
    select json_agg(listed)::text as tasks from (
      select task.id, task.step, task.strand, task.title, task.why, task.who, task.guidance, task.owner, task.starts, task.ends,
        task.ends_before as "endsBefore", task.status, task.done_on as "doneOn", task.cost, task.evidence, task.revision,
        arrows.after
      from readiness.task task
      left join (
        select arrow.task_id, json_agg(arrow.after_id) as after from readiness.task_after arrow
        join readiness.task later on later.id = arrow.task_id where later.plan_id = ${plan} group by arrow.task_id
      ) arrows on arrows.task_id = task.id
      where task.plan_id = ${plan} order by task.place, task.id
    ) listed`.execute(ctx.db);
  const tasks = JSON.parse(rows[0]?.tasks ?? '[]') as readonly TaskRow[];
  return tasks.map((row) => ({ ...row, cost: pounds(row.cost), after: row.after ?? [] }));
};

/** Rows written with one statement: a statement has room for 65,535 values. */
const atOnce = 500;

export const addTasks = async (ctx: Context, plan: string, tasks: readonly Task[], firstPlace = 0): Promise<void> => {
  for (let from = 0; from < tasks.length; from += atOnce)
    await tables(ctx)
      .insertInto('readiness.task')
      .values(
        tasks.slice(from, from + atOnce).map((task, index) => ({
          id: task.id,
          plan_id: plan,
          place: firstPlace + from + index,
          step: task.step,
          strand: task.strand,
          title: task.title,
          why: task.why,
          who: task.who,
          guidance: task.guidance,
          owner: task.owner,
          starts: task.starts,
          ends: task.ends,
          ends_before: task.endsBefore,
          status: task.status,
          done_on: task.doneOn,
          cost: pence(task.cost),
          evidence: task.evidence,
          revision: task.revision,
        })),
      )
      .execute();
  const arrows = tasks.flatMap((task) => task.after.map((after) => ({ task_id: task.id, after_id: after })));
  for (let from = 0; from < arrows.length; from += atOnce)
    await tables(ctx)
      .insertInto('readiness.task_after')
      .values(arrows.slice(from, from + atOnce))
      .execute();
};

export const saveTask = async (ctx: Context, task: Task): Promise<void> => {
  await tables(ctx)
    .updateTable('readiness.task')
    .set({
      strand: task.strand,
      title: task.title,
      why: task.why,
      owner: task.owner,
      starts: task.starts,
      ends: task.ends,
      ends_before: task.endsBefore,
      status: task.status,
      done_on: task.doneOn,
      cost: pence(task.cost),
      evidence: task.evidence,
      revision: task.revision,
    })
    .where('id', '=', task.id)
    .execute();
  await tables(ctx).deleteFrom('readiness.task_after').where('task_id', '=', task.id).execute();
  if (task.after.length > 0)
    await tables(ctx)
      .insertInto('readiness.task_after')
      .values(task.after.map((after) => ({ task_id: task.id, after_id: after })))
      .execute();
};

export const moveTask = async (ctx: Context, task: string, starts: string, ends: string): Promise<void> => {
  await tables(ctx)
    .updateTable('readiness.task')
    .set(({ eb }) => ({ starts, ends, revision: eb('revision', '+', 1) }))
    .where('id', '=', task)
    .execute();
};

export const deleteTask = async (ctx: Context, task: string): Promise<void> => {
  await tables(ctx).deleteFrom('readiness.task').where('id', '=', task).execute();
};

export type TaskComment = { readonly at: Date; readonly by: string | null; readonly text: string };

export const listComments = (ctx: Context, task: string): Promise<readonly TaskComment[]> =>
  tables(ctx)
    .selectFrom('readiness.comment')
    .select(['at', 'by', 'text'])
    .where('task_id', '=', task)
    .orderBy('at')
    .execute();

/**
 * @param id made with the form, so that a form that is sent twice says it once.
 * @returns false where it was said already.
 */
export const addComment = async (
  ctx: Context,
  id: string,
  task: string,
  by: string,
  text: string,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('readiness.comment')
    .values({ id, task_id: task, at: ctx.clock(), by, text })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};
