import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { Context } from '#platform/context.ts';
import type { FormProblem } from '#web/form-problem.ts';
import { counted, thousands } from '#web/words.ts';
import { dayTyped, firstDay, lastDay } from '../domain/calendar-day.ts';
import { type FirstTeachFault, firstTeachFault, firstTeachTyped, mostYears } from '../domain/first-teach.ts';
import type { PlanAbout } from '../use-cases/correct-plan.ts';
import type { PlanAsked } from '../use-cases/keep-plans.ts';
import { todayIn } from '../use-cases/today.ts';
import { readCount } from './amount.ts';

/** What was typed of a plan, as it was typed. */
export type TypedPlan = {
  readonly qualification: string;
  readonly firstTeach: string;
  readonly route: string;
  readonly level: string;
  readonly awardingOrganisation: string;
  readonly learners: string;
};

export const readTyped = (fields: URLSearchParams): TypedPlan => {
  const text = (name: string) => (fields.get(name) ?? '').trim();
  return {
    qualification: text('qualification'),
    firstTeach: text('firstTeach'),
    route: text('route'),
    level: text('level'),
    awardingOrganisation: text('awardingOrganisation'),
    learners: text('learners'),
  };
};

/** Letters of a line. */
export const longestLine = 200;

export const tooLong = (field: string, text: string, most: number): readonly FormProblem[] =>
  text.length > most ? [{ field, text: `Use up to ${counted(most, 'character')}` }] : [];

export const dayProblem = (field: string, text: string, example: string): readonly FormProblem[] =>
  dayTyped(text) !== null
    ? []
    : [
        {
          field,
          text: `Enter a day between ${firstDay.slice(0, 4)} and ${lastDay.slice(0, 4)}, such as ${example}`,
        },
      ];

const faultWords: Readonly<Record<FirstTeachFault, string>> = {
  today: 'That day is today. Enter the first day of teaching that is still to come',
  past: 'That day is past. Enter the first day of teaching that is still to come',
  'too-far': `Enter a day within the next ${mostYears} years`,
};

export const firstTeachFaultProblem = (fault: FirstTeachFault): FormProblem => ({
  field: 'firstTeach',
  text: faultWords[fault],
});

/** What is wrong with a first teach as it was typed; `null`: nothing. @param today ISO. */
export const firstTeachProblem = (text: string, today: string): FormProblem | null => {
  const day = firstTeachTyped(text);
  if (day === null) return { field: 'firstTeach', text: 'Enter the first day of teaching, such as 20 September 2027' };
  const fault = firstTeachFault(day, today);
  return fault ? firstTeachFaultProblem(fault) : null;
};

/** Learners of one group that a plan can expect: above it somebody's finger slipped. */
const mostLearners = 10_000;

/** What a plan is about, without its dates. */
export const readAbout = (
  typed: Omit<TypedPlan, 'firstTeach'>,
): { readonly problems: readonly FormProblem[]; readonly about: PlanAbout } => {
  const learners = readCount(typed.learners);
  const problems: FormProblem[] = [
    ...(typed.qualification === ''
      ? [{ field: 'qualification', text: 'Enter the title of the qualification' }]
      : tooLong('qualification', typed.qualification, longestLine)),
    ...(occupationalRoutes.some((one) => one === typed.route)
      ? []
      : [{ field: 'route', text: 'Choose the route that it belongs to' }]),
    ...tooLong('awardingOrganisation', typed.awardingOrganisation, longestLine),
    ...(learners !== null && !(learners >= 1 && learners <= mostLearners)
      ? [
          {
            field: 'learners',
            text: `Enter a whole number of learners from 1 to ${thousands(mostLearners)}, such as 18`,
          },
        ]
      : []),
  ];
  return {
    problems,
    about: {
      qualification: typed.qualification,
      route: typed.route,
      level: typed.level === '4' || typed.level === '5' ? Number(typed.level) : null,
      awardingOrganisation: typed.awardingOrganisation,
      learners,
    },
  };
};

/** A whole plan; problems stand in the order of the form's fields. */
export const readPlan = (
  ctx: Context,
  typed: TypedPlan,
): { readonly problems: readonly FormProblem[]; readonly asked: PlanAsked } => {
  const { problems, about } = readAbout(typed);
  const teach = firstTeachProblem(typed.firstTeach, todayIn(ctx));
  const before = problems.filter((one) => one.field === 'qualification');
  return {
    problems: [...before, ...(teach ? [teach] : []), ...problems.filter((one) => !before.includes(one))],
    asked: { ...about, firstTeach: firstTeachTyped(typed.firstTeach) ?? '' },
  };
};
