import { z } from 'zod';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { publishDue } from './edit-page.ts';

/** Started every minute; a second run finds nothing left. */
export const publishDueJob: JobDefinition = {
  name: 'guidance.publish-due',
  title: 'Publish pages whose time has come',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 10,
  limitSeconds: 120,
  kind: 'stepwise',
  run: async (ctx) => {
    const pages = await publishDue(ctx);
    return pages.length === 0 ? 'No page was due.' : `Published: ${pages.join(', ')}.`;
  },
};
