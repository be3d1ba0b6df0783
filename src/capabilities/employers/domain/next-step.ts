import type { NextStep } from './employer.ts';

type Due = Pick<NextStep, 'due' | 'doneAt'>;

const day = 86_400_000;

/** The last day of the week that a day is in: its Sunday. */
export const endOfWeek = (today: string): string => {
  const instant = Date.parse(`${today}T00:00:00Z`);
  const sinceMonday = (new Date(instant).getUTCDay() + 6) % 7;
  return new Date(instant + (6 - sinceMonday) * day).toISOString().slice(0, 10);
};

export const isOverdue = (one: Due, today: string): boolean => one.doneAt === null && one.due < today;

export const isThisWeek = (one: Due, today: string): boolean =>
  one.doneAt === null && one.due >= today && one.due <= endOfWeek(today);
