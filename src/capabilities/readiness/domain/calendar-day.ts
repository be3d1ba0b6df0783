/** Days are counted from 1 January 1970, so that a plan is laid out with whole numbers; ISO dates stand at its edges. */
export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

export const isoDay = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** Whether a text is a day of the calendar: 2027-02-30 is none. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const number = dayNumber(text);
  return !Number.isNaN(number) && isoDay(number) === text;
};
