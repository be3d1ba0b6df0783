import { z } from 'zod';

/**
 * Questions as data: sections with questions, some of them asked only after a certain answer. One description is enough to lay
 * out the pages, to read what was sent, to tell which page comes next and to lay the answers out again.
 */
const condition = z.object({ question: z.string(), options: z.array(z.string()) });
/** Asked only where one of these options was chosen; null: always. */
export type Condition = z.infer<typeof condition>;

const asked = {
  id: z.string(),
  title: z.string(),
  hint: z.string(),
  required: z.boolean(),
  when: condition.nullable(),
};
const option = z.object({ id: z.string(), text: z.string() });
export type Option = z.infer<typeof option>;

const question = z.discriminatedUnion('kind', [
  z.object({ ...asked, kind: z.literal('text'), long: z.boolean() }),
  z.object({ ...asked, kind: z.literal('one-of'), options: z.array(option) }),
  z.object({ ...asked, kind: z.literal('several-of'), options: z.array(option) }),
  z.object({
    ...asked,
    kind: z.literal('scale'),
    least: z.number(),
    most: z.number(),
    leastWords: z.string(),
    mostWords: z.string(),
  }),
  z.object({ ...asked, kind: z.literal('number'), least: z.number().nullable(), most: z.number().nullable() }),
  z.object({ ...asked, kind: z.literal('file') }),
]);
export type Question = z.infer<typeof question>;
export type QuestionKind = Question['kind'];

export const questionKindWords: Readonly<Record<QuestionKind, string>> = {
  text: 'Text',
  'one-of': 'One of a list',
  'several-of': 'Several of a list',
  scale: 'A scale',
  number: 'A number',
  file: 'Files',
};
export const questionKinds = Object.keys(questionKindWords) as readonly QuestionKind[];

const section = z.object({
  id: z.string(),
  title: z.string(),
  lead: z.string(),
  when: condition.nullable(),
  questions: z.array(question),
});
export type Section = z.infer<typeof section>;

export const questionnaire = z.object({ sections: z.array(section) });
export type Questionnaire = z.infer<typeof questionnaire>;

/** A text; the id of an option, or several; a number of a scale or otherwise. What was not answered is not there. */
export const given = z.record(z.string(), z.union([z.string(), z.array(z.string()), z.number()]));
export type Given = z.infer<typeof given>;

export const allQuestions = (all: Questionnaire): readonly Question[] => all.sections.flatMap((one) => one.questions);

/** Options of a question that has some; the steps of a scale. */
export const optionsOf = (one: Question): readonly Option[] => {
  switch (one.kind) {
    case 'one-of':
    case 'several-of':
      return one.options;
    case 'scale':
      return Array.from({ length: one.most - one.least + 1 }, (_, index) => {
        const step = one.least + index;
        const words = index === 0 ? one.leastWords : step === one.most ? one.mostWords : '';
        return { id: String(step), text: words === '' ? String(step) : `${step}: ${words}` };
      });
    case 'text':
    case 'number':
    case 'file':
      return [];
  }
};

const holds = (when: Condition | null, answers: Given): boolean => {
  if (!when) return true;
  const value = answers[when.question];
  const chosen = Array.isArray(value) ? value : value === undefined ? [] : [String(value)];
  return chosen.some((one) => when.options.includes(one));
};

/** What is asked of whoever answered so: a section without any question to ask is passed over. */
export const askedSections = (all: Questionnaire, answers: Given): readonly Section[] =>
  all.sections
    .filter((one) => holds(one.when, answers))
    .map((one) => ({ ...one, questions: one.questions.filter((each) => holds(each.when, answers)) }))
    .filter((one) => one.questions.length > 0);

/**
 * Without answers to what is no longer asked of them, such as after a change of mind. Conditions look back, so that one pass
 * in the order of the questions settles it.
 */
