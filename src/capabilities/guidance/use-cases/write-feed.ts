import { Feed } from 'feed';
import type { Context } from '#platform/context.ts';
import type { PageVersion } from '../domain/guide-page.ts';
import { feedPath, guidancePath, versionPath } from '../paths.ts';

/** The library writes titles as HTML, so what a person wrote as text is escaped first. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The guide's updates as an Atom feed (RFC 4287), the newest first. */
export const writeFeed = (ctx: Context, updates: readonly PageVersion[]): string => {
  const feed = new Feed({
    id: `${ctx.address}${guidancePath}`,
    title: escaped(`${ctx.name}: updates of the guidance`),
    link: `${ctx.address}${guidancePath}`,
    feedLinks: { atom: `${ctx.address}${feedPath}` },
    updated: updates[0]?.publishedAt ?? ctx.clock(),
    author: { name: ctx.name },
    copyright: '',
  });
  for (const one of updates)
    feed.addItem({
      id: `${ctx.address}${versionPath(one.page, one.number)}`,
      link: `${ctx.address}${versionPath(one.page, one.number)}`,
      title: escaped(one.title),
      description: escaped(one.changeNote ?? ''),
      date: one.publishedAt,
      published: one.publishedAt,
    });
  return feed.atom1();
};
