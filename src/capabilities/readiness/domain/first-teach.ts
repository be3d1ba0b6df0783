import { readTypedDayOrMonth } from '#kernel/typed-day.ts';
import { isDay } from './calendar-day.ts';

/** Years ahead for which a plan makes sense. */
export const mostYears = 10;

/** First teach as it was typed, ISO; a month alone means its first day. `null`: it is no day. */
export const firstTeachTyped = (text: string): string | null => {
  const day = readTypedDayOrMonth(text);
  return day !== null && isDay(day) ? day : null;
};

export type FirstTeachFault = 'today' | 'past' | 'too-far';

/** Why a plan cannot lead up to a day; `null`: it can. @param today ISO, as `day` is. */
export const firstTeachFault = (day: string, today: string): FirstTeachFault | null => {
  if (day === today) return 'today';
  if (day < today) return 'past';
  return Number(day.slice(0, 4)) > Number(today.slice(0, 4)) + mostYears ? 'too-far' : null;
};
