import { z } from 'zod';
import { registerChanged } from '#cap/register';
import { hearing } from '#platform/events/recorded-event.ts';
import { enqueue } from '#platform/jobs/enqueue.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { type Settled, settleAfter, settleAll } from './settle-marks.ts';

const words = ({ issued, revoked }: Settled): string => `Marks: ${issued} issued, ${revoked} taken back.`;

/** What holds from a day on, holds from its beginning. A second run changes nothing. */
export const settleMarksJob: JobDefinition = {
  name: 'quality-mark.settle',
  title: 'Bring the quality marks in line with the register',
  data: z.object({}),
  tries: 5,
  backOffSeconds: 60,
  limitSeconds: 1800,
  kind: 'stepwise',
  run: async (ctx) => words(await settleAll(ctx)),
};

/**
 * The register changed: what it no longer bears out is taken back, and whom it entitles now gets a credential. This is one transaction:
 * what could be settled stands, and the rest is left to the job, which tells administrators what went wrong.
 */
export const hearRegister = hearing(registerChanged, async (ctx, change) => {
  const { faults, ...settled } = await settleAfter(ctx, change);
  if (faults.length > 0) await enqueue(ctx, settleMarksJob, {});
  return words(settled);
});
