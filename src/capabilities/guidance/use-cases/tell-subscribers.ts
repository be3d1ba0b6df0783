import type { Context } from '#platform/context.ts';
import { enqueue } from '#platform/jobs/enqueue.ts';
import type { MailBlock } from '#platform/mail/mail.ts';
import { scopesFollowed } from '#platform/subscriptions/keep-subscriptions.ts';
import { type News, type NewsList, tellNewsJob } from '#platform/subscriptions/tell-news.ts';
import type { PageVersion } from '../domain/guide-page.ts';
import { covers, type PageChange, readScope } from '../domain/scope.ts';
import { changesPath, guidePagePath } from '../paths.ts';
import { listPages, listUpdates, listVersions } from '../store/guide.ts';
import { changedSections } from './changed-sections.ts';

/** Updates looked at: more than a week's, so that a digest that was late misses nothing. */
const lookedAt = 500;

const blocksOf = (ctx: Context, version: PageVersion): readonly MailBlock[] => [
  { kind: 'text', text: `${version.title}: ${version.changeNote ?? ''}` },
  { kind: 'link', text: 'Read the page', href: `${ctx.address}${guidePagePath(version.page)}` },
  ...(version.number > 1
    ? [
        {
          kind: 'link' as const,
          text: 'What changed, word by word',
          href: `${ctx.address}${changesPath(version.page, version.number - 1, version.number)}`,
        },
      ]
    : []),
];

/** Pages of which someone follows a section: only those are compared section by section. */
const pagesFollowedBySection = async (ctx: Context): Promise<ReadonlySet<string>> =>
  new Set(
    (await scopesFollowed(ctx, 'guidance')).flatMap((text) => {
      const scope = readScope(text);
      return scope?.kind === 'section' ? [scope.page] : [];
    }),
  );

const changesOf = async (ctx: Context): Promise<readonly News[]> => {
  const updates = (await listUpdates(ctx, lookedAt)).toReversed();
  const pages = new Map((await listPages(ctx)).map((page) => [page.id, page]));
  const bySection = await pagesFollowedBySection(ctx);
  const bodies = new Map<string, string>();
  for (const page of bySection)
    for (const one of await listVersions(ctx, page)) bodies.set(`${page} ${one.number}`, one.body);
  return updates.map((version) => {
    const page = pages.get(version.page);
    const change: PageChange = {
      page: version.page,
      topic: page?.topic ?? '',
      routes: page?.routes ?? [],
      sections: bySection.has(version.page)
        ? changedSections(bodies.get(`${version.page} ${version.number - 1}`) ?? '', version.body)
        : new Set(),
    };
    return {
      id: `${version.page}@${version.number}`,
      at: version.publishedAt,
      subject: `Changed: ${version.title}`,
      blocks: blocksOf(ctx, version),
      isOf: (text) => {
        const scope = readScope(text);
        return scope !== null && covers(scope, change);
      },
    };
  });
};

export const guidanceNews: NewsList = {
  list: 'guidance',
  news: changesOf,
  several: (count) => `${count} changes to the guidance`,
};

export const tellAtOnceJob = tellNewsJob(guidanceNews, 'at-once');
export const tellDailyJob = tellNewsJob(guidanceNews, 'daily');
export const tellWeeklyJob = tellNewsJob(guidanceNews, 'weekly');

/** In the transaction of a publication that readers are told of. */
export const tellSoon = (ctx: Context): Promise<void> => enqueue(ctx, tellAtOnceJob, {});
