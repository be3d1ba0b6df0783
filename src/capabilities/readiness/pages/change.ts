import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { isDay } from '../domain/calendar-day.ts';
import { firstTeachTyped } from '../domain/first-teach.ts';
import type { PlanChange } from '../domain/move.ts';
import { changePath, planPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import type { OpenedPlan } from '../use-cases/keep-plans.ts';
import { todayIn } from '../use-cases/today.ts';
import { applyChange, type ChangeRefusal, previewChange } from '../use-cases/work-on-tasks.ts';
import { firstTeachFaultProblem, firstTeachProblem } from './asked.ts';
import { planAsked, planCrumbs, revisionSent } from './opened.ts';
import { showPlan } from './plan.ts';
import { refusalProblem } from './typed-task.ts';

type Model = {
  readonly problems: readonly FormProblem[];
  readonly heading: string;
  readonly moves: readonly {
    readonly title: string;
    readonly before: string;
    readonly after: string;
    readonly whose: boolean;
  }[];
  readonly words: string;
  readonly verdict: string;
  readonly late: boolean;
  /** There is nothing to apply. */
  readonly nothing: boolean;
  readonly action: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly backHref: string;
};

const changeView = view<Model>('capabilities/readiness/pages/plan/change.njk');

/** `firstTeach=…`, or `task=…&starts=…&ends=…`. */
const changeIn = (fields: URLSearchParams, { tasks }: OpenedPlan): PlanChange | null => {
  const text = (name: string) => fields.get(name) ?? '';
  if (fields.has('firstTeach')) return { kind: 'first-teach', firstTeach: firstTeachTyped(text('firstTeach')) ?? '' };
  const [starts, ends] = [text('starts'), text('ends')];
  if (!tasks.some((one) => one.id === text('task')) || !isDay(starts) || !isDay(ends) || ends < starts) return null;
  return { kind: 'task', task: text('task'), starts, ends };
};

/** The plan again, with what is wrong about the change. */
const showRefused = (opened: OpenedPlan, ctx: Context, refusal: ChangeRefusal): Promise<Answer> =>
  showPlan(opened, ctx, new URLSearchParams(), {
    problems: [
      refusal.kind === 'first-teach'
        ? firstTeachFaultProblem(refusal.fault)
        : { ...refusalProblem(refusal), field: '' },
    ],
  });

/** The plan again, with what is wrong about the first teach that was typed; `null`: nothing is, or none was. */
const firstTeachAsked = (fields: URLSearchParams, opened: OpenedPlan, ctx: Context): Promise<Answer> | null => {
  const typed = fields.get('firstTeach');
  const problem = typed === null ? null : firstTeachProblem(typed, todayIn(ctx));
  return problem
    ? showPlan(opened, ctx, new URLSearchParams(), { problems: [problem], firstTeach: typed ?? '' })
    : null;
};

const show = async (
  opened: OpenedPlan,
  ctx: Context,
  change: PlanChange,
  problems: readonly FormProblem[] = [],
): Promise<Answer> => {
  const { plan, tasks } = opened;
  const looked = previewChange(ctx, plan, tasks, change);
  if (looked.kind === 'refused') return showRefused(opened, ctx, looked.refusal);
  const preview = looked.value;
  const title = tasks.find((one) => change.kind === 'task' && one.id === change.task)?.title ?? '';
  const late = preview.expectedTeach > preview.firstTeach;
  const others = preview.moves.filter((one) => change.kind !== 'task' || one.task.id !== change.task).length;
  const nothing = preview.moves.length === 0 && (change.kind === 'task' || change.firstTeach === plan.firstTeach);
  return page(
    changeView,
    {
      problems,
      heading:
        change.kind === 'first-teach'
          ? change.firstTeach === plan.firstTeach
            ? 'What is open, laid out anew'
            : `First teach on ${day(change.firstTeach)} instead of ${day(plan.firstTeach)}`
          : `“${title}” from ${day(change.starts)} to ${day(change.ends)}`,
      words: nothing
        ? 'Nothing moves: every date is as it would be laid out.'
        : `${others === 0 ? 'No other task moves' : counted(others, 'other task moves', 'other tasks move')} with it. ${change.kind === 'task' ? 'The new dates are not applied yet; what else you typed in the task is saved.' : 'Nothing is applied yet.'}`,
      nothing,
      moves: preview.moves.map((move) => ({
        title: move.task.title,
        before: `${day(move.task.starts)} to ${day(move.task.ends)}`,
        after: `${day(move.starts)} to ${day(move.ends)}`,
        whose: change.kind === 'task' && move.task.id === change.task,
      })),
      late,
      verdict: late
        ? `Teaching could then begin on ${day(preview.expectedTeach)}, not on ${day(preview.firstTeach)}.`
        : `First teach on ${day(preview.firstTeach)} can then be kept.`,
      action: changePath(plan.id),
      fields: [
        ['revision', String(plan.revision)],
        ...(change.kind === 'first-teach'
          ? ([['firstTeach', change.firstTeach]] as const)
          : ([
              ['task', change.task],
              ['starts', change.starts],
              ['ends', change.ends],
            ] as const)),
      ],
      backHref: planPath(plan.id),
    },
    {
      title: 'What moves',
      crumbs: planCrumbs(plan),
      wide: true,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 409 : 200,
    },
  );
};

export const changeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/plans/:plan/change',
    access: keepPlans,
    audit: 'readiness.preview-change',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const wrong = firstTeachAsked(request.query, opened, ctx);
      if (wrong) return wrong;
      const change = changeIn(request.query, opened);
      if (!change) throw notFound('There is no such change to look at.');
      return show(opened, ctx, change);
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/change',
    access: keepPlans,
    audit: 'readiness.apply-change',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const { fields } = await request.form();
      const wrong = firstTeachAsked(fields, opened, ctx);
      if (wrong) return wrong;
      const change = changeIn(fields, opened);
      if (!change) throw notFound('There is no such change to apply.');
      const done = await applyChange(ctx, opened.plan.id, change, revisionSent(fields));
      if (done.kind === 'ok') return redirect(`${planPath(opened.plan.id)}?done=moved`);
      if (done.refusal.kind === 'unknown') throw notFound('There is no such plan.');
      if (done.refusal.kind !== 'changed') return showRefused(opened, ctx, done.refusal);
      return show(await planAsked(request, ctx), ctx, change, [
        {
          field: '',
          text: 'Someone changed the plan after you looked at this. Below is what would move now: look again before you apply it',
        },
      ]);
    },
  },
];
