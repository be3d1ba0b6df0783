import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day, thousands } from '#web/words.ts';
import { chancesOf, type Forecast, promisesOf, safePromise } from '../domain/recruitment.ts';
import { campaignPath, changeCampaignPath, learnersPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import type { OpenedPlan } from '../use-cases/keep-plans.ts';
import {
  changeCase,
  findCase,
  listCampaigns,
  listWeeks,
  noteCampaign,
  noteWeek,
  type PlanCase,
  removeCampaign,
} from '../use-cases/plan-case.ts';
import { clawbackRule } from '../use-cases/reference-data.ts';
import { todayIn } from '../use-cases/today.ts';
import { percent, pounds, poundsAndPence, readAmount, readCount } from './amount.ts';
import { dayProblem, longestLine, tooLong } from './asked.ts';
import { changedProblem, forecastOf } from './offer.ts';
import { planAsked, planCrumbs, revisionSent } from './opened.ts';
import { type WeeksChart, weeksChart } from './weeks-chart.ts';

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
  readonly title: string;
  readonly action: string;
  readonly revision: number;
  /** What someone else saved meanwhile. */
  readonly theirs: readonly string[];
  readonly typed: Typed;
  readonly forecastWords: string;
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
  readonly weeksChart: WeeksChart | null;
  readonly weeks: readonly {
    readonly week: string;
    readonly applications: number;
    readonly offers: number;
    readonly accepted: number;
    readonly against: string;
  }[];
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

const show = async (
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
  } = {},
): Promise<Answer> => {
  const stored = await findCase(ctx, plan.id);
  const forecast = forecastOf(stored);
  const problems = more.problems ?? [];
  const enough = clawbackRule.shareThatIsEnough;
  const promises = forecast && stored.award !== null ? promisesOf(forecast, stored.award, enough) : [];
  const safe = forecast ? safePromise(forecast, enough) : null;
  const every = Math.ceil(promises.length / mostPromises);
  const weeks = await listWeeks(ctx, plan.id);
  const campaigns = await listCampaigns(ctx, plan.id);
  const chosen = campaigns.find((one) => one.id === query.get('campaign'));
  return page(
    learnersView,
    {
      doneWords: query.has('done') ? 'It is saved.' : '',
      problems,
      title: plan.qualification,
      action: learnersPath(plan.id),
      revision: more.changed ? stored.revision : (more.revision ?? stored.revision),
      theirs: more.changed ? forecastSaved(stored) : [],
      typed: {
        low: countText(stored.low),
        likely: countText(stored.likely),
        high: countText(stored.high),
        award: stored.award === null ? '' : String(stored.award),
        campaign: chosen?.title ?? '',
        campaignDay: chosen?.day ?? todayIn(ctx),
        campaignCost: chosen ? String(chosen.cost) : '',
        campaignResult: countText(chosen?.result ?? null),
        week: todayIn(ctx),
        applications: '',
        offers: '',
        accepted: '',
        ...more.typed,
      },
      forecastWords: forecast
        ? `${forecast.low} to ${counted(forecast.high, 'learner')}, most likely ${forecast.likely}.`
        : '',
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
      weeksChart: weeksChart(weeks, forecast),
      weeks: weeks.map((one) => ({
        week: day(one.week),
        applications: one.applications,
        offers: one.offers,
        accepted: one.accepted,
        against: forecast
          ? one.accepted >= forecast.likely
            ? 'The likely number is reached'
            : one.accepted >= forecast.low
              ? 'The low number is reached'
              : `${forecast.low - one.accepted} short of the low number`
          : '',
      })),
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
    handle: async (request, ctx) => show(await planAsked(request, ctx), ctx, request.query),
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
      if (Number.isNaN(award)) problems.push({ field: 'award', text: 'Enter an amount in pounds, such as 120000' });
      const revision = revisionSent(fields);
      if (problems.length > 0) return show(opened, ctx, request.query, { problems, typed, revision });
      const done = await changeCase(
        ctx,
        opened.plan.id,
        { low: low ?? null, likely: likely ?? null, high: high ?? null, award },
        revision,
      );
      if (done.kind === 'refused')
        return show(opened, ctx, request.query, { problems: [changedProblem], typed, changed: true });
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
        ...dayProblem('campaignDay', typed.campaignDay ?? '', '2027-01-20'),
        ...(cost === null || Number.isNaN(cost)
          ? [{ field: 'campaignCost', text: 'Enter what it cost, in pounds' }]
          : []),
        ...(Number.isNaN(result) ? [{ field: 'campaignResult', text: 'Enter a whole number, or leave it empty' }] : []),
      ];
      if (problems.length > 0) return show(opened, ctx, request.query, { problems, typed, campaignId: id });
      await noteCampaign(ctx, opened.plan.id, {
        id,
        title: typed.campaign ?? '',
        day: typed.campaignDay ?? '',
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
  {
    method: 'POST',
    path: `${address}/week`,
    access: keepPlans,
    audit: 'readiness.note-week',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const { fields } = await request.form();
      const names = ['week', 'applications', 'offers', 'accepted'] as const;
      const typed = Object.fromEntries(names.map((name) => [name, textOf(fields, name)]));
      const counts = ['applications', 'offers', 'accepted'].map((name) => readCount(typed[name] ?? ''));
      const [applications, offers, accepted] = counts.map((one) => one ?? Number.NaN);
      const problems: FormProblem[] = [
        ...dayProblem('week', typed.week ?? '', '2027-01-24'),
        ...names
          .slice(1)
          .flatMap((field, index) =>
            counts[index] === null || Number.isNaN(counts[index])
              ? [{ field, text: 'Enter a whole number, counted from the beginning' }]
              : [],
          ),
      ];
      if (problems.length === 0 && (offers ?? 0) > (applications ?? 0))
        problems.push({ field: 'offers', text: 'There cannot be more offers than applications' });
      if (problems.length === 0 && (accepted ?? 0) > (offers ?? 0))
        problems.push({ field: 'accepted', text: 'No more can have accepted than had an offer' });
      if (problems.length > 0) return show(opened, ctx, request.query, { problems, typed });
      await noteWeek(ctx, opened.plan.id, {
        week: typed.week ?? '',
        applications: applications ?? 0,
        offers: offers ?? 0,
        accepted: accepted ?? 0,
      });
      return redirect(`${learnersPath(opened.plan.id)}?done=week`);
    },
  },
];
