import { ok, type Result, refused } from '#kernel/result.ts';
import type { Context } from '#platform/context.ts';
import { qualificationShape, type Rules } from '../domain/qualification-file.ts';
import { readingLimit } from './check-input.ts';
import { heavyWork } from './heavy-work.ts';
import type { InputFile, readQualificationInput } from './read-qualification-input.ts';

/** A unit, and how learners come to take it. */
export type UnitOfQualification = {
  readonly code: string;
  readonly title: string;
  /** Every learner takes it, whatever they choose. */
  readonly mandatory: boolean;
};

export type UnitsOfQualification = {
  readonly units: readonly UnitOfQualification[];
  /** Units that one learner chooses at most beside the mandatory ones; `null`: the file does not say. */
  readonly mostChosen: number | null;
};

/** The most units that choices let a learner take; `null`: one of them sets no bound in units. */
const mostOf = (rules: Rules | undefined): number | null => {
  if (!rules || (rules.pathways ?? []).length > 0) return null;
  const most = (rules.choose ?? []).map((one) => one.units?.max ?? null);
  return most.some((one) => one === null) ? null : most.reduce<number>((sum, one) => sum + (one ?? 0), 0);
};

/**
 * The units of a qualification file or workbook, for whoever plans with them. What the file says of coverage is not
 * looked at.
 *
 * @throws PoolFull, OutOfTime as the pool does.
 * @returns refused with one sentence where the file cannot be read.
 */
export const unitsOfQualification = async (
  ctx: Context,
  file: InputFile,
): Promise<Result<UnitsOfQualification, string>> => {
  const read = await ctx.workers.run<Awaited<ReturnType<typeof readQualificationInput>>>(
    heavyWork.readInput,
    [file],
    readingLimit,
  );
  if (read.kind === 'refused') return refused(read.refusal[0]?.message ?? 'The file cannot be read.');
  const shape = qualificationShape.pick({ units: true }).loose().safeParse(read.value.qualification);
  if (!shape.success)
    return refused('The file has no units that can be read. Check it under “Check a qualification” first');
  const ruled = qualificationShape.pick({ rules: true }).loose().safeParse(read.value.qualification);
  const rules = ruled.success ? ruled.data.rules : undefined;
  const mandatory = new Set(rules?.mandatory ?? []);
  return ok({
    units: shape.data.units.map(({ code, title }) => ({ code, title, mandatory: mandatory.has(code) })),
    mostChosen: mostOf(rules),
  });
};
