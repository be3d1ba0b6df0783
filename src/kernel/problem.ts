/**
 * One thing that is wrong with what was brought in, and where.
 *
 * `path` is the place in the author's own terms: `rules.choose[0].from[3]` in a JSON file,
 * `Structure!C7` in a workbook, `row 12, column ukprn` in a CSV.
 * `message` says what was found and what was expected, and stands alone as a sentence.
 */
export type Problem = { readonly path: string; readonly message: string };

/** A path within a JSON value as people write it: `rules.choose[0].from[3]`. */
export const pathWords = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
