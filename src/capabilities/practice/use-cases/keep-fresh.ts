import { z } from 'zod';
import { daysAfter, dayWords, londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { countReminder, deleteOld, listStale, listToRemind, lockExample } from '../store/examples.ts';
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
  const today = londonDay(ctx.clock());
  let asked = 0;
  for (const { example, reminders } of await listToRemind(ctx, daysAfter(today, firstDays))) {
    const due = example.reviewDue ?? today;
    const second = due <= daysAfter(today, secondDays);
    if (reminders === 1 && !second) continue;
    await ctx.transaction(async (inside) => {
      if (!(await countReminder(inside, example, second ? 2 : 1))) return;
      asked += 1;
      await tellSender(
        inside,
        example,
        `Does it still hold? ${example.text.title}`,
        `You stand by “${example.text.title}” until ${dayWords(due)}. Say by then that it still holds, or it leaves the search and is marked as not confirmed.`,
        'It still holds, or it does not',
      );
    });
  }
  for (const { id } of await listStale(ctx, today))
    await ctx.transaction(async (inside) => {
      // Somebody may stand by it in this moment.
      const one = await lockExample(inside, id);
      if (one) await makeFindable(inside, one);
    });
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
