import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import {
  type Answers,
  type BreakEven,
  breakEven,
  type FundingAnswer,
  fundingAnswers,
  type Money,
  surplus,
} from '../domain/funding.ts';
import { setUpCost, verdictOf } from '../domain/payback.ts';
import type { Plan } from '../domain/plan.ts';
import { chanceOfAtMost, type Forecast } from '../domain/recruitment.ts';
import { learnersPath, offerPath, planPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import type { OpenedPlan } from '../use-cases/keep-plans.ts';
import { changeCase, findCase, forecastOf, moneyOf, type PlanCase } from '../use-cases/plan-case.ts';
import { fundingRules, recruitmentCurve } from '../use-cases/reference-data.ts';
import { percent, pounds, poundsAndPence, readAmount } from './amount.ts';
import { planAsked, planCrumbs, revisionSent } from './opened.ts';
import { type PlanTab, planTabs } from './plan-tabs.ts';
import { type SupplyModel, supplyModel } from './supply-model.ts';
import { paybackWords, verdictWords } from './verdict-words.ts';
import { type TypedWayIn, type WaysInModel, waysInModel } from './ways-in-model.ts';

type Model = {
  readonly doneWords: string;
  readonly problems: readonly FormProblem[];
  readonly parts: readonly PlanTab[];
  readonly title: string;
  readonly action: string;
  readonly revision: number;
  /** What someone else saved meanwhile. */
  readonly theirs: readonly string[];
  readonly learnersHref: string;
  readonly typed: { readonly feeEach: string; readonly costEach: string; readonly fixedCost: string };
  readonly questions: readonly { readonly id: string; readonly text: string; readonly answer: string }[];
  readonly funding: readonly {
    readonly title: string;
    readonly answer: string;
    readonly colour: string;
    readonly reasons: readonly string[];
    readonly source: string;
  }[];
  /** What the answers rest on, as the printed page says it; on the screen the form does. */
  readonly rests: readonly (readonly [what: string, value: string])[];
  readonly teach: string;
  readonly ways: WaysInModel;
  readonly supply: SupplyModel;
  /** The answer, led by one sentence. */
  readonly verdict: readonly string[];
  readonly planHref: string;
  readonly setUp: string;
  readonly award: string;
  readonly money: readonly string[];
  readonly sums: readonly {
    readonly learners: string;
    readonly surplus: string;
    readonly low: boolean;
    readonly payback: string;
    readonly paybackWithAward: string;
  }[];
};

const offerView = view<Model>('capabilities/readiness/pages/offer/page.njk');

const { withoutForecast } = recruitmentCurve;
const hundredths = (share: number): number => Math.round(Math.abs(share - 1) * 100);

/** What a forecast that nobody gave rests on; empty: somebody gave it. */
export const suggestedWords = ({ low, likely, high }: PlanCase, plan: Pick<Plan, 'learners'>): string =>
  (low !== null && likely !== null && high !== null) || !plan.learners
    ? ''
    : `The forecast is a suggestion, from the ${counted(plan.learners, 'learner')} that the plan expects: from ${hundredths(withoutForecast.low)}% fewer to ${hundredths(withoutForecast.high)}% more. Put your own numbers in its place.`;

const breakEvenWords = (even: BreakEven, money: Money, forecast: Forecast | null): readonly string[] => {
  if (even.kind === 'never')
    return [
      `Each learner brings ${pounds(money.feeEach)} and costs ${pounds(money.costEach)} beyond the fixed cost: no group is large enough to pay for itself.`,
    ];
  const words = [`It pays for itself from ${counted(even.learners, 'learner')} a year.`];
  if (!forecast) return [...words, 'How likely that is can be said once the number of learners is forecast.'];
  const short = chanceOfAtMost(forecast, even.learners - 1);
  return [
    ...words,
    `By the forecast of ${forecast.low} to ${forecast.high} learners, most likely ${forecast.likely}, fewer come with a chance of ${percent(short)}.`,
  ];
};

export const answerColours = { yes: 'green', no: 'red', 'not-known': 'yellow' } as const;
export const answerWords = { yes: 'Yes', no: 'No', 'not-known': 'Not known' } as const;

/** Amounts as they stand, and each answer that differs from what was typed. */
const caseSaved = (stored: PlanCase, typed: Answers): readonly string[] => {
  const amount = (one: number | null): string => (one === null ? 'nothing' : poundsAndPence(one));
  return [
    `Income from each learner: ${amount(stored.feeEach)}`,
    `Cost of each learner: ${amount(stored.costEach)}`,
    `Cost however many come: ${amount(stored.fixedCost)}`,
    ...fundingRules.questions.flatMap(({ id, text }) => {
      const saved = stored.funding[id] ?? 'not-known';
      return saved === typed[id] ? [] : [`${text} ${answerWords[saved]}`];
    }),
  ];
};

const restsOn = (stored: PlanCase, plan: Pick<Plan, 'learners'>): readonly (readonly [string, string])[] => {
  const amount = (one: number | null): string => (one === null ? 'Not settled' : poundsAndPence(one));
  const forecast = forecastOf(stored, plan);
  return [
    ['Income from each learner in a year', amount(stored.feeEach)],
    ['Cost of each learner in a year', amount(stored.costEach)],
    ['Cost in a year however many come', amount(stored.fixedCost)],
    [
      'Learners forecast',
      forecast ? `${forecast.low} to ${forecast.high}, most likely ${forecast.likely}` : 'Not forecast',
    ],
    ...fundingRules.questions.map(({ id, text }) => [text, answerWords[stored.funding[id] ?? 'not-known']] as const),
  ];
};

const amountText = (amount: number | null): string => (amount === null ? '' : String(amount));

/** What the answers on funding add to the verdict. */
const fundedWords = (answers: readonly FundingAnswer[]): readonly string[] => {
  if (answers.some((one) => one.answer === 'yes')) return [];
  return [
    answers.some((one) => one.answer === 'not-known')
      ? 'Whether learners can be funded is not settled: see below what is missing.'
      : 'No way of funding learners is open to them from that day: see below why.',
  ];
};

export const showOffer = async (
  { plan, tasks }: OpenedPlan,
  ctx: Context,
  query: URLSearchParams,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed?: Model['typed'];
    readonly answers?: Answers;
    /** Of the case that the form of money and funding began with. */
    readonly revision?: number;
    readonly changed?: true;
    readonly way?: TypedWayIn;
  } = {},
): Promise<Answer> => {
  const stored = await findCase(ctx, plan.id);
  const answers = more.answers ?? stored.funding;
  const money = moneyOf(stored);
  const forecast = forecastOf(stored, plan);
  const problems = more.problems ?? [];
  const even = money ? breakEven(money) : null;
  const sizes = money
    ? [
        ...new Set([
          forecast?.low ?? 8,
          forecast?.likely ?? 15,
          forecast?.high ?? 24,
          even?.kind === 'from' ? even.learners : 0,
        ]),
      ]
        .filter((one) => one > 0)
        .toSorted((one, other) => one - other)
    : [];
  const setUp = setUpCost(tasks);
  const funding = fundingAnswers(fundingRules, plan.firstTeach, stored.funding, day);
  const suggested = suggestedWords(stored, plan);
  return page(
    offerView,
    {
      doneWords: query.has('done') ? 'It is saved.' : '',
      supply: await supplyModel(ctx, plan),
      ways: await waysInModel(ctx, plan.id, forecast, even, more.way),
      problems,
      parts: planTabs(plan, 'offer'),
      title: plan.qualification,
      action: offerPath(plan.id),
      revision: more.changed ? stored.revision : (more.revision ?? stored.revision),
      theirs: more.changed ? caseSaved(stored, answers) : [],
      learnersHref: learnersPath(plan.id),
      typed: more.typed ?? {
        feeEach: amountText(stored.feeEach),
        costEach: amountText(stored.costEach),
        fixedCost: amountText(stored.fixedCost),
      },
      questions: fundingRules.questions.map((one) => ({ ...one, answer: answers[one.id] ?? 'not-known' })),
      funding: funding.map((one) => ({
        title: one.title,
        answer: answerWords[one.answer],
        colour: answerColours[one.answer],
        reasons: one.reasons,
        source: one.source,
      })),
      rests: restsOn(stored, plan),
      teach: day(plan.firstTeach),
      verdict: [
        verdictWords(verdictOf(money, forecast, setUp, stored.award), forecast, setUp, stored.award),
        ...fundedWords(funding),
        ...(suggested === '' ? [] : [suggested]),
      ],
      planHref: planPath(plan.id),
      setUp: setUp === 0 ? '' : pounds(setUp),
      award: stored.award ? pounds(stored.award) : '',
      money: money && even ? breakEvenWords(even, money, forecast) : [],
      sums: money
        ? sizes.map((learners) => ({
            learners: counted(learners, 'learner'),
            surplus: pounds(surplus(money, learners)),
            low: surplus(money, learners) < 0,
            payback: paybackWords(setUp, surplus(money, learners)),
            paybackWithAward: paybackWords(setUp - (stored.award ?? 0), surplus(money, learners)),
          }))
        : [],
    },
    {
      title: `Offer it or not: ${plan.qualification}`,
      crumbs: planCrumbs(plan),
      faulty: problems.length > 0,
      status: more.changed ? 409 : problems.length > 0 ? 422 : 200,
    },
  );
};

