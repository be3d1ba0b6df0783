import type { Reference, Referred } from '#kernel/reference.ts';
import type { Context } from '#platform/context.ts';
import { markdownOutline } from '#platform/documents/markdown-outline.ts';
import { guidePagePath, versionPath } from '../paths.ts';
import { findPage, listPages, listVersions } from '../store/guide.ts';

/** A page of the guide, for whoever points at it. */
export const referredPage = async (ctx: Context, id: string): Promise<Referred | null> => {
  const page = await findPage(ctx, id);
  return page ? { title: page.current.title, href: guidePagePath(id) } : null;
};

/** One version of a page, as `funding/3`, for whoever points at what it said then. */
export const referredVersion = async (ctx: Context, id: string): Promise<Referred | null> => {
  const [page = '', number = ''] = id.split('/');
  const version = (await listVersions(ctx, page)).find((one) => String(one.number) === number);
  return version
    ? { title: `${version.title}, version ${version.number}`, href: versionPath(page, version.number) }
    : null;
};

/** The sections whose text names a thing (`ref:check-rule/levels`), in pages that hold. */
export const sectionsPointingAt = async (ctx: Context, { kind, id }: Reference): Promise<readonly Referred[]> => {
  const address = `ref:${kind}/${id}`;
  return (await listPages(ctx))
    .filter((page) => page.withdrawn === null && page.current.body.includes(address))
    .flatMap((page) => {
      const { headings, links } = markdownOutline(page.current.body);
      const link = links.find((one) => one.address === address);
      if (!link) return [];
      const section = headings.filter((one) => one.line <= link.line).at(-1);
      return [
        {
          title: section ? `${page.current.title}: ${section.words}` : page.current.title,
          href: section ? `${guidePagePath(page.id)}#${section.id}` : guidePagePath(page.id),
        },
      ];
    });
};
