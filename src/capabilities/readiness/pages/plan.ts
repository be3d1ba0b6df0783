import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { isAdded } from '../domain/added-task.ts';
import {
  aboutPath,
  calendarPath,
  changePath,
  newTaskPath,
  planFilePath,
  planPath,
  plansPath,
  renewCalendarPath,
  rollOverPath,
  taskPath,
  tasksPath,
  unitsPath,
} from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { planByCalendar, renewCalendar, tokenOfCalendar } from '../use-cases/calendars.ts';
import { type OpenedPlan, putAway, withTasks } from '../use-cases/keep-plans.ts';
import { type CalendarOfPlan, planCalendar, planCsv, planFileName, planXlsx } from '../use-cases/plan-files.ts';
import { providerNameOf } from '../use-cases/provider-name.ts';
import { deliveryStepsAt } from '../use-cases/reference-data.ts';
import { todayIn } from '../use-cases/today.ts';
import { pounds } from './amount.ts';
import { namesIn, planAsked } from './opened.ts';
import { type PlanModel, planModel } from './plan-model.ts';
import { type PlanTab, planTabs } from './plan-tabs.ts';
import { crumbs, formatNames, formatTypes } from './plans.ts';
import { showPutAwayPlan } from './put-away.ts';

type Link = { readonly href: string; readonly text: string };
type Model = PlanModel & {
  readonly doneWords: string;
  readonly problems: readonly FormProblem[];
  readonly title: string;
  readonly caption: string;
  readonly firstTeach: string;
  readonly aboutHref: string;
  readonly changeAction: string;
  readonly anewHref: string;
  readonly newTaskHref: string;
  readonly tasksHref: string;
  readonly parts: readonly PlanTab[];
  readonly files: readonly Link[];
  readonly calendar: string;
  readonly renewAction: string;
  readonly unitsAction: string;
  /** How many units and steps of examples there are to remove. */
  readonly addedWords: string;
  readonly rollOverHref: string;
  readonly endAction: string;
  readonly money: string;
};

const planView = view<Model>('capabilities/readiness/pages/plan/page.njk');

const doneWords: Readonly<Record<string, string>> = {
  kept: 'The plan is kept. Give its tasks to people, and put right what is different with you.',
  saved: 'It is saved.',
  renewed: 'The calendar has another address. The old one shows nothing any more.',
  'brought-back': 'The plan is back, as it was when it was put away.',
  corrected: 'What the plan is about is put right.',
  removed: 'The task is gone.',
  'removed-tasks': 'They are gone from the plan.',
  moved: 'The plan has moved.',
  rolled: 'This is the plan for the next group. What it does not need stayed behind.',
  units: 'The units are in the plan.',
  adopted: 'The steps of the example are in the plan. Settle their dates and whose they are.',
  'no-units': 'Every unit that you chose was in the plan already.',
};

