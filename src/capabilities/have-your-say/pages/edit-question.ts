import type { FormProblem } from '#web/form-problem.ts';
import {
  allQuestions,
  type Condition,
  optionsOf,
  type Question,
  type Questionnaire,
  questionKinds,
} from '../domain/questionnaire.ts';

export type TypedQuestion = {
  readonly kind: string;
  readonly title: string;
  readonly hint: string;
  readonly options: string;
  readonly least: string;
  readonly most: string;
  readonly leastWords: string;
  readonly mostWords: string;
  readonly long: boolean;
  readonly required: boolean;
};

export const typedOfQuestion = (one: Question): TypedQuestion => ({
  kind: one.kind,
  title: one.title,
  hint: one.hint,
  options:
    one.kind === 'one-of' || one.kind === 'several-of' ? one.options.map((option) => option.text).join('\n') : '',
  least: one.kind === 'scale' || one.kind === 'number' ? String(one.least ?? '') : '',
  most: one.kind === 'scale' || one.kind === 'number' ? String(one.most ?? '') : '',
  leastWords: one.kind === 'scale' ? one.leastWords : '',
  mostWords: one.kind === 'scale' ? one.mostWords : '',
  long: one.kind === 'text' && one.long,
  required: one.required,
});

export const emptyQuestion = (kind: string): TypedQuestion => ({
  kind,
  title: '',
  hint: '',
  options: '',
  least: kind === 'scale' ? '1' : '',
  most: kind === 'scale' ? '5' : '',
  leastWords: '',
  mostWords: '',
  long: kind === 'text',
  required: false,
});

export const typedQuestion = (fields: URLSearchParams): TypedQuestion => {
  const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim().slice(0, 5000);
  return {
    kind: questionKinds.find((one) => one === text('kind')) ?? '',
    title: text('title'),
    hint: text('hint'),
    options: text('options'),
    least: text('least'),
    most: text('most'),
    leastWords: text('leastWords'),
    mostWords: text('mostWords'),
    long: fields.get('long') === 'yes',
    required: fields.get('required') === 'yes',
  };
};

/** Condition from the checkboxes: answers of the first question that has one ticked. */
export const readWhen = (fields: URLSearchParams): Condition | null => {
  const ticked = fields.getAll('when').map((one) => one.split('/'));
  const question = ticked[0]?.[0];
  return question
    ? { question, options: ticked.filter(([of]) => of === question).map(([, option = '']) => option) }
    : null;
};

export const conditionWords = (all: Questionnaire, when: Condition | null): string => {
  if (!when) return '';
  const on = allQuestions(all).find((one) => one.id === when.question);
  const words = on
    ? when.options.map((id) => optionsOf(on).find((option) => option.id === id)?.text ?? 'an answer taken out')
    : [];
  return on ? `Asked after “${words.join('” or “')}” to “${on.title}”` : 'Asked after a question that was taken out';
};

export type WhenGroup = {
  readonly title: string;
  readonly place: number;
  readonly options: readonly { readonly value: string; readonly text: string; readonly chosen: boolean }[];
};

/** Answers on which something may hang: those of questions before it. */
export const whenGroups = (all: Questionnaire, before: string | null, when: Condition | null): readonly WhenGroup[] => {
  const questions: Question[] = [];
  for (const section of all.sections) {
    if (section.id === before) break;
    const at = section.questions.findIndex((one) => one.id === before);
    questions.push(...(at < 0 ? section.questions : section.questions.slice(0, at)));
    if (at >= 0) break;
  }
  return questions
    .filter((one) => optionsOf(one).length > 0)
    .map((one, place) => ({
      title: one.title,
      place,
      options: optionsOf(one).map((option) => ({
        value: `${one.id}/${option.id}`,
        text: option.text,
        chosen: when?.question === one.id && when.options.includes(option.id),
      })),
    }));
};

const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The question that a form describes, or what is wrong with it. @param before as it was, so that options keep their ids. */
export const readEdited = (
  typed: TypedQuestion,
  id: string,
  when: Condition | null,
  before: Question | null,
): { readonly problems: readonly FormProblem[]; readonly question: Question | null } => {
  const problems: FormProblem[] = typed.title === '' ? [{ field: 'title', text: 'Enter the question' }] : [];
  // Answers that were given are of its kind: another kind is another question.
  if (before && before.kind !== typed.kind)
    problems.push({ field: '', text: 'A question stays of its kind: take it out, and add another' });
  const asked = { id, title: typed.title, hint: typed.hint, required: typed.required, when };
  const number = (text: string): number | null => (/^-?\d{1,9}(?:\.\d{1,3})?$/.test(text) ? Number(text) : null);
  const least = number(typed.least);
  const most = number(typed.most);
  const done = (question: Question) => ({ problems, question: problems.length > 0 ? null : question });
  switch (typed.kind) {
    case 'text':
      return done({ ...asked, kind: 'text', long: typed.long });
    case 'file':
      return done({ ...asked, kind: 'file' });
    case 'one-of':
    case 'several-of': {
      const texts = lines(typed.options);
      if (texts.length < 2) problems.push({ field: 'options', text: 'Enter two answers or more, one a line' });
      if (new Set(texts).size !== texts.length) problems.push({ field: 'options', text: 'Two answers are the same' });
      const had = before && (before.kind === 'one-of' || before.kind === 'several-of') ? before.options : [];
      const used = new Set(had.filter((one) => texts.includes(one.text)).map((one) => one.id));
      let next = had.reduce((most, one) => Math.max(most, Number(one.id.slice(1)) || 0), 0);
      const options = texts.map((text, index) => {
        const same = had.find((one) => one.text === text);
        const place = had[index];
        if (same) return same;
        // Words that were mended in their place are the same answer.
        if (place && !used.has(place.id) && had.length === texts.length) return { id: place.id, text };
        next += 1;
        return { id: `o${next}`, text };
      });
      return done({ ...asked, kind: typed.kind, options });
    }
    case 'scale':
      if (least !== 0 && least !== 1) problems.push({ field: 'least', text: 'Begin the scale at 0 or 1' });
      if (most === null || !Number.isInteger(most) || most < 2 || most > 10)
        problems.push({ field: 'most', text: 'End the scale at a whole number from 2 to 10' });
      return done({
        ...asked,
        kind: 'scale',
        least: least ?? 1,
        most: most ?? 5,
        leastWords: typed.leastWords,
        mostWords: typed.mostWords,
      });
    case 'number':
      if (typed.least !== '' && least === null) problems.push({ field: 'least', text: 'Enter a number' });
      if (typed.most !== '' && most === null) problems.push({ field: 'most', text: 'Enter a number' });
      if (least !== null && most !== null && least > most)
        problems.push({ field: 'most', text: 'Enter a number that is not below the least' });
      return done({ ...asked, kind: 'number', least, most });
    default:
      return { problems: [{ field: '', text: 'Choose the kind of question' }], question: null };
  }
};
