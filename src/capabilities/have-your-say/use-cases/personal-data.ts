import { addressOf } from '#cap/accounts';
import type { PersonalData } from '#platform/personal-data.ts';
import { forget, heldOf } from '../store/enquiries.ts';
import { forgetReader } from '../store/reading.ts';
import { answersOf, forgetAnswersOf } from '../store/round-answers.ts';

export const enquiryData: PersonalData = {
  title: 'What you asked and answered',
  held: async (ctx, person) => heldOf(ctx, person, await addressOf(ctx, person)),
  erase: async (ctx, person) => forget(ctx, person, await addressOf(ctx, person)),
};

/** What was sent stays, as an answer of nobody: it was counted. */
export const roundAnswerData: PersonalData = {
  title: 'Your answers to rounds',
  held: async (ctx, person) => answersOf(ctx, person, await addressOf(ctx, person)),
  erase: async (ctx, person) => {
    await forgetAnswersOf(ctx, person, await addressOf(ctx, person));
    await forgetReader(ctx, person);
  },
};
