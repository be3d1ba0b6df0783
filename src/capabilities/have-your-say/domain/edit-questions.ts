import type { Question, Questionnaire, Section } from './questionnaire.ts';

/** Changes to questions that are being written: each takes the whole and gives it back changed. */
type Change = (all: Questionnaire) => Questionnaire;

export const putSection =
  (section: Omit<Section, 'questions'>): Change =>
  (all) =>
    all.sections.some((one) => one.id === section.id)
      ? { sections: all.sections.map((one) => (one.id === section.id ? { ...one, ...section } : one)) }
      : { sections: [...all.sections, { ...section, questions: [] }] };

/** Puts a question into a section: in its place if it was there, else at the end. */
export const putQuestion =
  (section: string, question: Question): Change =>
  (all) => ({
    sections: all.sections.map((one) => {
      const here = one.questions.some((each) => each.id === question.id);
      if (one.id === section)
        return {
          ...one,
          questions: here
            ? one.questions.map((each) => (each.id === question.id ? question : each))
            : [...one.questions, question],
        };
      return here ? { ...one, questions: one.questions.filter((each) => each.id !== question.id) } : one;
    }),
  });

const moved = <One extends { readonly id: string }>(list: readonly One[], id: string, by: -1 | 1): One[] => {
  const at = list.findIndex((one) => one.id === id);
  const one = list[at];
  const to = at + by;
  if (!one || to < 0 || to >= list.length) return [...list];
  const rest = list.filter((each) => each.id !== id);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
};

/** Moves a section or a question one place up or down. */
export const move =
  (id: string, by: -1 | 1): Change =>
  (all) => ({
    sections: moved(all.sections, id, by).map((one) => ({ ...one, questions: moved(one.questions, id, by) })),
  });

/** Takes a section with its questions, or a question, out. Answers that were given to it stay with the version they answered. */
export const takeOut =
  (id: string): Change =>
  (all) => ({
    sections: all.sections
      .filter((one) => one.id !== id)
      .map((one) => ({ ...one, questions: one.questions.filter((each) => each.id !== id) })),
  });
