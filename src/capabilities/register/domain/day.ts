import { daysAfter, londonDay } from '#kernel/london-time.ts';

/** A calendar day as ISO has it: `2026-09-01`. Compared as text. */
export type Day = string;

export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // 31 February is read as a day of March by some engines, and as none by others.
  return !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === text;
};

export { daysAfter };

/** The last instant of a day in London, to the second: what was recorded on that day was known then. */
export const endOfDay = (day: Day): Date => {
  const next = daysAfter(day, 1);
  // London is on UTC or an hour ahead of it.
  const utc = Date.parse(`${next}T00:00:00Z`);
  const start = londonDay(new Date(utc - 3_600_000)) === next ? utc - 3_600_000 : utc;
  return new Date(start - 1);
};
