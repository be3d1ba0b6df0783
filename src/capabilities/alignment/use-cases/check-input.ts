import { standardsByReference } from '#cap/standards';
import type { Context } from '#platform/context.ts';
import type { CheckResult } from '../domain/check-result.ts';
import { claimedReferences } from './claimed-standards.ts';
import { type CheckAnswer, heavyWork } from './heavy-work.ts';
import type { readQualificationInput } from './read-qualification-input.ts';
import {
  comparedWithStandards,
  type InputFile,
  type InputOrigin,
  type InputProblem,
  inputProblems,
} from './read-qualification-input.ts';

/** What became of a qualification that somebody brought. Nothing of it is stored. */
export type CheckedInput =
  | { readonly kind: 'unreadable'; readonly problems: readonly InputProblem[] }
  | { readonly kind: 'wrong'; readonly origin: InputOrigin; readonly problems: readonly InputProblem[] }
  | {
      readonly kind: 'checked';
      readonly origin: InputOrigin;
      readonly qualification: unknown;
      readonly records: readonly unknown[];
      readonly result: CheckResult;
    };

/** Milliseconds: reading the largest workbook a page takes, and what a check may take beside its own limit. */
export const readingLimit = 20_000;
const graceForCheck = 3000;

/**
 * Reads what was brought, finds the standards it claims among those the store holds, and checks it: on a thread of
 * the pool, within the limit.
 *
 * @throws PoolFull, OutOfTime as the pool does.
 */
export const checkInput = async (
  ctx: Context,
  files: readonly InputFile[],
  options: { readonly offer?: unknown; readonly timeLimitMs: number },
): Promise<CheckedInput> => {
  const read = await ctx.workers.run<Awaited<ReturnType<typeof readQualificationInput>>>(
    heavyWork.readInput,
    files,
    readingLimit,
  );
  if (read.kind === 'refused') return { kind: 'unreadable', problems: read.refusal };
  const { qualification } = read.value;
  const records = await standardsByReference(ctx, claimedReferences(qualification));
  const origin = comparedWithStandards(read.value, records);
  const answer = await ctx.workers.run<CheckAnswer>(
    heavyWork.check,
    { qualification, records, options },
    options.timeLimitMs + graceForCheck,
  );
  // The sheets of a workbook may be wrong in ways that the qualification read from them does not show.
  const found = answer.kind === 'wrong' ? answer.problems : [];
  const problems = [
    ...inputProblems(
      origin,
      found.filter(({ path }) => !isOfOffer(path)),
    ),
    ...found.filter(({ path }) => isOfOffer(path)).map(({ message }) => ({ ...ofOffer, message })),
  ];
  return problems.length > 0 || answer.kind === 'wrong'
    ? { kind: 'wrong', origin, problems }
    : { kind: 'checked', origin, qualification, records, result: answer.result };
};

/** What is wrong with an offer has no place in the qualification's file. */
const isOfOffer = (path: string): boolean => path === 'offer' || path.startsWith('offer.');
const ofOffer = { file: '', place: 'what one provider runs', line: null, column: null };
