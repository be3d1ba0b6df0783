import { sizeWords } from '#web/words.ts';
import type { AnswerFile } from '../domain/answer.ts';
import { answerWords, type Given, optionsOf, type Question } from '../domain/questionnaire.ts';

/** A question as a form shows it. */
export type ShownQuestion = {
  readonly id: string;
  readonly kind: Question['kind'];
  readonly title: string;
  readonly hint: string;
  readonly long: boolean;
  readonly error: string;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly text: string; readonly chosen: boolean }[];
  readonly files: readonly { readonly id: string; readonly name: string; readonly size: string }[];
};

/** "1 is not at all, 5 is fully": above a scale, whose steps stand in one line. */
const endsWords = (one: Extract<Question, { kind: 'scale' }>): string =>
  [
    one.leastWords === '' ? '' : `${one.least} is ${one.leastWords}`,
    one.mostWords === '' ? '' : `${one.most} is ${one.mostWords}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

export const shownQuestion = (
  one: Question,
  values: readonly string[],
  error: string,
  files: readonly AnswerFile[],
): ShownQuestion => ({
  id: one.id,
  kind: one.kind,
  title: one.required ? one.title : `${one.title} (optional)`,
  hint: [one.hint, one.kind === 'scale' ? endsWords(one) : ''].filter((part) => part !== '').join('. '),
  long: one.kind === 'text' && one.long,
  error,
  value: values[0] ?? '',
  options: [
    ...optionsOf(one).map((each) => ({
      id: each.id,
      text: one.kind === 'scale' ? each.id : each.text,
      chosen: values.includes(each.id),
    })),
    // A radio button that was pressed cannot be let go: this takes the answer back.
    ...(!one.required && (one.kind === 'one-of' || one.kind === 'scale')
      ? [{ id: '', text: 'No answer', chosen: values.includes('') }]
      : []),
  ],
  files: files
    .filter((file) => file.question === one.id)
    .map((file) => ({ id: file.id, name: file.name, size: sizeWords(file.size) })),
});

/** What was answered, as the values that a form would send. */
export const valuesOf = (one: Question, answers: Given): readonly string[] => {
  const value = answers[one.id];
  return value === undefined ? [] : Array.isArray(value) ? value : [String(value)];
};

/** A question and what was answered, in words. */
export const answeredWords = (one: Question, answers: Given, files: readonly AnswerFile[]): string =>
  one.kind === 'file'
    ? files
        .filter((file) => file.question === one.id)
        .map((file) => file.name)
        .join('\n')
    : answerWords(one, answers[one.id]);
