import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day, thousands } from '#web/words.ts';
import { dayTyped } from '../domain/calendar-day.ts';
import { chancesOf, type Forecast, promisesOf, safePromise } from '../domain/recruitment.ts';
import { campaignPath, changeCampaignPath, learnersPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import type { OpenedPlan } from '../use-cases/keep-plans.ts';
import {
  changeCase,
  findCase,
  forecastOf,
  listCampaigns,
  listWeeks,
  noteCampaign,
  type PlanCase,
  removeCampaign,
} from '../use-cases/plan-case.ts';
import { clawbackRule } from '../use-cases/reference-data.ts';
import { todayIn } from '../use-cases/today.ts';
import { percent, pounds, poundsAndPence, readAmount, readCount } from './amount.ts';
import { dayProblem, longestLine, tooLong } from './asked.ts';
import { changedProblem, suggestedWords } from './offer.ts';
import { planAsked, planCrumbs, revisionSent } from './opened.ts';
import { type PlanTab, planTabs } from './plan-tabs.ts';
import { type WeeksModel, weeksModel } from './weeks-model.ts';

type Bars = {
  readonly width: number;
  readonly height: number;
  readonly path: string;
  readonly labels: readonly { readonly x: number; readonly text: string }[];
};
type Typed = Readonly<Record<string, string>>;
type Model = {
  readonly doneWords: string;
  readonly problems: readonly FormProblem[];
  readonly parts: readonly PlanTab[];
  readonly title: string;
  readonly action: string;
  readonly revision: number;
  /** What someone else saved meanwhile. */
  readonly theirs: readonly string[];
  readonly typed: Typed;
  readonly forecastWords: string;
  /** What the forecast rests on while nobody has given one; empty: somebody has. */
  readonly suggested: string;
  readonly bars: Bars | null;
  readonly chances: readonly { readonly learners: number; readonly chance: string }[];
  readonly promises: readonly {
    readonly promised: number;
    readonly expected: string;
    readonly chance: string;
    readonly worst: string;
  }[];
  readonly promiseWords: readonly string[];
  readonly rule: string;
  readonly campaigns: readonly {
    readonly title: string;
    readonly day: string;
    readonly cost: string;
    readonly result: string;
    readonly each: string;
    readonly id: string;
    readonly changeHref: string;
  }[];
  readonly campaignId: string;
  readonly removeCampaignAction: string;
  readonly weeks: WeeksModel;
};

const learnersView = view<Model>('capabilities/readiness/pages/learners/page.njk');

const chart = { width: 640, height: 180, foot: 24, gap: 3 };
/** Numbers under the bars that still have room. */
const mostLabels = 20;

const barsOf = (forecast: Forecast): Bars => {
  const chances = chancesOf(forecast);
  const most = Math.max(...chances.map((one) => one.chance));
  const step = chart.width / chances.length;
  const room = chart.height - chart.foot;
  const every = Math.ceil(chances.length / mostLabels);
  const at = (value: number): number => Math.round(value * 10) / 10;
  return {
    width: chart.width,
    height: chart.height,
    path: chances
      .map((one, index) => {
        const high = (one.chance / most) * room;
        return `M${at(index * step)} ${at(room - high)}h${at(Math.max(1, step - chart.gap))}v${at(high)}h-${at(Math.max(1, step - chart.gap))}z`;
      })
      .join(''),
    labels: chances
      .map((one, index) => ({ x: at((index + 0.5) * step - chart.gap / 2), text: String(one.learners) }))
      .filter((_, index) => index % every === 0),
  };
};

/** Promises in the table; of more, every second, third … one, with the likely and the safe one. */
const mostPromises = 25;

const countText = (count: number | null): string => (count === null ? '' : String(count));

const forecastSaved = ({ low, likely, high, award }: PlanCase): readonly string[] => [
  `Low, likely and high: ${[low, likely, high].map((one) => one ?? 'nothing').join(', ')}`,
  `Money that you ask for: ${award === null ? 'nothing' : poundsAndPence(award)}`,
];

export const showLearners = async (
  { plan }: OpenedPlan,
  ctx: Context,
  query: URLSearchParams,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed?: Typed;
    /** Of the case that the form of the forecast began with. */
    readonly revision?: number;
    readonly changed?: true;
    /** The id of the campaign that its form came with. */
    readonly campaignId?: string;
    /** The day of the week that the form of the weeks puts right. */
    readonly was?: string | null;
  } = {},
): Promise<Answer> => {
  const stored = await findCase(ctx, plan.id);
  const forecast = forecastOf(stored, plan);
  const suggested = suggestedWords(stored, plan);
  const problems = more.problems ?? [];
  const enough = clawbackRule.shareThatIsEnough;
  const promises = forecast && stored.award !== null ? promisesOf(forecast, stored.award, enough) : [];
  const safe = forecast ? safePromise(forecast, enough) : null;
  const every = Math.ceil(promises.length / mostPromises);
  const weeks = await listWeeks(ctx, plan.id);
  const was = more.was ?? query.get('week');
  const chosenWeek = weeks.find((one) => one.week === was);
  const campaigns = await listCampaigns(ctx, plan.id);
  const chosen = campaigns.find((one) => one.id === query.get('campaign'));
  return page(
    learnersView,
    {
      doneWords: query.has('done') ? 'It is saved.' : '',
      problems,
      parts: planTabs(plan, 'learners'),
      title: plan.qualification,
      action: learnersPath(plan.id),
      revision: more.changed ? stored.revision : (more.revision ?? stored.revision),
      theirs: more.changed ? forecastSaved(stored) : [],
      typed: {
        low: countText(stored.low ?? forecast?.low ?? null),
        likely: countText(stored.likely ?? forecast?.likely ?? null),
        high: countText(stored.high ?? forecast?.high ?? null),
        award: stored.award === null ? '' : String(stored.award),
        campaign: chosen?.title ?? '',
        campaignDay: day(chosen?.day ?? todayIn(ctx)),
        campaignCost: chosen ? String(chosen.cost) : '',
        campaignResult: countText(chosen?.result ?? null),
        week: day(chosenWeek?.week ?? todayIn(ctx)),
        applications: countText(chosenWeek?.applications ?? null),
        offers: countText(chosenWeek?.offers ?? null),
        accepted: countText(chosenWeek?.accepted ?? null),
        ...more.typed,
      },
      forecastWords: forecast
        ? `${forecast.low} to ${counted(forecast.high, 'learner')}, most likely ${forecast.likely}.`
        : '',
      suggested,
      bars: forecast ? barsOf(forecast) : null,
      chances: forecast
        ? chancesOf(forecast).map((one) => ({ learners: one.learners, chance: `${(one.chance * 100).toFixed(1)}%` }))
        : [],
      promises: promises
        .filter((one, index) => index % every === 0 || one.promised === forecast?.likely || one.promised === safe)
        .map((one) => ({
          promised: one.promised,
          expected: pounds(one.expected),
          chance: percent(one.chance),
          worst: pounds(one.worst),
        })),
      promiseWords:
        forecast && stored.award !== null
          ? [
              `Up to ${counted(safe ?? 0, 'learner')} can be promised without anything to give back, even in the low case.`,
              `Promising the likely ${forecast.likely} puts ${pounds(promises.find((one) => one.promised === forecast.likely)?.expected ?? 0)} of ${pounds(stored.award)} at stake, as an expected sum.`,
            ]
          : [],
      rule: `${clawbackRule.source}.`,
      campaigns: campaigns.map((one) => ({
        id: one.id,
        changeHref: changeCampaignPath(plan.id, one.id),
        title: one.title,
        day: day(one.day),
        cost: pounds(one.cost),
        result: one.result === null ? 'Not counted yet' : String(one.result),
        each: one.result ? pounds(one.cost / one.result) : '',
      })),
      campaignId: more.campaignId ?? chosen?.id ?? randomUUID(),
      removeCampaignAction: `${campaignPath(plan.id)}/remove`,
      weeks: weeksModel(plan, weeks, forecast, was),
    },
    {
      title: `Learners: ${plan.qualification}`,
      crumbs: planCrumbs(plan),
      faulty: problems.length > 0,
      status: more.changed ? 409 : problems.length > 0 ? 422 : 200,
    },
  );
};