export const changedProblem: FormProblem = {
  field: '',
  text: 'Someone saved this after you opened it. Yours is still in the form, and what they saved is named below. Saving again replaces theirs',
};

export const offerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/plans/:plan/offer',
    access: keepPlans,
    audit: 'readiness.offer',
    handle: async (request, ctx) => showOffer(await planAsked(request, ctx), ctx, request.query),
  },
  {
    method: 'POST',
    path: '/plans/:plan/offer',
    access: keepPlans,
    audit: 'readiness.save-offer',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const { fields } = await request.form();
      const typed = {
        feeEach: fields.get('feeEach') ?? '',
        costEach: fields.get('costEach') ?? '',
        fixedCost: fields.get('fixedCost') ?? '',
      };
      const amounts = {
        feeEach: readAmount(typed.feeEach),
        costEach: readAmount(typed.costEach),
        fixedCost: readAmount(typed.fixedCost),
      };
      const answers: Answers = Object.fromEntries(
        fundingRules.questions.map(({ id }) => {
          const given = fields.get(`funding-${id}`);
          return [id, given === 'yes' || given === 'no' ? given : 'not-known'];
        }),
      );
      const problems = Object.entries(amounts).flatMap(([field, amount]) =>
        Number.isNaN(amount) ? [{ field, text: 'Enter an amount in pounds, such as 6200' }] : [],
      );
      const revision = revisionSent(fields);
      if (problems.length > 0) return showOffer(opened, ctx, request.query, { problems, typed, answers, revision });
      const done = await changeCase(ctx, opened.plan.id, { ...amounts, funding: answers }, revision);
      if (done.kind === 'refused')
        return showOffer(opened, ctx, request.query, { problems: [changedProblem], typed, answers, changed: true });
      return redirect(`${offerPath(opened.plan.id)}?done=saved`);
    },
  },
];
