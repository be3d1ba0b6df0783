import type { Context } from '#platform/context.ts';
import type { Resolve } from '#platform/documents/parse-markdown.ts';
import { filePath, tablePath } from '../paths.ts';
import { newestAttachments, versionAttachments } from '../store/attachments.ts';

/**
 * What the own addresses of a page's text stand for.
 *
 * @param version whose files are meant; `null`: those that hang on the page now, for a draft.
 */
export const resolveIn = async (ctx: Context, page: string, version: number | null): Promise<Resolve> => {
  const files = version === null ? await newestAttachments(ctx, page) : await versionAttachments(ctx, page, version);
  const byName = new Map(files.map((one) => [one.name, one]));
  return (address) => {
    if (!address.startsWith('file:')) return undefined;
    const file = byName.get(address.slice('file:'.length));
    if (!file) return undefined;
    return {
      href:
        file.kind === 'table'
          ? tablePath(page, file.name)
          : `${filePath(page, file.name)}?revision=${file.revision.number}`,
      text: file.kind === 'image' ? 'image' : file.revision.title,
    };
  };
};
