import type { Context } from '#platform/context.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest } from '#web/route.ts';
import type { Example } from '../domain/example.ts';
import { draftFilePath, sharePath } from '../paths.ts';
import { listFiles } from '../use-cases/attach.ts';
import { findByToken } from '../use-cases/share.ts';
import { crumbs } from './reading.ts';
import { type ShownFile, shownFile } from './words.ts';

export const shareCrumbs = [...crumbs, { text: 'Share', href: sharePath }];

/** The example whose token the address has: whoever has it may write it. */
export const draftAsked = async (request: PageRequest, ctx: Context): Promise<Example> => {
  const found = await findByToken(ctx, request.params.token ?? '');
  if (!found) throw notFound('There is no example at this address.');
  return found;
};

export const draftFiles = async (ctx: Context, one: Example): Promise<readonly ShownFile[]> =>
  (await listFiles(ctx, one.id)).map((file) => shownFile(file, draftFilePath(one.token, file.id)));
