import { z } from 'zod';
import { registerChanged } from '#cap/register';
import { hearing } from '#platform/events/recorded-event.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { type Settled, settleAfter, settleAll } from './settle-marks.ts';

const words = ({ issued, revoked }: Settled): string => `Marks: ${issued} issued, ${revoked} taken back.`;

/** The register changed: what it no longer bears out is taken back, and whom it entitles now gets a credential. */
export const hearRegister = hearing(registerChanged, async (ctx, change) => words(await settleAfter(ctx, change)));

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
