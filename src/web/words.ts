import { dayWords } from '#kernel/london-time.ts';

/** How numbers and dates are written for people: 5,852,925; Wednesday 1 December 2021. */
const thousandsFormat = new Intl.NumberFormat('en-GB');
const weekdayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'Europe/London' });

/** A whole number with its thousands told apart; a decimal string is taken too, since counts outgrow a double. */
export const thousands = (count: number | bigint | string): string =>
  thousandsFormat.format(typeof count === 'string' ? BigInt(count) : count);

/** "1 unit", "1,140 units". */
export const counted = (count: number | bigint | string, one: string, many = `${one}s`): string =>
  `${thousands(count)} ${String(count) === '1' ? one : many}`;

export { dayWords as day } from '#kernel/london-time.ts';

/** "Wednesday 1 December 2021". */
export const longDay = (date: Date | string): string => `${weekdayFormat.format(new Date(date))} ${dayWords(date)}`;

/** "a", "a and b", "a, b and c". */
export const listed = (items: readonly string[], last = 'and'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/London',
});

/** "1 December 2021, 11:00", in London's time. */
export const moment = (date: Date | string): string => `${dayWords(date)}, ${timeFormat.format(new Date(date))}`;

/** "34 KB", "1.2 MB". */
export const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
