import { randomUUID } from 'node:crypto';
import { colleaguesOf } from '#cap/accounts';
import { examplesOfTheme } from '#cap/practice';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day, moment } from '#web/words.ts';
import { isAdded } from '../domain/added-task.ts';
import { type Task, taskStatuses, taskStatusWords } from '../domain/plan.ts';
import { strands, strandWords } from '../domain/strand.ts';
import { changePath, newTaskPath, planPath, taskPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import type { OpenedPlan } from '../use-cases/keep-plans.ts';
import { deliveryStepsAt } from '../use-cases/reference-data.ts';
import { todayIn } from '../use-cases/today.ts';
import { addTask, comment, editTask, listComments, removeTasks } from '../use-cases/work-on-tasks.ts';
import { tooLong } from './asked.ts';
import { namesIn, personOf, planAsked, planCrumbs, revisionSent } from './opened.ts';
import { oddWords, standingWords } from './standing-words.ts';
import {
  asTyped,
  longestText,
  readTyped,
  refusalProblem,
  savedMeanwhile,
  type TypedTask,
  typedIn,
} from './typed-task.ts';

type Choice = { readonly value: string; readonly text: string; readonly chosen: boolean };
type AfterChoice = Choice & { readonly id: string };
type Model = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly heading: string;
  readonly isNew: boolean;
  readonly id: string;
  readonly typed: TypedTask;
  readonly comment: string;
  readonly revision: number;
  readonly action: string;
  readonly strands: readonly Choice[];
  readonly owners: readonly Choice[];
  readonly statuses: readonly Choice[];
  /** Titles of the tasks that it waits for. */
  readonly awaited: readonly string[];
  /** What it may wait for: strand by strand, folded where there is much. */
  readonly groups: readonly {
    readonly title: string;
    readonly open: boolean;
    readonly choices: readonly AfterChoice[];
  }[];
  readonly standing: readonly string[];
  readonly guidanceHref: string;
  readonly examples: readonly { readonly title: string; readonly href: string }[];
  readonly own: boolean;
  readonly comments: readonly { readonly who: string; readonly when: string; readonly text: string }[];
  readonly commentId: string;
  /** What someone else saved meanwhile that differs from what was typed. */
  readonly theirs: readonly string[];
};

/** Tasks that a form lists unfolded. */
const mostUnfolded = 60;

const choicesToWaitFor = (
  tasks: readonly Task[],
  task: Task | null,
  typed: TypedTask,
): Pick<Model, 'awaited' | 'groups'> => {
  const chosen = new Set(typed.after);
  const others = tasks.filter((one) => one.id !== task?.id);
  return {
    awaited: others.filter((one) => chosen.has(one.id)).map((one) => one.title),
    groups: strands.flatMap((strand) => {
      const inStrand = others
        .filter((one) => one.strand === strand)
        .map((one) => ({ id: `after-${one.id}`, value: one.id, text: one.title, chosen: chosen.has(one.id) }));
      const open = others.length <= mostUnfolded || inStrand.some((one) => one.chosen);
      return inStrand.length > 0 ? [{ title: strandWords[strand], open, choices: inStrand }] : [];
    }),
  };
};

const taskView = view<Model>('capabilities/readiness/pages/task/page.njk');

const choices = <Value extends string>(
  values: readonly Value[],
  words: (value: Value) => string,
  chosen: string,
): readonly Choice[] => values.map((value) => ({ value, text: words(value), chosen: value === chosen }));

const show = async (
  opened: OpenedPlan,
  task: Task | null,
  ctx: Context,
  query: URLSearchParams,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed?: TypedTask;
    readonly comment?: string;
    readonly id?: string;
    /** Of the task that the form began with. */
    readonly revision?: number;
    readonly now?: Task;
  } = {},
): Promise<Answer> => {
  const { plan, tasks, laid } = opened;
  const problems = more.problems ?? [];
  const blank: TypedTask = {
    title: '',
    why: '',
    strand: 'approvals',
    owner: '',
    status: 'to-do',
    starts: day(todayIn(ctx)),
    ends: day(todayIn(ctx)),
    after: [],
    cost: '',
    evidence: '',
  };
  const typed = more.typed ?? (task ? asTyped(task) : blank);
  const colleagues = await colleaguesOf(ctx, plan.organisation);
  const names = await namesIn(ctx, plan);
  const stands = task ? laid.tasks.find((one) => one.task.id === task.id) : undefined;
  return page(
    taskView,
    {
      problems,
      doneWords: { saved: 'It is saved.', said: 'Your comment is there.' }[query.get('done') ?? ''] ?? '',
      heading: task?.title ?? 'A task of your own',
      isNew: task === null,
      id: more.id ?? task?.id ?? randomUUID(),
      typed,
      comment: more.comment ?? '',
      revision: more.now?.revision ?? more.revision ?? task?.revision ?? 0,
      action: task ? taskPath(plan.id, task.id) : newTaskPath(plan.id),
      strands: choices(strands, (one) => strandWords[one], typed.strand),
      owners: [
        { value: '', text: 'Nobody yet', chosen: typed.owner === '' },
        ...colleagues.map((one) => ({ value: one.id, text: one.name, chosen: one.id === typed.owner })),
      ],
      statuses: choices(taskStatuses, (one) => taskStatusWords[one], typed.status),
      ...choicesToWaitFor(tasks, task, typed),
      standing: stands ? [...standingWords(stands), ...oddWords(stands, laid.tasks)] : [],
      guidanceHref: task && task.guidance !== '' ? `/guidance/${task.guidance}` : '',
      examples: await examplesFor(ctx, task),
      own: task !== null && isAdded(task),
      comments: task
        ? (await listComments(ctx, task.id)).map((one) => ({
            who: one.by ? names(one.by) : 'Someone who has left',
            when: moment(one.at),
            text: one.text,
          }))
        : [],
      commentId: randomUUID(),
      theirs: more.now ? savedMeanwhile(more.now, typed, names, tasks) : [],
    },
    {
      title: task?.title ?? 'A task of your own',
      crumbs: planCrumbs(plan),
      faulty: problems.length > 0,
      status: more.now ? 409 : problems.length > 0 ? 422 : 200,
    },
  );
};

