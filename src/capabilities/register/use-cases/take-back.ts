import { isDeepStrictEqual } from 'node:util';
import type { Context } from '#platform/context.ts';
import type { Fact } from '../domain/fact.ts';
import type { Withdrawal } from '../domain/register-entry.ts';
import { factsBelieved, factsEver } from '../store/facts.ts';

/**
 * What stands again when a withdrawal is taken back: approvals and offers as they were believed just before it was
 * recorded, where it was the withdrawal that ended them. What only lost its end is said again whole, so that no end is
 * left in it; what was put right since, from the day of the withdrawal on.
 */
export const endedBy = async (
  ctx: Context,
  qualification: string,
  { subject, on, occupation }: Withdrawal,
): Promise<readonly Fact[]> => {
  const first = (await factsEver(ctx, { kinds: ['withdrawal'], subjects: [subject] })).find((one) => one.from === on);
  if (!first) return [];
  const filter = { kinds: ['approval', 'offer'], qualifications: [qualification] } as const;
  const now = await factsBelieved(ctx, { on, known: null }, filter);
  const before = await factsBelieved(ctx, { on, known: new Date(first.recordedAt.getTime() - 1) }, filter);
  const endsThen = new Map(now.flatMap((one) => (one.to === on ? [[one.subject, one] as const] : [])));
  const isThere = new Set(now.map((one) => one.subject));
  const concerned = (one: Fact) => one.kind === 'offer' || occupation === null || one.keys.occupation === occupation;
  const again = before
    .filter((one) => concerned(one) && (one.to === null || one.to > on))
    .filter((one) => endsThen.has(one.subject) || !isThere.has(one.subject))
    .map((one) => {
      if (one.from >= on) return one;
      const rest = endsThen.get(one.subject);
      const isSame = rest && isDeepStrictEqual([rest.keys, rest.body], [one.keys, one.body]);
      return { ...one, from: isSame ? rest.from : on };
    });
  // What was recorded together with its end was never believed without.
  const untold = now
    .filter((one) => one.kind === 'approval' && concerned(one) && one.to === on)
    .filter((one) => !again.some((each) => each.subject === one.subject))
    .map((one) => ({ ...one, to: null }));
  return [...again, ...untold];
};
