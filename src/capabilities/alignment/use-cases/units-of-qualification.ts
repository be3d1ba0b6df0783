import { ok, type Result, refused } from '#kernel/result.ts';
import { qualificationShape } from '../domain/qualification-file.ts';
import { type InputFile, readQualificationInput } from './read-qualification-input.ts';

/**
 * The units of a qualification file or workbook, for whoever plans with them. What the file says of coverage is not
 * looked at.
 *
 * @returns refused with one sentence where the file cannot be read.
 */
export const unitsOfQualification = async (
  file: InputFile,
): Promise<Result<readonly { readonly code: string; readonly title: string }[], string>> => {
  const read = await readQualificationInput([file]);
  if (read.kind === 'refused') return refused(read.refusal[0]?.message ?? 'The file cannot be read.');
  const shape = qualificationShape.pick({ units: true }).loose().safeParse(read.value.qualification);
  if (!shape.success)
    return refused('The file has no units that can be read. Check it under “Check a qualification” first');
  return ok(shape.data.units.map(({ code, title }) => ({ code, title })));
};