/** @param more what is wrong with a change that was asked for, and the first teach that was typed. */
export const showPlan = async (
  opened: OpenedPlan,
  ctx: Context,
  query: URLSearchParams,
  more: { readonly problems?: readonly FormProblem[]; readonly firstTeach?: string } = {},
): Promise<Answer> => {
  const { plan, laid } = opened;
  const problems = more.problems ?? [];
  const known = laid.tasks.flatMap(({ task }) => (task.cost === null || task.status === 'not-needed' ? [] : [task]));
  const all = known.reduce((sum, task) => sum + (task.cost ?? 0), 0);
  return page(
    planView,
    {
      ...planModel(
        laid,
        plan.firstTeach,
        todayIn(ctx),
        (task) => taskPath(plan.id, task),
        deliveryStepsAt(todayIn(ctx)),
        await namesIn(ctx, plan),
      ),
      doneWords: doneWords[query.get('done') ?? ''] ?? '',
      problems,
      title: plan.qualification,
      caption: [
        plan.route,
        ...(plan.level ? [`Level ${plan.level}`] : []),
        ...(plan.awardingOrganisation ? [plan.awardingOrganisation] : []),
        `first teach ${day(plan.firstTeach)}`,
        ...(plan.learners ? [counted(plan.learners, 'learner')] : []),
      ].join(', '),
      firstTeach: more.firstTeach ?? day(plan.firstTeach),
      aboutHref: aboutPath(plan.id),
      changeAction: changePath(plan.id),
      anewHref: `${changePath(plan.id)}?firstTeach=${plan.firstTeach}`,
      newTaskHref: newTaskPath(plan.id),
      tasksHref: tasksPath(plan.id),
      parts: planTabs(plan, 'plan'),
      files: (['csv', 'xlsx', 'ics'] as const).map((format) => ({
        href: planFilePath(plan.id, format),
        text: formatNames[format],
      })),
      calendar: `${ctx.address}${calendarPath(await tokenOfCalendar(ctx, plan.id))}`,
      renewAction: renewCalendarPath(plan.id),
      unitsAction: unitsPath(plan.id),
      addedWords: counted(
        laid.tasks.filter(({ task }) => task.step !== null && isAdded(task)).length,
        'unit or step',
        'units and steps',
      ),
      rollOverHref: rollOverPath(plan.id),
      endAction: `${planPath(plan.id)}/put-away`,
      money:
        known.length === 0
          ? 'No task has a cost yet.'
          : `${pounds(all)} expected over ${counted(known.length, 'task')} with a cost, of ${laid.tasks.filter(({ task }) => task.status !== 'not-needed').length}.`,
    },
    {
      title: plan.qualification,
      crumbs,
      wide: true,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const calendarOf = ({ plan, laid }: Pick<OpenedPlan, 'plan' | 'laid'>, reasons: boolean): CalendarOfPlan => ({
  title: plan.qualification,
  laid,
  firstTeach: plan.firstTeach,
  revision: plan.revision,
  plan: plan.id,
  reasons,
});

const file = (format: 'csv' | 'xlsx' | 'ics'): Route => ({
  method: 'GET',
  path: `/plans/:plan/plan.${format}`,
  access: keepPlans,
  audit: `readiness.plan-${format}`,
  handle: async (request, ctx) => {
    const { plan, laid } = await planAsked(request, ctx);
    const names = await namesIn(ctx, plan);
    const body = {
      csv: () => planCsv(laid, names),
      xlsx: () =>
        planXlsx(
          ctx,
          { title: plan.qualification, provider: providerNameOf(ctx, plan), firstTeach: plan.firstTeach, laid },
          names,
        ),
      ics: () => planCalendar(ctx, calendarOf({ plan, laid }, true)),
    }[format];
    return {
      kind: 'file',
      name: planFileName(plan.qualification, format),
      type: formatTypes[format],
      body: await body(),
    };
  },
});

export const planRoutes: readonly Route[] = [
  file('csv'),
  file('xlsx'),
  file('ics'),
  {
    method: 'GET',
    path: '/plans/:plan',
    access: keepPlans,
    audit: 'readiness.plan',
    handle: async (request, ctx) =>
      (await showPutAwayPlan(request, ctx)) ?? showPlan(await planAsked(request, ctx), ctx, request.query),
  },
  {
    // To whoever has the address, as calendar programs fetch it: titles and dates, no names.
    method: 'GET',
    path: '/plan-calendars/:token',
    access: 'anyone',
    audit: 'readiness.calendar',
    perMinute: 60,
    handle: async (request, ctx) => {
      const token = /^([\w-]+)\.ics$/.exec(request.params.token ?? '')?.[1] ?? '';
      const plan = await planByCalendar(ctx, token);
      if (!plan) throw notFound('There is no such calendar.');
      return {
        kind: 'file',
        name: planFileName(plan.qualification, 'ics'),
        type: formatTypes.ics,
        inline: true,
        body: planCalendar(ctx, calendarOf(await withTasks(ctx, plan), false)),
      };
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/calendar/renew',
    access: keepPlans,
    audit: 'readiness.renew-calendar',
    handle: async (request, ctx) => {
      const id = request.params.plan ?? '';
      if (!(await renewCalendar(ctx, id))) throw notFound('There is no such plan.');
      return redirect(`${planPath(id)}?done=renewed`);
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/put-away',
    access: keepPlans,
    audit: 'readiness.put-away',
    handle: async (request, ctx) => {
      await putAway(ctx, request.params.plan ?? '');
      return redirect(`${plansPath}?done=put-away`);
    },
  },
];
