import { randomUUID } from 'node:crypto';
import { colleaguesOf } from '#cap/accounts';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { isAllowed, NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import type { Plan } from '../domain/plan.ts';
import { holdPath, newPlanPath, planPath, plansPath, putAwayPlansPath } from '../paths.ts';
import { keepPlans, workOnPlan } from '../policy.ts';
import { plansPutAway } from '../use-cases/bring-back-plan.ts';
import { heldIsKept } from '../use-cases/hold-plans.ts';
import { keepPlan, type OpenedPlan, plansOf, sketchPlan } from '../use-cases/keep-plans.ts';
import { planCalendar, planCsv, planFileName, planXlsx } from '../use-cases/plan-files.ts';
import { deliveryStepsAt } from '../use-cases/reference-data.ts';
import { todayIn } from '../use-cases/today.ts';
import { type PlanLine, type PressingLine, planLine, pressingAcross } from './across-plans.ts';
import { readPlan, readTyped, type TypedPlan } from './asked.ts';
import { differenceWords } from './difference-words.ts';
import { addressOf, type HeldLine, heldLines } from './held.ts';
import { type PlanModel, planModel } from './plan-model.ts';

export const crumbs = [
  { text: 'Start', href: '/' },
  { text: 'Delivery plans', href: plansPath },
];

type FormModel = {
  readonly problems: readonly FormProblem[];
  readonly typed: TypedPlan;
  readonly routes: readonly string[];
  readonly action: string;
};
type ListModel = FormModel & {
  readonly signedIn: boolean;
  readonly keeps: boolean;
  readonly doneWords: string;
  /** Plans that were put away and can be brought back. */
  readonly away: number;
  readonly awayHref: string;
  readonly held: readonly HeldLine[];
  readonly letGoAction: string;
  readonly plans: readonly PlanLine[];
  readonly pressing: readonly PressingLine[];
  readonly more: number;
};
type SketchModel = PlanModel & {
  readonly title: string;
  readonly teach: string;
  readonly route: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly files: readonly { readonly href: string; readonly text: string }[];
  /** Where the plan is that the provider keeps already for the same; empty: it keeps none. */
  readonly sameHref: string;
  readonly keep: 'here' | 'sign-in' | 'not-a-provider';
  readonly id: string;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly againHref: string;
  readonly holdAction: string;
  /** Where it differs from the common steps: a sentence each. */
  readonly differences: readonly string[];
};

const listView = view<ListModel>('capabilities/readiness/pages/plans/page.njk');
const sketchView = view<SketchModel>('capabilities/readiness/pages/plans/sketch.njk');

const empty: TypedPlan = {
  qualification: '',
  firstTeach: '',
  route: '',
  level: '',
  awardingOrganisation: '',
  learners: '',
};

/** Names of the people of these plans' providers, by their ids. */
const namesAcross = async (ctx: Context, plans: readonly OpenedPlan[]): Promise<(person: string) => string> => {
  const names = new Map<string, string>();
  for (const organisation of new Set(plans.map(({ plan }) => plan.organisation)))
    for (const one of await colleaguesOf(ctx, organisation)) names.set(one.id, one.name);
  return (person) => names.get(person) ?? 'Someone who has left';
};

const doneWords: Readonly<Record<string, string>> = {
  'put-away': 'The plan is put away.',
  held: 'The plan is held for you.',
  'let-go': 'The plan waits for you no more.',
};

const showList = async (
  ctx: Context,
  typed: TypedPlan = empty,
  problems: readonly FormProblem[] = [],
  done = '',
): Promise<Answer> => {
  const { actor } = ctx;
  const plans = actor.kind === 'person' ? await plansOf(ctx, actor) : [];
  const today = todayIn(ctx);
  const nameOf = (organisation: string): string =>
    (actor.kind === 'person' && actor.memberships.find((one) => one.organisation === organisation)?.name) || '';
  const pressing = pressingAcross(plans, today, await namesAcross(ctx, plans));
  return page(
    listView,
    {
      problems,
      typed,
      routes: occupationalRoutes,
      action: newPlanPath,
      signedIn: actor.kind === 'person',
      keeps: isAllowed(actor, keepPlans),
      doneWords: doneWords[done] ?? '',
      away: actor.kind === 'person' ? (await plansPutAway(ctx, actor)).length : 0,
      awayHref: putAwayPlansPath,
      held: await heldLines(ctx),
      letGoAction: `${holdPath}/let-go`,
      plans: plans.map((one) => planLine(one, nameOf(one.plan.organisation), today)),
      pressing: pressing.lines,
      more: pressing.more,
    },
    {
      title: 'Delivery plans',
      crumbs: [{ text: 'Start', href: '/' }],
      description: 'What it takes to teach an HTQ, laid out backwards from the first lesson.',
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const formats = ['csv', 'xlsx', 'ics'] as const;
export const formatNames = { csv: 'CSV', xlsx: 'Excel (XLSX)', ics: 'Calendar (iCal)' } as const;
export const formatTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ics: 'text/calendar; charset=utf-8',
} as const;

/** @param same a plan that the provider keeps already for the same qualification and first teach. */
const showSketch = (typed: TypedPlan, ctx: Context, same?: Plan): Answer | Promise<Answer> => {
  const { problems, asked } = readPlan(ctx, typed);
  if (problems.length > 0) return showList(ctx, typed, problems);
  const laid = sketchPlan(ctx, asked);
  const { actor } = ctx;
  return page(
    sketchView,
    {
      ...planModel(laid, asked.firstTeach, todayIn(ctx), () => '', deliveryStepsAt(todayIn(ctx))),
      sameHref: same ? planPath(same.id) : '',
      title: asked.qualification,
      teach: day(asked.firstTeach),
      route: asked.route,
      fields: Object.entries(typed),
      files: formats.map((format) => ({
        href: addressOf(`${newPlanPath}.${format}`, typed),
        text: formatNames[format],
      })),
      keep: isAllowed(actor, keepPlans) ? 'here' : actor.kind === 'person' ? 'not-a-provider' : 'sign-in',
      id: randomUUID(),
      providers:
        actor.kind === 'person'
          ? actor.memberships
              .filter((one) => one.kind === 'provider')
              .map((one) => ({ id: one.organisation, name: one.name }))
          : [],
      againHref: addressOf(newPlanPath, typed),
      holdAction: holdPath,
      differences: differenceWords(todayIn(ctx), asked),
    },
    { title: `Plan: ${asked.qualification}`, crumbs, wide: true, status: same ? 409 : 200 },
  );
};

const sketchFile = (format: (typeof formats)[number]): Route => ({
  method: 'GET',
  path: `${newPlanPath}.${format}`,
  access: 'anyone',
  audit: `readiness.sketch-${format}`,
  perMinute: 30,
  handle: async (request, ctx) => {
    const { problems, asked } = readPlan(ctx, readTyped(request.query));
    if (problems.length > 0) throw notFound(problems[0]?.text ?? 'There is no such plan.');
    const laid = sketchPlan(ctx, asked);
    const body = {
      csv: () => planCsv(laid, () => ''),
      xlsx: () =>
        planXlsx(ctx, { title: asked.qualification, provider: '', firstTeach: asked.firstTeach, laid }, () => ''),
      ics: () =>
        planCalendar(ctx, {
          title: asked.qualification,
          laid,
          firstTeach: asked.firstTeach,
          revision: 1,
          plan: null,
          reasons: true,
        }),
    }[format];
    return {
      kind: 'file',
      name: planFileName(asked.qualification, format),
      type: formatTypes[format],
      body: await body(),
    };
  },
});

export const plansRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: plansPath,
    access: 'anyone',
    audit: 'readiness.plans',
    handle: (request, ctx) => showList(ctx, empty, [], request.query.get('done') ?? ''),
  },
  {
    method: 'GET',
    path: newPlanPath,
    access: 'anyone',
    audit: 'readiness.sketch',
    perMinute: 60,
    handle: (request, ctx) => showSketch(readTyped(request.query), ctx),
  },
  ...formats.map(sketchFile),
  {
    method: 'POST',
    path: plansPath,
    access: keepPlans,
    audit: 'readiness.keep-plan',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = readTyped(fields);
      const { problems, asked } = readPlan(ctx, typed);
      const provider =
        ctx.actor.kind === 'person'
          ? ctx.actor.memberships.find(
              (one) => one.kind === 'provider' && one.organisation === (fields.get('provider') ?? one.organisation),
            )
          : undefined;
      if (!provider || ctx.actor.kind !== 'person') throw new NotAllowed(workOnPlan);
      if (problems.length > 0) return showList(ctx, typed, problems);
      const wanted = formId(fields);
      const theirs = await plansOf(ctx, ctx.actor);
      const same = theirs.find(
        ({ plan }) =>
          plan.organisation === provider.organisation &&
          plan.qualification === asked.qualification &&
          plan.firstTeach === asked.firstTeach,
      );
      if (same && !fields.has('another') && !theirs.some(({ plan }) => plan.id === wanted))
        return showSketch(typed, ctx, same.plan);
      await keepPlan(ctx, wanted, provider.organisation, asked, ctx.actor.id);
      await heldIsKept(ctx, ctx.actor, typed);
      return redirect(`${planPath(wanted)}?done=kept`);
    },
  },
];
