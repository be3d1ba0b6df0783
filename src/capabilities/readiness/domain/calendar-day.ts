import { readTypedDay } from '#kernel/typed-day.ts';

/** Days are counted from 1 January 1970, so that a plan is laid out with whole numbers; ISO dates stand at its edges. */
export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

export const isoDay = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** The first and the last day that a plan speaks of: beyond them a day is a slip of the pen, and pictures have no end. */
export const firstDay = '2000-01-01';
export const lastDay = '2099-12-31';

/** Whether a text is a day of the calendar that a plan may speak of: 2027-02-30 is none. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < firstDay || text > lastDay) return false;
  const number = dayNumber(text);
  return !Number.isNaN(number) && isoDay(number) === text;
};

/** A day that a plan may speak of, ISO, as people type it: "20/9/2027", "20 September 2027"; `null`: it is none. */
export const dayTyped = (text: string): string | null => {
  const day = readTypedDay(text);
  return day !== null && isDay(day) ? day : null;
};

export { daysAfter } from '#kernel/london-time.ts';

/** Saturday and Sunday as days of the week of `Date`. */
const weekend = [6, 0];

/** That day, or the Monday after where it is of a weekend: nobody begins a task on a Sunday. */
export const workingDay = (number: number): number =>
  weekend.includes(new Date(number * 86_400_000).getUTCDay()) ? workingDay(number + 1) : number;
