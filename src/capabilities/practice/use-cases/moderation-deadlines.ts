import data from '../../../../data/moderation-deadlines.json' with { type: 'json' };
import type { Example } from '../domain/example.ts';
import { answerBy, deadlineFor, deadlinesFile } from '../domain/moderation.ts';

export const { deadlines } = deadlinesFile.parse(data);

/** ISO date by which whoever sent it hears of it. */
export const dueDayOf = (one: Pick<Example, 'sentAt'>, now: Date): string => {
  const sentAt = one.sentAt ?? now;
  return answerBy(deadlineFor(deadlines, sentAt), sentAt);
};
