import { type WordsFound, wholeWords, wordsIn } from '#kernel/words-in.ts';
import type { TitleRule } from './mark-rules.ts';

/** Where a title holds words that it must not hold. Capitals make no difference. */
export const forbiddenInTitle = (title: string, rule: TitleRule): readonly WordsFound[] => wordsIn(title, rule.words);

/** The title without the words, as it may stand. */
export const mendedTitle = (title: string, rule: TitleRule): string =>
  title
    .replaceAll(/\([^()]*\)/g, (inside) => (forbiddenInTitle(inside, rule).length > 0 ? ' ' : inside))
    .replace(wholeWords(rule.words), ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s:,–—-]+|[\s:,–—-]+$/g, '')
    .replace(/^(?:in|of|for)\s+/i, '')
    .replaceAll(/\s+([:,])/g, '$1')
    // What led up to the words and now leads to nothing: "Networks, a Higher Technical Qualification".
    .replace(/(?:[\s:,(–—-]+(?:an?|the|our|is|as|new|approved))*[\s:,(–—-]*$/i, '')
    .trim();

/** Whether the words stand only as the suffix that one kind of listing permits. */
export const isListingTitle = (title: string, rule: TitleRule): boolean => {
  const { suffix } = rule.listing;
  const found = forbiddenInTitle(title, rule);
  return found.length === 1 && title.trimEnd().toLowerCase().endsWith(suffix.toLowerCase());
};
