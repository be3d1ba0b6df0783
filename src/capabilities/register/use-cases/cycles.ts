import { z } from 'zod';
import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import data from '../../../../data/cycles.json' with { type: 'json' };
import { type Cycle, type CycleStage, type LeftOver, leftOvers } from '../domain/cycle.ts';
import { type Body, cycleBody, noKeys } from '../domain/fact.ts';
import { compareCycles } from '../domain/plan-import.ts';
import type { AsOf } from '../domain/register-entry.ts';
import { factsHolding, ofKind, recordFacts } from '../store/facts.ts';
import { allEntryIds } from '../store/find-entries.ts';
import { listProposals } from '../store/proposals.ts';
import { asOfToday, readEntries, readProviders } from './read-register.ts';

const file = z.object({
  checked: z.string(),
  stages: z.array(z.object({ id: z.string(), title: z.string(), todo: z.string(), source: z.string() })),
  cycles: z.array(cycleBody.omit({ draft: true, stages: true }).extend({ id: z.string() })),
});

const seed = file.parse(data);

/** Stages of every cycle, in their order. */
export const cycleStages: readonly CycleStage[] = seed.stages;

/** The cycles that are known when a store is made. */
export const seedCycles = (ctx: Context): Promise<void> =>
  ctx.transaction(async (inside) => {
    for (const { id, ...body } of seed.cycles)
      await recordFacts(
        inside,
        [
          {
            kind: 'cycle',
            subject: id,
            keys: noKeys,
            from: '2020-09-01',
            to: null,
            body: {
              ...body,
              draft: false,
              stages: seed.stages.map((one) => ({ id: one.id, opens: null, closes: null })),
            },
          },
        ],
        { source: body.source, retrievedOn: seed.checked },
      );
  });

/** Cycles as they are known at the time asked about, the newest first. */
export const readCycles = async (ctx: Context, asOf: AsOf): Promise<readonly Cycle[]> =>
  ofKind(await factsHolding(ctx, asOf, { kinds: ['cycle'] }), 'cycle')
    .map((one) => ({ ...one.body, id: one.subject, recordedAt: one.recordedAt }))
    .toSorted((one, other) => compareCycles(other.id, one.id));

export const readCycle = async (ctx: Context, id: string): Promise<Cycle | null> =>
  (await readCycles(ctx, asOfToday(ctx))).find((one) => one.id === id) ?? null;

/**
 * What a next cycle would drag along, from the whole register as it stands today.
 *
 * @param own the proposal to publish it, which is no draft that it leaves behind.
 */
export const findLeftOvers = async (
  ctx: Context,
  next: Body<'cycle'> & { readonly id: string },
  own: string | null = null,
): Promise<readonly LeftOver[]> => {
  const asOf = asOfToday(ctx);
  const entries = await readEntries(ctx, asOf, await allEntryIds(ctx));
  const providers = await readProviders(ctx, asOf, [
    ...new Set(entries.flatMap((one) => one.offers.map((offer) => offer.ukprn))),
  ]);
  const cycles = await readCycles(ctx, asOf);
  const drafts = [
    ...(await listProposals(ctx, 'waiting', 1000)).filter((one) => one.id !== own),
    ...cycles.filter((one) => one.draft && one.id !== next.id).map((one) => ({ id: one.id, words: one.title })),
  ];
  return leftOvers(next, { drafts, entries, providers, today: londonDay(ctx.clock()) });
};
