import type { FormProblem } from '#web/form-problem.ts';

/** What was typed one a line. */
export const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** @param what the field is called in the message, which also stands far from it: "the title". */
export const tooLong = (field: string, text: string, most: number, what = ''): readonly FormProblem[] =>
  text.length > most
    ? [{ field, text: `Use up to ${most.toLocaleString('en-GB')} characters${what ? ` for ${what}` : ''}` }]
    : [];
