import type { ClaimableStandard } from '#cap/standards';
import type { Context } from '#platform/context.ts';
import type { Qualification } from '../domain/qualification-file.ts';
import { heavyWork } from './heavy-work.ts';
import type { WrittenFile } from './write-workbook.ts';

/** Milliseconds: the largest workbook that a page writes. */
const writingLimit = 20_000;

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  json: 'application/json; charset=utf-8',
} as const;

/** A checked qualification as a file to take away. */
export const writeChecked = async (
  ctx: Context,
  checked: { readonly qualification: Qualification; readonly standards: readonly ClaimableStandard[] },
  format: keyof typeof types,
): Promise<{ readonly name: string; readonly type: string; readonly body: string | Uint8Array }> => {
  const { qualification, standards } = checked;
  const named = { name: `qualification.${format}`, type: types[format] };
  if (format === 'json') return { ...named, body: `${JSON.stringify(qualification, null, 2)}\n` };
  const [file] = await ctx.workers.run<readonly WrittenFile[]>(
    heavyWork.workbook,
    { qualification, standards, format },
    writingLimit,
  );
  if (!file) throw new Error('The workbook was written as no file');
  return { ...named, body: file.bytes };
};
