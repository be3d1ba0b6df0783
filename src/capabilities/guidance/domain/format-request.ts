import { londonDay } from '#kernel/london-time.ts';

/** Forms that people ask for; the words are those of the form. */
export const otherFormats = [
  'Large print',
  'Braille',
  'Audio',
  'Easy read',
  'British Sign Language',
  'Plain text',
  'A paper copy',
  'Something else',
] as const;

/**
 * Working days in which an answer is due: twenty, as the Freedom of Information Act 2000, section 10, gives public
 * bodies for an answer to what they were asked; the Equality Act 2010 names no number for its reasonable adjustments.
 */
export const answerWorkingDays = 20;

/** The day after so many working days. Bank holidays are not counted out, so the answer may come due a little early. */
export const dueAfter = (from: Date, workingDays: number): string => {
  const day = new Date(`${londonDay(from)}T00:00:00Z`);
  for (let left = workingDays; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6) left -= 1;
  }
  return day.toISOString().slice(0, 10);
};

export type FormatRequest = {
  readonly id: string;
  readonly page: string;
  readonly pageTitle: string;
  readonly wanted: string;
  readonly details: string;
  readonly madeAt: Date;
  readonly due: string;
  readonly answeredAt: Date | null;
  readonly answer: string | null;
};

export type MadeOnRequest = {
  readonly id: string;
  readonly wanted: string;
  readonly file: string;
  readonly ending: string;
  readonly size: number;
  readonly answeredAt: Date;
};
