import { z } from 'zod';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { applyRetention } from '../use-cases/retention.ts';

export const applyRetentionJob: JobDefinition = {
  name: 'accounts.apply-retention',
  title: 'Delete what was kept for long enough',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 5,
  limitSeconds: 600,
  kind: 'atomic',
  run: async (ctx) => {
    const gone = Object.entries(await applyRetention(ctx)).filter(([, count]) => count > 0);
    return gone.length === 0
      ? 'Nothing had been kept for long enough.'
      : `Deleted: ${gone.map(([what, count]) => `${count} ${what}`).join(', ')}.`;
  },
};