export const onlyAsked = (all: Questionnaire, answers: Given): Given => {
  const kept: Given = {};
  for (const one of all.sections)
    for (const each of one.questions) {
      const value = answers[each.id];
      if (value !== undefined && holds(one.when, kept) && holds(each.when, kept)) kept[each.id] = value;
    }
  return kept;
};

/** Characters of one text: more is taken as a file. */
export const longestAnswer = 20_000;

export type ReadQuestion = { readonly value: Given[string] | undefined; readonly problem: string | null };

/** What a form says to one question. @param sent the values under its name. Files come another way. */
export const readQuestion = (one: Question, sent: readonly string[]): ReadQuestion => {
  const typed = (sent[0] ?? '').replaceAll('\r\n', '\n').trim();
  const wrong = (problem: string): ReadQuestion => ({ value: undefined, problem });
  const fine = (value: Given[string] | undefined): ReadQuestion => ({ value, problem: null });
  switch (one.kind) {
    case 'text': {
      if (typed === '') return one.required ? wrong('Enter your answer') : fine(undefined);
      if (typed.length > longestAnswer)
        return wrong(
          `Use up to ${longestAnswer.toLocaleString('en-GB')} characters: this has ${typed.length.toLocaleString('en-GB')}`,
        );
      return fine(typed);
    }
    case 'one-of': {
      const chosen = one.options.find((each) => each.id === typed);
      return chosen ? fine(chosen.id) : one.required ? wrong('Choose one') : fine(undefined);
    }
    case 'several-of': {
      const chosen = one.options.filter((each) => sent.includes(each.id)).map((each) => each.id);
      return chosen.length > 0 ? fine(chosen) : one.required ? wrong('Choose at least one') : fine(undefined);
    }
    case 'scale': {
      const step = optionsOf(one).find((each) => each.id === typed);
      return step ? fine(Number(step.id)) : one.required ? wrong('Choose a step') : fine(undefined);
    }
    case 'number': {
      if (typed === '') return one.required ? wrong('Enter a number') : fine(undefined);
      const plain = typed.replaceAll(/[£,\s]/g, '');
      if (!/^-?\d{1,12}(?:\.\d{1,6})?$/.test(plain)) return wrong('Enter a number, such as 25');
      const number = Number(plain);
      if (one.least !== null && number < one.least) return wrong(`Enter ${one.least} or more`);
      if (one.most !== null && number > one.most) return wrong(`Enter ${one.most} or less`);
      return fine(number);
    }
    case 'file':
      return fine(undefined);
  }
};

/** An answer in words. */
export const answerWords = (one: Question, value: Given[string] | undefined): string => {
  if (value === undefined) return '';
  const wordsOf = (id: string): string => optionsOf(one).find((each) => each.id === id)?.text ?? id;
  if (Array.isArray(value)) return value.map(wordsOf).join('; ');
  return one.kind === 'one-of' || one.kind === 'scale' ? wordsOf(String(value)) : String(value);
};

/** Why questions cannot be put to use as they are; empty: they can. */
export const questionnaireProblems = (all: Questionnaire): readonly string[] => {
  const problems: string[] = [];
  const before = new Map<string, Question>();
  const checkWhen = (when: Condition | null, title: string): void => {
    if (!when) return;
    const on = before.get(when.question);
    if (!on) problems.push(`“${title}” hangs on a question that does not come before it`);
    else if (!when.options.some((id) => optionsOf(on).some((each) => each.id === id)))
      problems.push(`“${title}” hangs on an answer that “${on.title}” no longer offers`);
  };
  if (all.sections.every((one) => one.questions.length === 0)) problems.push('There is no question yet');
  for (const one of all.sections) {
    checkWhen(one.when, one.title);
    for (const each of one.questions) {
      checkWhen(each.when, each.title);
      if ((each.kind === 'one-of' || each.kind === 'several-of') && each.options.length < 2)
        problems.push(`“${each.title}” has fewer than two answers to choose from`);
      before.set(each.id, each);
    }
  }
  return problems;
};
