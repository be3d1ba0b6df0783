import type { Context } from '#platform/context.ts';
import { guidancePath, guidePagePath, wholeGuidePath } from '../paths.ts';
import { listPages } from '../store/guide.ts';

/** The guide's pages, for the site map; what is withdrawn is not worth finding. */
export const publicGuide = async (
  ctx: Context,
): Promise<readonly { readonly path: string; readonly changedAt: Date | null }[]> => {
  const pages = (await listPages(ctx)).filter((one) => one.withdrawn === null);
  return [
    { path: guidancePath, changedAt: null },
    { path: wholeGuidePath, changedAt: null },
    ...pages.map((one) => ({ path: guidePagePath(one.id), changedAt: one.current.publishedAt })),
  ];
};
