import type { EventTime } from './event.ts';

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', weekday: 'long' });
const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });
const month = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

const iso = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });

/** "2021-12-01", as calendars in London show it. */
export const isoDay = (date: Date): string => iso.format(date);

/** "2021-12" */
export const monthOf = (date: Date): string => isoDay(date).slice(0, 7);

/** "Wednesday 1 December 2021" */
export const dayOf = (date: Date): string => `${weekday.format(date)} ${day.format(date)}`;

/** "11:00", as clocks in London show it. */
export const clockTime = (date: Date): string => time.format(date);

/** "Wednesday 1 December 2021, 11:00 to 12:35"; of what is known to the month only, "September 2021". */
export const whenWords = (when: EventTime, inMonth: string): string => {
  if (when === null) return month.format(new Date(`${inMonth}-15T00:00:00Z`));
  const begins = `${dayOf(when.starts)}, ${clockTime(when.starts)}`;
  return dayOf(when.starts) === dayOf(when.ends)
    ? `${begins} to ${clockTime(when.ends)}`
    : `${begins}, to ${dayOf(when.ends)}, ${clockTime(when.ends)}`;
};

/** "Wednesday 1 December 2021 at 11:00" */
export const momentWords = (date: Date): string => `${dayOf(date)} at ${clockTime(date)}`;
