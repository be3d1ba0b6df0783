import { dayWords } from '#kernel/london-time.ts';
import { breakEven, fundingAnswers, surplus } from '../domain/funding.ts';
import { longestPayback, setUpCost, verdictOf } from '../domain/payback.ts';
import { isOpen } from '../domain/plan.ts';
import { chanceOfAtMost, promisesOf } from '../domain/recruitment.ts';
import { compareWeek, rangeWords } from '../domain/recruitment-curve.ts';
import type { RecruitmentWeek } from '../domain/recruitment-week.ts';
import { learnersPath, offerPath, planPath } from '../paths.ts';
import type { OpenedPlan } from './keep-plans.ts';
import { forecastOf, moneyOf, type PlanCase } from './plan-case.ts';
import { clawbackRule, fundingRules, recruitmentCurve } from './reference-data.ts';

/** One line of the report, with the page that its figure comes from and what that page is called. */
export type ReportLine = { readonly words: string; readonly href: string; readonly place: string };

const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP', maximumFractionDigits: 0 });
const percent = (share: number): string => `${Math.round(share * 100)}%`;
const tasks = (count: number): string => `${count} open ${count === 1 ? 'task' : 'tasks'}`;

const fundingRisks = (firstTeach: string, { funding }: PlanCase): readonly string[] => {
  const ways = fundingAnswers(fundingRules, firstTeach, funding, dayWords);
  const open = ways.filter((one) => one.answer === 'not-known');
  const sure = ways.filter((one) => one.answer === 'yes');
  // What a way still hangs on that pays on that day, question by question.
  const asked = fundingRules.questions.filter(
    ({ id }) =>
      (funding[id] ?? 'not-known') === 'not-known' &&
      fundingRules.routes.some(
        (route) => open.some((one) => one.title === route.title) && route.needs.some((need) => need.question === id),
      ),
  );
  return [
    ...(sure.length === 0 && open.length === 0
      ? ['By what was answered, learners can be funded in none of the ways that are known.']
      : []),
    ...(asked.length > 0
      ? [
          `It is not known yet: ${asked.map((one) => one.text).join(' ')} Until it is, these stay open: ${open.map((one) => one.title).join('; ')}.`,
        ]
      : []),
  ];
};

const moneyRisks = (stored: PlanCase): readonly string[] => {
  const money = moneyOf(stored);
  const { low, likely, high } = stored;
  if (!money)
    return ['What a learner brings and costs is not settled, so nobody knows whether a year pays for itself.'];
  if (low === null || likely === null || high === null)
    return ['Learners are not forecast, so nobody knows how likely it is that a year pays for itself.'];
  const left = surplus(money, low);
  if (left >= 0) return [];
  const even = breakEven(money);
  const chance =
    even.kind === 'from'
      ? ` A year does not pay for itself with a chance of ${percent(chanceOfAtMost({ low, likely, high }, even.learners - 1))}.`
      : '';
  return [`With the low number of ${low} learners, ${pounds.format(-left)} a year are missing.${chance}`];
};

const paybackRisks = ({ plan, tasks }: OpenedPlan, stored: PlanCase): readonly string[] => {
  const setUp = setUpCost(tasks);
  const { kind } = verdictOf(moneyOf(stored), forecastOf(stored, plan), setUp, stored.award);
  if (kind === 'too-slow')
    return [`The ${pounds.format(setUp)} of setting it up does not come back within ${longestPayback} years.`];
  return kind === 'pays-with-award'
    ? [
        `The ${pounds.format(setUp)} of setting it up comes back within ${longestPayback} years only with the ${pounds.format(stored.award ?? 0)} asked of a fund.`,
      ]
    : [];
};

const recruitmentRisks = (
  { plan }: OpenedPlan,
  stored: PlanCase,
  newest: RecruitmentWeek | undefined,
): readonly string[] => {
  const forecast = forecastOf(stored, plan);
  if (!forecast || !newest) return [];
  const { standing, applications, accepted } = compareWeek(recruitmentCurve, forecast, plan.firstTeach, newest);
  return standing === 'behind'
    ? [
        `Recruitment is behind: by ${dayWords(newest.week)} there were ${newest.applications} applications, where ${rangeWords(applications)} are expected, and ${newest.accepted} had accepted, where ${rangeWords(accepted)} are.`,
      ]
    : [];
};

const clawbackRisks = ({ low, likely, high, award }: PlanCase): readonly string[] => {
  if (award === null || low === null || likely === null || high === null) return [];
  const promise = promisesOf({ low, likely, high }, award, clawbackRule.shareThatIsEnough).find(
    (one) => one.promised === likely,
  );
  return promise && promise.worst > 0
    ? [
        `Of the ${pounds.format(award)} asked of a fund, ${pounds.format(promise.expected)} are expected to go back where the likely ${likely} learners are promised, and ${pounds.format(promise.worst)} where only ${low} come.`,
      ]
    : [];
};

/** What may go wrong, by what is in the plan, each with the page that says more. @param newest week that was counted. */
export const riskLines = (
  opened: OpenedPlan,
  stored: PlanCase,
  newest: RecruitmentWeek | undefined,
): readonly ReportLine[] => {
  const { plan, laid } = opened;
  const open = laid.tasks.filter((one) => isOpen(one.task));
  const unowned = open.filter((one) => one.task.owner === null).length;
  const uncosted = open.filter((one) => one.task.cost === null).length;
  const here = { href: planPath(plan.id), place: 'The plan' };
  const offer = { href: offerPath(plan.id), place: 'Offer it or not' };
  const learners = { href: learnersPath(plan.id), place: 'Learners' };
  return [
    ...(laid.critical.length > 0
      ? [{ words: `First teach hangs on: ${laid.critical.map((task) => task.title).join(', then ')}.`, ...here }]
      : []),
    ...(unowned > 0
      ? [{ words: `${tasks(unowned)} ${unowned === 1 ? 'belongs' : 'belong'} to nobody.`, ...here }]
      : []),
    ...(uncosted > 0
      ? [
          {
            words: `${tasks(uncosted)} ${uncosted === 1 ? 'has' : 'have'} no cost yet: the total leaves them out.`,
            ...here,
          },
        ]
      : []),
    ...fundingRisks(plan.firstTeach, stored).map((words) => ({ words, ...offer })),
    ...[...moneyRisks(stored), ...paybackRisks(opened, stored)].map((words) => ({ words, ...offer })),
    ...recruitmentRisks(opened, stored, newest).map((words) => ({ words, ...learners })),
    ...clawbackRisks(stored).map((words) => ({ words, ...learners })),
  ];
};
