import { examplePrefix, unitPrefix } from './added-task.ts';
import type { Task } from './plan.ts';

/** Why a task comes again for the next group, or stays behind, unless somebody says otherwise. */
export const repeatReasons = {
  'each-year': { comes: true, words: 'Comes with every group' },
  own: { comes: true, words: 'Your own task' },
  once: { comes: false, words: 'Done once, and holds for later groups' },
  unit: { comes: false, words: 'A unit that is prepared holds for later groups' },
  adopted: { comes: false, words: 'From an example: put in place once' },
  'not-needed': { comes: false, words: 'Not needed this time' },
} as const;

export type RepeatReason = keyof typeof repeatReasons;

/**
 * Whether a task is one that each group needs anew. How far it has come does not matter: what is done once belongs to the
 * plan in which it is under way, and its cost is counted there.
 *
 * @param once ids of the steps of the reference data that are done once.
 */
export const repeatReasonOf = (task: Pick<Task, 'step' | 'status'>, once: ReadonlySet<string>): RepeatReason => {
  if (task.status === 'not-needed') return 'not-needed';
  if (task.step === null) return 'own';
  if (task.step.startsWith(unitPrefix)) return 'unit';
  if (task.step.startsWith(examplePrefix)) return 'adopted';
  return once.has(task.step) ? 'once' : 'each-year';
};

/** The day a year on, ISO; of 29 February, 1 March. */
export const aYearOn = (day: string): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString().slice(0, 10);
};
