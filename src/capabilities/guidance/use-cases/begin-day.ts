import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { listPages } from '../store/guide.ts';
import { makeFindable } from './findable.ts';
import { makeFormats } from './make-formats.ts';

/** Facts begin and end with a day, without any act: what the search and the files say of them is written anew. */
export const beginDay = async (ctx: Context): Promise<number> => {
  for (const page of await listPages(ctx)) await ctx.transaction((inside) => makeFindable(inside, page.id));
  return makeFormats(ctx, async () => {});
};

export const beginDayJob: JobDefinition = {
  name: 'guidance.begin-day',
  title: 'Let the guidance say what holds today',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 120,
  limitSeconds: 900,
  kind: 'stepwise',
  run: async (ctx) => {
    const made = await beginDay(ctx);
    return made === 0 ? 'Every file said what holds today.' : `Made ${made} files anew.`;
  },
};
