import { z } from 'zod';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { forgetWords } from '../store/enquiries.ts';

/** Days for which the words of a settled question are kept, in case whoever asked comes back: as the privacy page says. */
const keptDays = 365;

export const forgetSettledJob: JobDefinition = {
  name: 'have-your-say.forget-settled',
  title: 'Forget the words of questions that were settled',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 120,
  kind: 'stepwise',
  run: async (ctx) => {
    const count = await forgetWords(ctx, new Date(ctx.clock().getTime() - keptDays * 86_400_000));
    return count === 0 ? 'Nothing was that old.' : `Forgot ${count}.`;
  },
};
