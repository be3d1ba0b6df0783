import type { FormProblem } from '#web/form-problem.ts';
import type { ExampleText } from '../domain/example.ts';
import type { ExampleFile } from '../domain/example-file.ts';
import type { ChangedWords } from '../domain/moderation.ts';
import { changeableFields, changesBetween } from './changed-words.ts';
import { isLink, lines, readText, tooLong } from './share-steps.ts';

/** The words as a moderator has changed them. */
export const changedWords = (fields: URLSearchParams): ChangedWords => {
  const text = (name: keyof ChangedWords) => readText(fields, name);
  return {
    title: text('title'),
    provider: text('provider'),
    summary: text('summary'),
    steps: [...lines(text('steps'))],
    differently: text('differently'),
    costTime: text('costTime'),
    costPeople: text('costPeople'),
    result: text('result'),
    resultKnown: text('resultKnown'),
    links: [...lines(text('links'))],
  };
};

/** Whether a moderator takes out who can be asked. */
export const losesContact = (fields: URLSearchParams): boolean => fields.get('withoutContact') === 'yes';

/** Why files are held back, by their ids. */
export const heldBackIn = (fields: URLSearchParams): ReadonlyMap<string, string> =>
  new Map(
    [...fields.keys()]
      .filter((name) => name.startsWith('hold-'))
      .map((name) => [name.slice(5), readText(fields, name)]),
  );

/** Whether a form says other words than those that stand, or holds back other files; what it does not have counts as it stands. */
export const differs = (before: ExampleText, files: readonly ExampleFile[], fields: URLSearchParams): boolean => {
  const sent = changedWords(fields);
  const named = changeableFields.filter(({ name }) => fields.has(name)).map(({ name }) => [name, sent[name]]);
  const heldBack = heldBackIn(fields);
  return (
    losesContact(fields) ||
    changesBetween(before, { ...before, ...Object.fromEntries(named) }).length > 0 ||
    files.some((file) => (heldBack.get(file.id) ?? file.heldBack ?? '') !== (file.heldBack ?? ''))
  );
};

/** What is wrong with a moderator's own change. */
export const redactionProblems = (
  before: ExampleText,
  fields: URLSearchParams,
  files: readonly ExampleFile[],
): readonly FormProblem[] => {
  const changed = changedWords(fields);
  const heldBack = heldBackIn(fields);
  return [
    ...(changed.title === '' ? [{ field: 'title', text: 'Leave it a title' }] : []),
    ...tooLong(
      fields,
      changeableFields.map(({ name }) => name),
    ),
    ...(changed.provider === '' && before.provider !== ''
      ? [{ field: 'provider', text: 'Leave in the provider' }]
      : []),
    ...(changed.summary === '' ? [{ field: 'summary', text: 'Leave in what was done, or decline it' }] : []),
    ...(changed.links.every(isLink)
      ? []
      : [{ field: 'links', text: 'Enter addresses that begin with https://, one a line' }]),
    ...(!losesContact(fields) &&
    changesBetween(before, { ...before, ...changed }).length === 0 &&
    files.every((file) => (heldBack.get(file.id) ?? '') === (file.heldBack ?? ''))
      ? [
          {
            field: 'summary',
            text: 'You have changed no word and held back no file: choose another decision, or change something',
          },
        ]
      : []),
  ];
};
