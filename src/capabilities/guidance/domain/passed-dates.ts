import { months } from '#kernel/typed-day.ts';

const dateInText = new RegExp(`\\b(?:(\\d{1,2})\\s+)?(${months.join('|')})\\s+(\\d{4})\\b`, 'gi');

export type PassedDate = { readonly line: number; readonly words: string };

/**
 * Dates in a text that were still to come when it was published, and have passed since: "until 30 June 2027", "from
 * September 2026". A month without a day has passed once it is over. Dates of the past are history, and stand.
 *
 * @param published and `today` are ISO dates.
 */
export const passedDates = (text: string, published: string, today: string): readonly PassedDate[] => {
  const found: PassedDate[] = [];
  text.split('\n').forEach((words, index) => {
    for (const [whole, day, month = '', year] of words.matchAll(dateInText)) {
      const place = months.indexOf(month.toLowerCase());
      const last = day
        ? new Date(Date.UTC(Number(year), place, Number(day)))
        : new Date(Date.UTC(Number(year), place + 1, 0));
      const date = last.toISOString().slice(0, 10);
      if (date >= published && date < today) found.push({ line: index + 1, words: whole });
    }
  });
  return found;
};