/** Published examples of the theme that a step belongs to. */
const examplesFor = async (ctx: Context, task: Task | null) => {
  const theme = deliveryStepsAt(todayIn(ctx)).steps.find((one) => one.id === task?.step)?.theme;
  return theme ? (await examplesOfTheme(ctx, theme)).slice(0, 5) : [];
};

const taskAsked = async (
  request: PageRequest,
  ctx: Context,
): Promise<{ readonly opened: OpenedPlan; readonly task: Task }> => {
  const opened = await planAsked(request, ctx);
  const task = opened.tasks.find((one) => one.id === request.params.task);
  if (!task) throw notFound('There is no such task.');
  return { opened, task };
};

const ownersOf = async (ctx: Context, { plan }: OpenedPlan): Promise<ReadonlySet<string>> =>
  new Set((await colleaguesOf(ctx, plan.organisation)).map((one) => one.id));

export const taskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/plans/:plan/new-task',
    access: keepPlans,
    audit: 'readiness.new-task-form',
    handle: async (request, ctx) => show(await planAsked(request, ctx), null, ctx, request.query),
  },
  {
    method: 'POST',
    path: '/plans/:plan/new-task',
    access: keepPlans,
    audit: 'readiness.add-task',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const { fields } = await request.form();
      const id = formId(fields);
      const typed = typedIn(fields);
      const { problems, text } = readTyped(typed, await ownersOf(ctx, opened), opened.tasks);
      if (problems.length > 0) return show(opened, null, ctx, request.query, { problems, typed, id });
      const done = await addTask(ctx, opened.plan.id, id, text);
      if (done.kind === 'refused')
        return show(opened, null, ctx, request.query, { problems: [refusalProblem(done.refusal)], typed, id });
      return redirect(`${planPath(opened.plan.id)}?done=saved`);
    },
  },
  {
    method: 'GET',
    path: '/plans/:plan/tasks/:task',
    access: keepPlans,
    audit: 'readiness.task',
    handle: async (request, ctx) => {
      const { opened, task } = await taskAsked(request, ctx);
      return show(opened, task, ctx, request.query);
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/tasks/:task',
    access: keepPlans,
    audit: 'readiness.save-task',
    handle: async (request, ctx) => {
      const { opened, task } = await taskAsked(request, ctx);
      const { fields } = await request.form();
      const typed = typedIn(fields);
      const revision = revisionSent(fields);
      const { problems, text } = readTyped(typed, await ownersOf(ctx, opened), opened.tasks);
      if (problems.length > 0) return show(opened, task, ctx, request.query, { problems, typed, revision });
      const done = await editTask(ctx, opened.plan.id, task.id, text, revision);
      if (done.kind === 'refused')
        return show(opened, task, ctx, request.query, {
          problems: [refusalProblem(done.refusal)],
          typed,
          revision,
          ...(done.refusal.kind === 'changed' ? { now: done.refusal.now } : {}),
        });
      if (done.value === 'look-first') {
        const query = new URLSearchParams({ task: task.id, starts: text.starts, ends: text.ends });
        return redirect(`${changePath(opened.plan.id)}?${query}`);
      }
      return redirect(`${taskPath(opened.plan.id, task.id)}?done=saved`);
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/tasks/:task/comment',
    access: keepPlans,
    audit: 'readiness.comment',
    handle: async (request, ctx) => {
      const { opened, task } = await taskAsked(request, ctx);
      const { fields } = await request.form();
      const text = (fields.get('comment') ?? '').trim();
      const problems =
        text === '' ? [{ field: 'comment', text: 'Enter a comment' }] : tooLong('comment', text, longestText);
      if (problems.length > 0) return show(opened, task, ctx, request.query, { problems, comment: text });
      await comment(ctx, opened.plan.id, task.id, formId(fields), personOf(ctx).id, text);
      return redirect(`${taskPath(opened.plan.id, task.id)}?done=said`);
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/tasks/:task/remove',
    access: keepPlans,
    audit: 'readiness.remove-task',
    handle: async (request, ctx) => {
      const { opened, task } = await taskAsked(request, ctx);
      if ((await removeTasks(ctx, opened.plan.id, new Set([task.id]))) === 0)
        throw notFound('Only tasks that were added can be removed; set the others to “Not needed”.');
      return redirect(`${planPath(opened.plan.id)}?done=removed`);
    },
  },
];
