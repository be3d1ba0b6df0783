import { randomUUID } from 'node:crypto';
import { unitsOfQualification } from '#cap/alignment';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import {
  calendarPath,
  changePath,
  learnersPath,
  newTaskPath,
  offerPath,
  planFilePath,
  planPath,
  plansPath,
  reportPath,
  rollOverPath,
  taskPath,
  unitsPath,
} from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { planByCalendar, tokenOfCalendar } from '../use-cases/calendars.ts';
import { addUnits, type OpenedPlan, putAway, rollOver, withTasks } from '../use-cases/keep-plans.ts';
import { type CalendarOfPlan, planCalendar, planCsv, planXlsx } from '../use-cases/plan-files.ts';
import { deliveryStepsAt } from '../use-cases/reference-data.ts';
import { todayIn } from '../use-cases/today.ts';
import { pounds } from './amount.ts';
import { namesIn, personOf, planAsked } from './opened.ts';
import { type PlanModel, planModel } from './plan-model.ts';
import { crumbs, formatNames, formatTypes } from './plans.ts';

type Link = { readonly href: string; readonly text: string };
type Model = PlanModel & {
  readonly doneWords: string;
  readonly problems: readonly FormProblem[];
  readonly title: string;
  readonly caption: string;
  readonly firstTeach: string;
  readonly changeAction: string;
  readonly anewHref: string;
  readonly newTaskHref: string;
  readonly parts: readonly Link[];
  readonly files: readonly Link[];
  readonly calendar: string;
  readonly unitsAction: string;
  readonly rollOverAction: string;
  readonly rollOverId: string;
  readonly endAction: string;
  readonly money: string;
};

const planView = view<Model>('capabilities/readiness/pages/plan/page.njk');

const doneWords: Readonly<Record<string, string>> = {
  kept: 'The plan is kept. Give its tasks to people, and put right what is different with you.',
  saved: 'It is saved.',
  removed: 'The task is gone.',
  moved: 'The plan has moved.',
  rolled: 'This is the plan for the next group. What was done once stayed behind.',
  units: 'The units are in the plan.',
  adopted: 'The steps of the example are in the plan. Settle their dates and whose they are.',
  'no-units': 'Every unit of the file was in the plan already.',
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
      firstTeach: more.firstTeach ?? plan.firstTeach,
      changeAction: changePath(plan.id),
      anewHref: `${changePath(plan.id)}?firstTeach=${plan.firstTeach}`,
      newTaskHref: newTaskPath(plan.id),
      parts: [
        { href: offerPath(plan.id), text: 'Offer it or not' },
        { href: learnersPath(plan.id), text: 'Learners' },
        { href: reportPath(plan.id), text: 'Report for governors' },
      ],
      files: (['csv', 'xlsx', 'ics'] as const).map((format) => ({
        href: planFilePath(plan.id, format),
        text: formatNames[format],
      })),
      calendar: `${ctx.address}${calendarPath(await tokenOfCalendar(ctx, plan.id))}`,
      unitsAction: unitsPath(plan.id),
      rollOverAction: rollOverPath(plan.id),
      rollOverId: randomUUID(),
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
      xlsx: () => planXlsx(ctx, plan.qualification, laid, names),
      ics: () => planCalendar(ctx, calendarOf({ plan, laid }, true)),
    }[format];
    return { kind: 'file', name: `delivery-plan.${format}`, type: formatTypes[format], body: await body() };
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
    handle: async (request, ctx) => showPlan(await planAsked(request, ctx), ctx, request.query),
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
        name: 'delivery-plan.ics',
        type: formatTypes.ics,
        inline: true,
        body: planCalendar(ctx, calendarOf(await withTasks(ctx, plan), false)),
      };
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/units',
    access: keepPlans,
    audit: 'readiness.add-units',
    perMinute: 20,
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const { files } = await request.form();
      const wrong = (text: string) => showPlan(opened, ctx, request.query, { problems: [{ field: 'file', text }] });
      const [sent] = files;
      if (!sent) return wrong('Choose a qualification file or a workbook');
      const read = await unitsOfQualification(ctx, sent);
      if (read.kind === 'refused') return wrong(read.refusal);
      const added = await addUnits(ctx, opened.plan.id, read.value);
      if (added.kind === 'refused') return wrong('The plan would have more tasks than one plan can hold');
      return redirect(`${planPath(opened.plan.id)}?done=${added.value > 0 ? 'units' : 'no-units'}`);
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/roll-over',
    access: keepPlans,
    audit: 'readiness.roll-over',
    handle: async (request, ctx) => {
      const { plan } = await planAsked(request, ctx);
      const wanted = formId((await request.form()).fields);
      const done = await rollOver(ctx, plan.id, wanted, personOf(ctx).id);
      if (done.kind === 'refused') throw notFound('There is no such plan.');
      return redirect(`${planPath(done.value)}?done=rolled`);
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/put-away',
    access: keepPlans,
    audit: 'readiness.put-away',
    handle: async (request, ctx) => {
      await putAway(ctx, request.params.plan ?? '');
      return redirect(plansPath);
    },
  },
];
