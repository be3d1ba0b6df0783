import { londonTime } from '#kernel/london-time.ts';
import { readTypedDay } from '#kernel/typed-day.ts';

/** "9:30", "09.30", "2pm" or "2.30 pm" as "09:30"; `null`: no time of day. */
export const readClock = (typed: string): string | null => {
  const [, hour, minute = '00', half] =
    /^(\d{1,2})(?:[:.](\d{2}))?\s*([ap]\.?m\.?)?$/.exec(typed.trim().toLowerCase()) ?? [];
  if (!hour || (!half && !/[:.]/.test(typed))) return null;
  const typedHour = Number(hour);
  if (Number(minute) > 59 || typedHour > (half ? 12 : 23) || (half && typedHour === 0)) return null;
  const hours = half ? (typedHour % 12) + (half.startsWith('p') ? 12 : 0) : typedHour;
  return `${String(hours).padStart(2, '0')}:${minute}`;
};

/** A day and a time of day in London, typed in two fields. */
export const readMoment = (day: string, clock: string): Date | null => {
  const [on, at] = [readTypedDay(day), readClock(clock)];
  return on === null || at === null ? null : londonTime(`${on} ${at}`);
};

/** The same in one field: "1 February 2027, 9:00", "1/2/2027 at 9am". */
export const readDayAndTime = (typed: string): Date | null => {
  const [, day, clock] =
    /^(.*\d{4}|\d{4}-\d{1,2}-\d{1,2})(?:,? at |,? |T)\s*(\S+(?:\s+[ap]\.?m\.?)?)$/i.exec(typed.trim()) ?? [];
  return day && clock ? readMoment(day, clock) : null;
};
