import { z } from 'zod';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { addressDays, draftDays, keyDays, unconfirmedDays } from '../domain/answer.ts';
import { forgetWords } from '../store/enquiries.ts';
import { deleteLeft, dropOldAddresses } from '../store/round-answers.ts';
import { dropKeys } from '../store/rounds.ts';

/** Days for which the words of a settled question are kept, in case whoever asked comes back: as the privacy page says. */
const keptDays = 365;

export const forgetSettledJob: JobDefinition = {
  name: 'have-your-say.forget-settled',
  title:
    'Forget the words of questions that were settled, answers that were never sent, and addresses kept for too long',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 120,
  kind: 'stepwise',
  run: async (ctx) => {
    const ago = (days: number): Date => new Date(ctx.clock().getTime() - days * 86_400_000);
    const words = await forgetWords(ctx, ago(keptDays));
    const left = await ctx.transaction(
      async (inside) =>
        (await deleteLeft(inside, 'draft', ago(draftDays))) +
        (await deleteLeft(inside, 'unconfirmed', ago(unconfirmedDays))),
    );
    const keys = await dropKeys(ctx, ago(keyDays));
    const addresses = await dropOldAddresses(ctx, ago(addressDays));
    return `Forgot ${words} questions and ${left} answers; threw away the keys of ${keys} rounds and ${addresses} addresses that nobody was told by.`;
  },
};
