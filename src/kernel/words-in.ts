const escaped = (words: string): string => words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+');

/** Finds any of these words, whole, in any case, the longest first; a hyphen or a slash ends a word, as in "HTQ-approved". */
export const wholeWords = (words: readonly string[]): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${words
      .toSorted((one, other) => other.length - one.length)
      .map(escaped)
      .join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  );

export type WordsFound = { readonly words: string; readonly at: number };

/** Where a text holds any of these words. */
export const wordsIn = (text: string, words: readonly string[]): readonly WordsFound[] =>
  [...text.matchAll(wholeWords(words))].map((match) => ({ words: match[0], at: match.index }));
