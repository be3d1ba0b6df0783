import { ok, type Result, refused } from '#kernel/result.ts';
import type { Context } from '#platform/context.ts';
import { qualificationShape } from '../domain/qualification-file.ts';
import { readingLimit } from './check-input.ts';
import { heavyWork } from './heavy-work.ts';
import type { InputFile, readQualificationInput } from './read-qualification-input.ts';

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
): Promise<Result<readonly { readonly code: string; readonly title: string }[], string>> => {
  const read = await ctx.workers.run<Awaited<ReturnType<typeof readQualificationInput>>>(
    heavyWork.readInput,
    [file],
    readingLimit,
  );
  if (read.kind === 'refused') return refused(read.refusal[0]?.message ?? 'The file cannot be read.');
  const shape = qualificationShape.pick({ units: true }).loose().safeParse(read.value.qualification);
  if (!shape.success)
    return refused('The file has no units that can be read. Check it under “Check a qualification” first');
  return ok(shape.data.units.map(({ code, title }) => ({ code, title })));
};
