/** Names of the months in English, in small letters. */
export const months: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** "September", "Sep", "Sept." as 9; 0 for what is no month. */
const monthNamed = (name: string): number =>
  name.length < 3
    ? 0
    : months.findIndex((month) => month.startsWith(name) || (month === 'september' && name === 'sept')) + 1;

const isoOf = (year: number, month: number, day: number): string | null => {
  const date = new Date(Date.UTC(year, month - 1, day));
  // A day that its month has not, such as 30 February, comes out as another.
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year;
  return real ? date.toISOString().slice(0, 10) : null;
};

/** What people write for a day in Britain, in the order day, month, year; and the order year, month, day of files. */
const patterns: readonly (readonly [RegExp, (parts: readonly string[]) => string | null])[] = [
  [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, ([, y, m, d]) => isoOf(Number(y), Number(m), Number(d))],
  [/^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/, ([, d, m, y]) => isoOf(Number(y), Number(m), Number(d))],
  [
    /^(?:[a-z]{3,9} )?(\d{1,2})(?:st|nd|rd|th)?[- ](?:of )?([a-z]+)[- ](\d{4})$/,
    ([, d, m, y]) => isoOf(Number(y), monthNamed(m ?? ''), Number(d)),
  ],
];

const monthPatterns: typeof patterns = [
  [/^(\d{4})[-/](\d{1,2})$/, ([, y, m]) => isoOf(Number(y), Number(m), 1)],
  [/^(\d{1,2})\/(\d{4})$/, ([, m, y]) => isoOf(Number(y), Number(m), 1)],
  [/^([a-z]+) (\d{4})$/, ([, m, y]) => isoOf(Number(y), monthNamed(m ?? ''), 1)],
];

const plainOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[,\s]+/g, ' ')
    .replaceAll('. ', ' ')
    .trim();

const read = (text: string, among: typeof patterns): string | null => {
  const plain = plainOf(text);
  for (const [pattern, dayOf] of among) {
    const parts = pattern.exec(plain);
    if (parts) return dayOf(parts);
  }
  return null;
};

/**
 * A day as it was typed, ISO: "20/9/2027", "20 September 2027", "Mon 20th Sept 2027" and "2027-9-20" are 2027-09-20.
 *
 * @returns `null` for what is no day of the calendar, such as 30/2/2027, or names no year of four digits.
 */
export const readTypedDay = (text: string): string | null => read(text, patterns);

/** Whether a text is written as a day is, though its month may have no such day: 31/2/2026. */
export const isWrittenAsDay = (text: string): boolean => {
  const plain = plainOf(text);
  return patterns.some(([pattern]) => pattern.test(plain));
};

/** As `readTypedDay`; a month alone, "September 2027", "9/2027" or "2027-09", means its first day. */
export const readTypedDayOrMonth = (text: string): string | null => read(text, [...patterns, ...monthPatterns]);
