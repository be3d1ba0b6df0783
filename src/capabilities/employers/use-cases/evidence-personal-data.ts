import { z } from 'zod';
import { addressOf, periodsAt } from '#cap/accounts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { PersonalData } from '#platform/personal-data.ts';
import { decisionsBy, measuresBy } from '../store/evidence.ts';
import { deleteUnsignedLetters, lettersAbout, releaseEvidenceOf, removeSigner } from '../store/letters.ts';

/** Letters that a person drafted or signed, and what they decided of attendances and numbers. */
export const evidenceData: PersonalData = {
  title: 'Letters and evidence of employers',
  held: async (ctx, person) => ({
    ...(await lettersAbout(ctx, person, await addressOf(ctx, person))),
    attendances: await decisionsBy(ctx, person),
    numbers: await measuresBy(ctx, person),
  }),
  erase: async (ctx, person) => {
    const { signed } = await lettersAbout(ctx, person, await addressOf(ctx, person));
    // The letter is the employer's, and stays; the name goes.
    for (const { letter } of signed) await removeSigner(ctx, letter);
    await releaseEvidenceOf(ctx, person);
  },
};

export const forgetLettersJob: JobDefinition = {
  name: 'employers.forget-letters',
  title: 'Delete letters that nobody signed',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 300,
  kind: 'atomic',
  run: async (ctx) => {
    const period = periodsAt(ctx.clock()).find((one) => one.what === 'employer-letters');
    if (!period) throw new Error('data/retention.json says nothing of employer-letters');
    const gone = await deleteUnsignedLetters(ctx, new Date(ctx.clock().getTime() - period.days * 86_400_000));
    return gone === 0 ? 'None was that old.' : `Deleted ${gone}.`;
  },
};
