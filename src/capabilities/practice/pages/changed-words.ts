import { changeWords, compareTexts, countChanges, type Run } from '#platform/documents/compare-texts.ts';
import type { ExampleText } from '../domain/example.ts';
import type { ChangedWords } from '../domain/moderation.ts';

type Field = {
  readonly name: keyof ChangedWords;
  readonly title: string;
  readonly rows: number;
  readonly hint: string;
};

/** The words that a moderator may change, in the order in which an example says them. */
export const changeableFields: readonly Field[] = [
  { name: 'title', title: 'Title', rows: 0, hint: '' },
  { name: 'provider', title: 'Provider', rows: 0, hint: '' },
  { name: 'summary', title: 'What was done', rows: 6, hint: '' },
  { name: 'steps', title: 'Its steps', rows: 5, hint: 'One a line' },
  { name: 'costTime', title: 'How long it took', rows: 0, hint: '' },
  { name: 'costPeople', title: 'Who worked on it', rows: 0, hint: '' },
  { name: 'result', title: 'What came of it', rows: 3, hint: '' },
  { name: 'resultKnown', title: 'How that is known', rows: 0, hint: '' },
  { name: 'differently', title: 'What they would do differently', rows: 3, hint: '' },
  { name: 'links', title: 'Links', rows: 3, hint: 'One a line, beginning with https://' },
];

/** A field's words as a form has them: lists are a line each. */
export const wordsOf = (text: ExampleText, name: keyof ChangedWords): string => {
  const value = text[name];
  return typeof value === 'string' ? value : value.join('\n');
};

/** Who can be asked, in one line; empty: nobody is named. */
export const contactOf = (text: ExampleText): string =>
  [text.contactName, text.contactAddress].filter((part) => part !== '').join(', ');

export type ShownChange = { readonly title: string; readonly runs: readonly Run[]; readonly words: string };

/** What is different between two texts of an example, field by field, word by word. */
export const changesBetween = (before: ExampleText, after: ExampleText): readonly ShownChange[] =>
  [
    ...changeableFields.map(({ name, title }) => ({
      title,
      was: wordsOf(before, name),
      is: wordsOf(after, name),
    })),
    { title: 'Who can be asked', was: contactOf(before), is: contactOf(after) },
  ].flatMap(({ title, was, is }) => {
    const runs = compareTexts(was, is);
    return runs.some((run) => run.kind !== 'same') ? [{ title, runs, words: changeWords(countChanges(runs)) }] : [];
  });
