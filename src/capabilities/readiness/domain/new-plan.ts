import { dayNumber, isoDay, workingDay } from './calendar-day.ts';
import type { DeliverySteps } from './delivery-steps.ts';
import type { Task } from './plan.ts';
import { latestOf, orderOf, soonestOf } from './schedule.ts';

/** A unit of the qualification, which somebody has to prepare. */
export type PlannedUnit = { readonly code: string; readonly title: string };

const daysOfWeeks = (weeks: number): number => weeks * 7;

const blank = {
  owner: null,
  status: 'to-do',
  doneOn: null,
  cost: null,
  evidence: '',
  revision: 1,
} as const satisfies Partial<Task>;

type Undated = Omit<Task, 'starts' | 'ends'> & { readonly days: number };

/** Gives tasks their dates: as late as first teach allows, and where that is past already, as early as they still can be. */
export const dateTasks = (tasks: readonly Undated[], firstTeach: string, today: string): readonly Task[] => {
  const places = new Map(tasks.map((task, place) => [task.id, place]));
  const jobs = tasks.map((task) => ({
    days: task.days,
    after: task.after.flatMap((id) => places.get(id) ?? []),
    endsBefore: task.endsBefore,
    notBefore: null,
    doneOn: null,
    begun: null,
  }));
  const order = orderOf(jobs);
  if (order.kind === 'circle') throw new Error('The steps of getting ready wait for one another');
  const latest = latestOf(jobs, order.order, dayNumber(firstTeach));
  const soonest = soonestOf(jobs, order.order, workingDay(dayNumber(today)));
  return tasks.map(({ days, ...task }, place) => {
    const start = Math.max(latest.starts[place] ?? 0, soonest.starts[place] ?? 0);
    return { ...task, starts: isoDay(start), ends: isoDay(start + days) };
  });
};

/** The tasks of units: prepared by those who will teach them. @param after ids of the plan's own tasks that they wait for. */
export const unitTasks = (
  steps: DeliverySteps,
  units: readonly PlannedUnit[],
  idOf: (unit: string) => string,
  after: readonly string[],
): readonly Undated[] =>
  units.map((unit) => ({
    ...blank,
    id: idOf(unit.code),
    step: `unit:${unit.code}`,
    strand: steps.unitStep.strand,
    title: steps.unitStep.title.replace('{unit}', () => `${unit.code} ${unit.title}`),
    why: steps.unitStep.why,
    who: steps.unitStep.who,
    guidance: steps.unitStep.guidance,
    days: daysOfWeeks(steps.unitStep.weeks),
    after,
    endsBefore: daysOfWeeks(steps.unitStep.endsBefore),
  }));

/**
 * A whole plan from the reference data, with ids that `idOf` gives to steps.
 *
 * @param firstTeach and `today` are ISO dates.
 */
export const planFromSteps = (
  steps: DeliverySteps,
  firstTeach: string,
  today: string,
  idOf: (step: string) => string = (step) => step,
): readonly Task[] =>
  dateTasks(
    steps.steps.map((step) => ({
      ...blank,
      id: idOf(step.id),
      step: step.id,
      strand: step.strand,
      title: step.title,
      why: step.why,
      who: step.who,
      guidance: step.guidance,
      days: daysOfWeeks(step.weeks),
      after: step.after.map(idOf),
      endsBefore: daysOfWeeks(step.endsBefore),
    })),
    firstTeach,
    today,
  );
