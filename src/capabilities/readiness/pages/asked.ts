import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { Context } from '#platform/context.ts';
import type { FormProblem } from '#web/form-problem.ts';
import { isDay } from '../domain/calendar-day.ts';
import type { PlanAsked } from '../use-cases/keep-plans.ts';

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

/** Years ahead for which a plan makes sense. */
const mostYears = 10;

/** First teach as it was typed; a month alone means its first day. */
const dayTyped = (text: string): string | null => {
  const full = /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text;
  return isDay(full) ? full : null;
};

export const firstTeachProblem = (text: string, now: Date): FormProblem | null => {
  const day = dayTyped(text);
  const today = now.toISOString().slice(0, 10);
  if (day === null) return { field: 'firstTeach', text: 'Enter the first day of teaching, such as 2027-09-20' };
  if (day <= today)
    return { field: 'firstTeach', text: 'That day is past. Enter the first day of teaching that is still to come' };
  if (Number(day.slice(0, 4)) > now.getUTCFullYear() + mostYears)
    return { field: 'firstTeach', text: `Enter a day within the next ${mostYears} years` };
  return null;
};

export const readPlan = (
  ctx: Context,
  typed: TypedPlan,
): { readonly problems: readonly FormProblem[]; readonly asked: PlanAsked } => {
  const teach = firstTeachProblem(typed.firstTeach, ctx.clock());
  const learners = typed.learners === '' ? null : Number(typed.learners);
  const problems: FormProblem[] = [
    ...(typed.qualification === ''
      ? [{ field: 'qualification', text: 'Enter the title of the qualification' }]
      : typed.qualification.length > 200
        ? [{ field: 'qualification', text: 'Use up to 200 characters' }]
        : []),
    ...(teach ? [teach] : []),
    ...(occupationalRoutes.some((one) => one === typed.route)
      ? []
      : [{ field: 'route', text: 'Choose the route that it belongs to' }]),
    ...(learners !== null && !(Number.isInteger(learners) && learners >= 0 && learners <= 10_000)
      ? [{ field: 'learners', text: 'Enter a whole number of learners, such as 18' }]
      : []),
  ];
  return {
    problems,
    asked: {
      qualification: typed.qualification,
      firstTeach: dayTyped(typed.firstTeach) ?? '',
      route: typed.route,
      level: typed.level === '4' || typed.level === '5' ? Number(typed.level) : null,
      awardingOrganisation: typed.awardingOrganisation.slice(0, 200),
      learners,
    },
  };
};
