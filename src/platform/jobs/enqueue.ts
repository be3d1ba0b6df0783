import { type Context, demandTransaction } from '../context.ts';
import type { JobDefinition, SendOptions } from './job.ts';

/** Adds a job in the transaction of the act that wants it: it runs if, and only if, the act stands. */
export const enqueue = async <Data extends object>(
  ctx: Context,
  job: JobDefinition<Data>,
  data: Data,
  options: SendOptions = {},
): Promise<void> => {
  demandTransaction(ctx, `The job ${job.name}`);
  await ctx.jobs.send(ctx.db, job, data, options);
};
