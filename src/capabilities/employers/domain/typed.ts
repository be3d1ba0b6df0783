import { readTypedDay } from '#kernel/typed-day.ts';

/** What was typed or found in a file, by field; a list has several values. */
export type Typed = Readonly<Record<string, readonly string[]>>;

export type FieldProblem = { readonly field: string; readonly text: string };

export type Read<Text> = { readonly problems: readonly FieldProblem[]; readonly text: Text };

/** Characters of a line, and of a longer text. */
export const longestLine = 200;
export const longestText = 5000;

/** One line, its blanks made one. */
export const lineOf = (typed: Typed, field: string): string =>
  (typed[field]?.[0] ?? '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** A text of several lines, as it was typed. */
export const textOf = (typed: Typed, field: string): string =>
  (typed[field]?.[0] ?? '').replaceAll('\r\n', '\n').replaceAll('\0', '').trim();

/** Gathers what is wrong. */
export const makeProblems = () => {
  const problems: FieldProblem[] = [];
  return {
    problems,
    wrong: (field: string, text: string): void => {
      problems.push({ field, text });
    },
    /** A line that has to be there, or not, and is not too long. */
    line: (typed: Typed, field: string, missing = ''): string => {
      const line = lineOf(typed, field);
      if (line === '' && missing !== '') problems.push({ field, text: missing });
      if (line.length > longestLine) problems.push({ field, text: `Use up to ${longestLine} characters` });
      return line;
    },
    text: (typed: Typed, field: string, missing = ''): string => {
      const text = textOf(typed, field);
      if (text === '' && missing !== '') problems.push({ field, text: missing });
      if (text.length > longestText)
        problems.push({ field, text: `Use up to ${longestText.toLocaleString('en-GB')} characters` });
      return text;
    },
  };
};

/** The first and the last day that a record speaks of: beyond them a day is a slip of the pen. */
const firstDay = '2000-01-01';
const lastDay = '2099-12-31';

/** A day as people write it, such as 30/11/2026 or 30 November 2026, ISO; `null`: it is none of this century. */
export const readDay = (typed: string): string | null => {
  const day = readTypedDay(typed);
  return day !== null && day >= firstDay && day <= lastDay ? day : null;
};

/** ST0116 and its like, of one field: with commas, semicolons or blanks between them. @returns the first that is none, too. */
export const readReferences = (
  typed: readonly string[],
): { readonly references: readonly string[]; readonly wrong: string | null } => {
  const words = typed
    .join(' ')
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && word !== 'AND');
  const wrong = words.find((word) => !/^[A-Z]{2,4}\d{3,5}[A-Z]?$/.test(word)) ?? null;
  return { references: [...new Set(words)], wrong };
};

export const notAReference = (wrong: string): string =>
  `“${wrong.slice(0, 40)}” is no reference of a standard: enter it like ST0116`;
