import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { isStale } from '../domain/example.ts';
import { countReminder, deleteOld, listPublished, listToRemind } from '../store/examples.ts';
import { makeFindable } from './findable.ts';
import { tellSender } from './share.ts';
import { remindStatements } from './statements.ts';

/** Days before the date on which whoever sent it is asked for the first time, and for the second. */
const firstDays = 28;
const secondDays = 7;

/** Days for which what nobody sent, nobody confirmed, or was declined is kept: as the privacy page says. */
const begunDays = 180;
const unconfirmedDays = 30;
const declinedDays = 180;

const dayIn = (ctx: Context, days: number): string =>
  new Date(ctx.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10);

/**
 * Asks those who sent examples whether they still hold, twice, and takes what nobody stands by any more out of the search.
 *
 * @returns how many were asked.
 */
export const keepFresh = async (ctx: Context): Promise<number> => {
  const ago = (days: number): Date => new Date(ctx.clock().getTime() - days * 86_400_000);
  await ctx.transaction((inside) =>
    deleteOld(inside, { begun: ago(begunDays), sent: ago(unconfirmedDays), declined: ago(declinedDays) }),
  );
  let asked = 0;
  for (const { example, reminders } of await listToRemind(ctx, dayIn(ctx, firstDays))) {
    const second = (example.reviewDue ?? '') <= dayIn(ctx, secondDays);
    if (reminders === 1 && !second) continue;
    await ctx.transaction(async (inside) => {
      await countReminder(inside, example.id, second ? 2 : 1);
      await tellSender(
        inside,
        example,
        `Does it still hold? ${example.text.title}`,
        `“${example.text.title}” was published a year ago. Say by ${example.reviewDue} that it still holds, or it leaves the search and is marked as not confirmed.`,
        'It still holds, or it does not',
      );
    });
    asked += 1;
  }
  const today = dayIn(ctx, 0);
  for (const one of await listPublished(ctx))
    if (isStale(one, today)) await ctx.transaction((inside) => makeFindable(inside, one));
  return asked;
};

export const keepFreshJob: JobDefinition = {
  name: 'practice.keep-fresh',
  title: 'Ask whether examples and statements still hold',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 300,
  kind: 'stepwise',
  run: async (ctx) => {
    const asked = (await keepFresh(ctx)) + (await remindStatements(ctx));
    return asked === 0 ? 'Nobody had to be asked.' : `Asked ${asked}.`;
  },
};
