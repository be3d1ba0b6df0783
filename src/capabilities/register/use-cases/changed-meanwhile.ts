import type { Context } from '#platform/context.ts';
import type { Assertion } from '../domain/fact.ts';
import { recordedSince } from '../store/facts.ts';

/**
 * Whether the register has changed since an instant in what assertions speak of. They hold whole facts as they were
 * read then: entered now, they would take back what was entered since. What withdraws approval, or closes a provider,
 * ends every offer that there was; one that came since would be left.
 */
export const changedMeanwhile = async (
  ctx: Context,
  assertions: readonly Assertion[],
  since: Date,
): Promise<boolean> => {
  const withdrawn = assertions.flatMap((one) => (one.kind === 'withdrawal' ? (one.keys.qualification ?? []) : []));
  const closed = assertions.flatMap((one) => (one.kind === 'provider' && one.body?.closedOn ? [one.subject] : []));
  return (
    (await recordedSince(ctx, since, {
      kinds: [...new Set(assertions.map((one) => one.kind))],
      subjects: assertions.map((one) => one.subject),
    })) ||
    (withdrawn.length > 0 &&
      (await recordedSince(ctx, since, { kinds: ['approval', 'offer'], qualifications: withdrawn }))) ||
    (closed.length > 0 && (await recordedSince(ctx, since, { kinds: ['offer'], ukprns: closed })))
  );
};
