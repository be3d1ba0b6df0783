import { Feed } from 'feed';
import type { Context } from '../context.ts';

export type FeedEntry = {
  /** Its page, below this instance's address: also its id, so it never changes. */
  readonly path: string;
  readonly title: string;
  readonly words: string;
  readonly at: Date;
};

/** The library writes titles as HTML, so what a person wrote as text is escaped first. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An Atom feed (RFC 4287). @param entries the newest first. */
export const writeAtom = (
  ctx: Context,
  feed: { readonly title: string; readonly path: string; readonly feedPath: string },
  entries: readonly FeedEntry[],
): string => {
  const written = new Feed({
    id: `${ctx.address}${feed.path}`,
    title: escaped(`${ctx.name}: ${feed.title}`),
    link: `${ctx.address}${feed.path}`,
    feedLinks: { atom: `${ctx.address}${feed.feedPath}` },
    updated: entries[0]?.at ?? ctx.clock(),
    author: { name: ctx.name },
    copyright: '',
  });
  for (const one of entries)
    written.addItem({
      id: `${ctx.address}${one.path}`,
      link: `${ctx.address}${one.path}`,
      title: escaped(one.title),
      description: escaped(one.words),
      date: one.at,
      published: one.at,
    });
  return written.atom1();
};
