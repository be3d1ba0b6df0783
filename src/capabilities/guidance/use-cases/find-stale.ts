import { dayWords, londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { markdownOutline } from '#platform/documents/markdown-outline.ts';
import { isOwnAddress } from '#platform/documents/parse-markdown.ts';
import { hasEnded, valueOn } from '../domain/fact.ts';
import type { GuidePage } from '../domain/guide-page.ts';
import { passedDates } from '../domain/passed-dates.ts';
import { besideGuidePaths, guidancePath, guidePagePath } from '../paths.ts';
import { listFacts } from '../store/facts.ts';
import { listPages } from '../store/guide.ts';
import { listLinkChecks } from '../store/link-checks.ts';
import { resolveIn } from './resolve-addresses.ts';

/** Something on a page that is out of date, or may be: a person has to look. */
export type StaleFinding = {
  readonly page: GuidePage;
  /** Counted from 1 in the page's text. */
  readonly line: number;
  readonly kind: 'date' | 'fact' | 'link';
  readonly text: string;
};

/** Days for which an address may be silent before it is reported: machines are mended meanwhile. */
const silentDays = 7;

/** What in the published guide is out of date, found by itself: dates, facts that have ended, links that fail. */
export const findStale = async (ctx: Context): Promise<readonly StaleFinding[]> => {
  const today = londonDay(ctx.clock());
  const pages = (await listPages(ctx)).filter((page) => page.withdrawn === null);
  const standing = new Set([...besideGuidePaths, ...pages.map((page) => guidePagePath(page.id))]);
  const facts = new Map((await listFacts(ctx)).map((fact) => [`fact:${fact.id}`, fact]));
  const outside = new Map((await listLinkChecks(ctx)).map((one) => [one.address, one]));
  const silentSince = new Date(ctx.clock().getTime() - silentDays * 86_400_000);
  const found: StaleFinding[] = [];
  for (const page of pages) {
    const { current } = page;
    for (const { line, words } of passedDates(current.body, londonDay(current.publishedAt), today))
      found.push({ page, line, kind: 'date', text: `${words} has passed since it was published` });
    const resolve = await resolveIn(ctx, page.id, current.body, current.number);
    for (const { line, address } of markdownOutline(current.body).links) {
      const fact = facts.get(address);
      const value = fact ? valueOn(fact, today) : null;
      if (fact && value && hasEnded(value, today))
        found.push({
          page,
          line,
          kind: 'fact',
          text: `${fact.title}: “${value.value}” held until ${dayWords(value.holdsUntil ?? '')}`,
        });
      if (isOwnAddress(address) && !resolve(address))
        found.push({ page, line, kind: 'link', text: `Nothing is at ${address}` });
      const [path = ''] = address.split('#');
      if (path.startsWith(`${guidancePath}/`) && !path.slice(guidancePath.length + 1).includes('/')) {
        if (!standing.has(path)) found.push({ page, line, kind: 'link', text: `${path} is withdrawn, or not there` });
      }
      const tried = outside.get(address);
      if (tried?.outcome === 'fails' || (tried?.outcome === 'silent' && tried.since <= silentSince))
        found.push({ page, line, kind: 'link', text: `${address}: ${tried.words}, since ${dayWords(tried.since)}` });
    }
  }
  return found;
};
