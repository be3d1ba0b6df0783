import { exampleProvider, ukprnOf } from '#cap/accounts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { addAcceptance } from '../store/acceptances.ts';
import { rulesToday } from './rules.ts';
import { settleProvider } from './settle-marks.ts';

/** When the example's college accepted the terms: before one of its qualifications lost its approval. */
const acceptedOn = new Date('2026-03-02T10:00:00Z');

/**
 * An example store's marks: one that holds, one before its first teach date, one that was withdrawn since. Written as time went
 * by, so that the withdrawn one was once in order.
 */
export const seedExampleMarks = async (ctx: Context): Promise<void> => {
  const organisation = await exampleProvider(ctx);
  const ukprn = organisation === null ? null : await ukprnOf(ctx, organisation);
  if (organisation === null || ukprn === null) return;
  await ctx.transaction(async (inside) => {
    const then = withClock(inside, acceptedOn);
    await addAcceptance(then, {
      ukprn,
      terms: rulesToday(then).terms.version,
      name: 'Amina Osei',
      role: 'Head of higher education and lead',
      person: null,
      organisation,
    });
    await settleProvider(then, ukprn);
    await recordAct(inside, { name: 'quality-mark.examples-made', after: { ukprn } });
  });
  await settleProvider(ctx, ukprn, 'quietly');
};

/** The same transaction at another time; what is nested in it keeps that time too. */
const withClock = (ctx: Context, at: Date): Context => ({
  ...ctx,
  clock: () => at,
  transaction: (act) => ctx.transaction((inside) => act(withClock(inside, at))),
});
