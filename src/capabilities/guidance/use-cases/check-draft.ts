import type { Context } from '#platform/context.ts';
import { markdownOutline } from '#platform/documents/markdown-outline.ts';
import { isOwnAddress } from '#platform/documents/parse-markdown.ts';
import { checkText, type TextFinding } from '../domain/text-check.ts';
import { besideGuidePaths, guidancePath, guidePagePath } from '../paths.ts';
import { listPages } from '../store/guide.ts';
import { resolveIn } from './resolve-addresses.ts';

/** What readers of a draft would stumble over. Addresses of the guide and of the page's own files are looked up. */
export const checkDraft = async (ctx: Context, page: string, body: string): Promise<readonly TextFinding[]> => {
  const resolve = await resolveIn(ctx, page, body, null);
  const there = new Set([...besideGuidePaths, ...(await listPages(ctx)).map((one) => guidePagePath(one.id))]);
  return checkText(markdownOutline(body), (address) => {
    if (isOwnAddress(address)) return resolve(address) !== undefined;
    const [path = ''] = address.split('#');
    const isPage = path.startsWith(`${guidancePath}/`) && !path.slice(guidancePath.length + 1).includes('/');
    return !isPage || there.has(path);
  });
};
