import { dayWords, londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { daysAfter } from '../domain/day.ts';
import { type Entry, isConfirmed } from '../domain/register-entry.ts';

export type Stage = {
  /** Where the qualification stands, as a part of a heading. */
  readonly title: string;
  readonly todo: readonly { readonly text: string; readonly when: string }[];
};

/** Days before a review is due from which it is said: a year, since a review takes that long to prepare. */
const reviewNear = 365;

/**
 * What to do next about a qualification, by where it stands. After GOV.UK's pages on changes to, reviews of and withdrawal
 * from technical qualifications (2025), and the terms of the mark as far as they are known.
 */
export const stageOf = async (ctx: Context, entry: Entry): Promise<Stage> => {
  const today = londonDay(ctx.clock());
  const unconfirmed = entry.offers.filter((one) => !isConfirmed(one, today));
  const confirm =
    unconfirmed.length > 0
      ? [{ text: 'The awarding organisation confirms the offers that are not confirmed', when: '' }]
      : [];
  const answers = entry.changes.some((one) => one.answer === 'waiting')
    ? [{ text: 'A proposed major change waits for an answer: nothing of it is taught before', when: '' }]
    : [];
  switch (entry.state.kind) {
    case 'withdrawn':
      return {
        title: 'withdrawn',
        todo: [
          { text: 'Take the quality mark and the letters HTQ out of every page and prospectus', when: 'at once' },
          {
            text: 'Tell learners who are on the course, and those who applied, what it means for them',
            when: 'at once',
          },
          { text: 'Change the title on listings that name it as an HTQ', when: 'at once' },
          { text: 'The awarding organisation may ask for a procedural review', when: '' },
        ],
      };
    case 'approved-not-yet-taught':
      return {
        title: 'approved, and not taught yet',
        todo: [
          {
            text: 'Say the first teach date wherever it is called an HTQ',
            when: `until ${dayWords(entry.state.firstTeach)}`,
          },
          { text: 'Plan the delivery from the first lesson backwards', when: '' },
          ...confirm,
        ],
      };
    case 'approved': {
      const due = entry.approvals
        .flatMap((one) => one.nextReview ?? [])
        .toSorted()
        .find((one) => one <= daysAfter(today, reviewNear));
      return {
        title: due ? (due < today ? 'its review is overdue' : 'its review is near') : 'approved and taught',
        todo: [
          ...(due
            ? [
                {
                  text: 'Prepare the review by the latest criteria: proof of coverage, employers’ evidence, assessment',
                  when: `due ${dayWords(due)}`,
                },
              ]
            : []),
          ...answers,
          ...confirm,
          { text: 'Enter minor changes as they are made, and propose major ones before they are taught', when: '' },
        ],
      };
    }
    case 'not-approved':
      return {
        title: 'not approved',
        todo: [
          { text: 'Prove that every combination of units covers the occupation', when: '' },
          { text: 'Ask for the support session, which comes before the application form', when: '' },
          { text: 'Hand it in within the window of a cycle that has its route and standard in scope', when: '' },
        ],
      };
  }
};