const address = '/plans/:plan/learners';
const textOf = (fields: URLSearchParams, name: string): string => (fields.get(name) ?? '').trim();

/** Chances are worked out number by number. */
const mostLearners = 5000;

export const learnersRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: address,
    access: keepPlans,
    audit: 'readiness.learners',
    handle: async (request, ctx) => showLearners(await planAsked(request, ctx), ctx, request.query),
  },
  {
    method: 'POST',
    path: address,
    access: keepPlans,
    audit: 'readiness.save-forecast',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const { fields } = await request.form();
      const typed = Object.fromEntries(['low', 'likely', 'high', 'award'].map((name) => [name, textOf(fields, name)]));
      const [low, likely, high] = ['low', 'likely', 'high'].map((name) => readCount(typed[name] ?? ''));
      const award = readAmount(typed.award ?? '');
      const problems: FormProblem[] = [];
      for (const [field, count] of Object.entries({ low, likely, high }))
        if (count === null || count === undefined || Number.isNaN(count) || count > mostLearners)
          problems.push({ field, text: `Enter a whole number of learners up to ${thousands(mostLearners)}` });
      if (problems.length === 0 && !((low ?? 0) <= (likely ?? 0) && (likely ?? 0) <= (high ?? 0)))
        problems.push({ field: 'likely', text: 'The likely number lies between the low and the high one' });
      if (problems.length === 0 && high === 0)
        problems.push({
          field: 'high',
          text: 'Enter a high number of at least 1: without learners there is nothing to forecast',
        });
      if (Number.isNaN(award)) problems.push({ field: 'award', text: 'Enter an amount in pounds, such as 120000' });
      const revision = revisionSent(fields);
      if (problems.length > 0) return showLearners(opened, ctx, request.query, { problems, typed, revision });
      const done = await changeCase(
        ctx,
        opened.plan.id,
        { low: low ?? null, likely: likely ?? null, high: high ?? null, award },
        revision,
      );
      if (done.kind === 'refused')
        return showLearners(opened, ctx, request.query, { problems: [changedProblem], typed, changed: true });
      return redirect(`${learnersPath(opened.plan.id)}?done=saved`);
    },
  },
  {
    method: 'POST',
    path: `${address}/campaign`,
    access: keepPlans,
    audit: 'readiness.note-campaign',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const { fields } = await request.form();
      const id = formId(fields);
      const names = ['campaign', 'campaignDay', 'campaignCost', 'campaignResult'] as const;
      const typed = Object.fromEntries(names.map((name) => [name, textOf(fields, name)]));
      const cost = readAmount(typed.campaignCost ?? '');
      const result = readCount(typed.campaignResult ?? '');
      const problems: FormProblem[] = [
        ...(typed.campaign ? [] : [{ field: 'campaign', text: 'Enter what was done' }]),
        ...tooLong('campaign', typed.campaign ?? '', longestLine),
        ...dayProblem('campaignDay', typed.campaignDay ?? '', '20 January 2027'),
        ...(cost === null || Number.isNaN(cost)
          ? [{ field: 'campaignCost', text: 'Enter what it cost, in pounds' }]
          : []),
        ...(Number.isNaN(result) ? [{ field: 'campaignResult', text: 'Enter a whole number, or leave it empty' }] : []),
      ];
      if (problems.length > 0) return showLearners(opened, ctx, request.query, { problems, typed, campaignId: id });
      await noteCampaign(ctx, opened.plan.id, {
        id,
        title: typed.campaign ?? '',
        day: dayTyped(typed.campaignDay ?? '') ?? '',
        cost: cost ?? 0,
        result,
      });
      return redirect(`${learnersPath(opened.plan.id)}?done=campaign`);
    },
  },
  {
    method: 'POST',
    path: `${address}/campaign/remove`,
    access: keepPlans,
    audit: 'readiness.remove-campaign',
    handle: async (request, ctx) => {
      const { plan } = await planAsked(request, ctx);
      await removeCampaign(ctx, plan.id, formId((await request.form()).fields));
      return redirect(`${learnersPath(plan.id)}?done=campaign#campaigns`);
    },
  },
];
