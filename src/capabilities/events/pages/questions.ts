import type { HeldEvent } from '../domain/event.ts';

/** The field of the answer to a question, by the question's place. */
export const answerField = (at: number): string => `answer-${at + 1}`;

/** The event's questions as fields of a form. */
export const questionsOf = (event: HeldEvent, answers: readonly string[]) =>
  event.text.questions.map((text, at) => ({ field: answerField(at), text, typed: answers[at] ?? '' }));
