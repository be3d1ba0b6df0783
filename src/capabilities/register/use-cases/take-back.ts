import type { Context } from '#platform/context.ts';
import type { Fact } from '../domain/fact.ts';
import type { Withdrawal } from '../domain/register-entry.ts';
import { factsBelieved, factsEver } from '../store/facts.ts';

/**
 * What stands again when a withdrawal is taken back: approvals and offers as they were believed just before it was
 * recorded, from its day on, where it was the withdrawal that ended them.
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
  const endsThen = new Set(now.flatMap((one) => (one.to === on ? [one.subject] : [])));
  const isThere = new Set(now.map((one) => one.subject));
  const concerned = (one: Fact) => one.kind === 'offer' || occupation === null || one.keys.occupation === occupation;
  const again = before
    .filter((one) => concerned(one) && (one.to === null || one.to > on))
    .filter((one) => endsThen.has(one.subject) || !isThere.has(one.subject))
    .map((one) => (one.from < on ? { ...one, from: on } : one));
  // What was recorded together with its end was never believed without.
  const untold = now
    .filter((one) => one.kind === 'approval' && concerned(one) && one.to === on)
    .filter((one) => !again.some((each) => each.subject === one.subject))
    .map((one) => ({ ...one, from: on, to: null }));
  return [...again, ...untold];
};
