import type { Result } from '#kernel/result.ts';
import type { Context } from '../context.ts';
import type { examineUpload, Upload } from './examine-upload.ts';

const work = { module: new URL('./examine-upload.ts', import.meta.url), name: 'examineUpload' };

/** Milliseconds in which a file is looked at: the largest that is taken needs a tenth of it. */
export const examineMs = 20_000;

/** Says on the pool what a sent file is. @returns refused with the reason, for whoever sent it. */
export const examineFile = (
  ctx: Context,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<Upload, string>> => ctx.workers.run<Awaited<ReturnType<typeof examineUpload>>>(work, file, examineMs);
