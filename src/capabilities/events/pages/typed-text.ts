import type { FormProblem } from '#web/form-problem.ts';

/** What was typed one a line. */
export const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const tooLong = (field: string, text: string, most: number): readonly FormProblem[] =>
  text.length > most ? [{ field, text: `Use up to ${most.toLocaleString('en-GB')} characters` }] : [];
