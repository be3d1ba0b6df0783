import { z } from 'zod';
import { londonDay } from '#kernel/london-time.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import file from '../../../../data/retention.json' with { type: 'json' };
import { idlePeople } from '../store/people.ts';
import { deleteOldest, type Held } from '../store/retention.ts';
import { erasePerson } from './my-data.ts';

const shape = z.object({
  periods: z.array(
    z.object({
      what: z.enum([
        'sign-ins',
        'sessions',
        'mail-texts',
        'mail',
        'invitations',
        'act-values',
        'idle-people',
        'employer-contacts',
        'employer-letters',
      ]),
      holdsFrom: z.iso.date(),
      days: z.int().positive(),
      purpose: z.string(),
    }),
  ),
});

export type Period = z.infer<typeof shape>['periods'][number];

/** The periods that hold on a day: of each kind, the one that began last. */
export const periodsAt = (at: Date): readonly Period[] => {
  const day = londonDay(at);
  const holding = new Map<string, Period>();
  for (const period of shape.parse(file).periods)
    if (period.holdsFrom <= day && period.holdsFrom >= (holding.get(period.what)?.holdsFrom ?? ''))
      holding.set(period.what, period);
  return [...holding.values()];
};

/** Deletes what has been kept for long enough. @returns how many of each kind went. */
export const applyRetention = async (ctx: Context): Promise<Readonly<Record<string, number>>> => {
  const gone: Record<string, number> = {};
  for (const { what, days } of periodsAt(ctx.clock())) {
    // What another capability holds, its own job deletes.
    if (what === 'employer-contacts' || what === 'employer-letters') continue;
    const before = new Date(ctx.clock().getTime() - days * 86_400_000);
    if (what === 'idle-people') {
      const people = await idlePeople(ctx, before);
      for (const person of people) await erasePerson(ctx, person);
      gone[what] = people.length;
    } else gone[what] = await deleteOldest(ctx, what satisfies Held, before);
  }
  if (Object.values(gone).some((count) => count > 0))
    await recordAct(ctx, { name: 'accounts.retention-applied', after: gone });
  return gone;
};
