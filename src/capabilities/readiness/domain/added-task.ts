import { dayNumber, daysAfter } from './calendar-day.ts';
import type { DeliverySteps } from './delivery-steps.ts';
import type { Task } from './plan.ts';

/** What of a task's `step` says that somebody added it: the code of a unit, or the example that it was taken from. */
export const unitPrefix = 'unit:';
export const examplePrefix = 'example:';

/** Whether somebody added a task: such a one can be removed, while a step of the reference data is set to "not needed". */
export const isAdded = ({ step }: Pick<Task, 'step'>): boolean =>
  step === null || step.startsWith(unitPrefix) || step.startsWith(examplePrefix);

/**
 * Days before first teach by which units are better prepared: before the teachers' holiday, where it would fall into that
 * and there is time before it.
 *
 * @param earliest the first day on which they can begin; ISO, as `firstTeach` is.
 */
export const unitsEndBefore = (
  { weeks, endsBefore, keepClear }: DeliverySteps['unitStep'],
  firstTeach: string,
  earliest: string,
): number => {
  const usual = endsBefore * 7;
  const ends = daysAfter(firstTeach, -usual);
  const begins = daysAfter(ends, -weeks * 7);
  const year = ends.slice(0, 4);
  if (!keepClear || ends <= `${year}-${keepClear.from}` || begins >= `${year}-${keepClear.until}`) return usual;
  const before = `${year}-${keepClear.from}`;
  return daysAfter(before, -weeks * 7) < earliest ? usual : dayNumber(firstTeach) - dayNumber(before);
};
