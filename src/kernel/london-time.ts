const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** "2026-12-01 09:00" as people in London mean it; `null` for what is no such time, or one that the clocks leave out. */
export const londonTime = (typed: string): Date | null => {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})$/.exec(typed.trim()) ?? [];
  if (!year || !month || !day || !hour || !minute) return null;
  const wanted = `${day}/${month}/${year}, ${hour}:${minute}`;
  const asUtc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  // London is on UTC or an hour ahead of it; in the hour that comes twice, the first is meant.
  for (const ahead of [60, 0]) {
    const instant = new Date(asUtc - ahead * 60_000);
    if (clock.format(instant) === wanted) return instant;
  }
  return null;
};

const isoFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short' });

/** The day that it is in London at an instant, ISO: `2026-12-01`. */
export const londonDay = (instant: Date): string => isoFormat.format(instant);

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'Europe/London',
});

/** "1 December 2021", in London. */
export const dayWords = (date: Date | string): string => dayFormat.format(new Date(date));

/** The day that comes so many days after another; of a negative number, before it. @param day ISO date. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
