import type { Context } from '#platform/context.ts';
import { enqueue } from '#platform/jobs/enqueue.ts';
import { type News, type NewsList, tellNewsJob } from '#platform/subscriptions/tell-news.ts';
import { notARecommendation } from '../domain/example.ts';
import { examplePath } from '../paths.ts';
import { listPublished } from '../store/examples.ts';
import { themeOf } from './themes.ts';

/** Newest examples looked at: more than a week's, so that a digest that was late misses nothing. */
const lookedAt = 200;

/** What of the library someone wants to hear of: `all`, `theme:curriculum`, `route:Digital`. An example that names no route is about every one. */
const isOf = (scope: string, theme: string, routes: readonly string[]): boolean =>
  scope === 'all' ||
  scope === `theme:${theme}` ||
  (scope.startsWith('route:') && (routes.length === 0 || routes.some((route) => scope === `route:${route}`)));

const newExamples = async (ctx: Context): Promise<readonly News[]> =>
  (await listPublished(ctx))
    .slice(0, lookedAt)
    .toReversed()
    .flatMap(({ id, text, publishedAt }) =>
      publishedAt === null
        ? []
        : [
            {
              id,
              at: publishedAt,
              subject: `New example: ${text.title}`,
              blocks: [
                {
                  kind: 'text' as const,
                  text: `${text.title} (${themeOf(text.theme)?.title ?? text.theme}). ${notARecommendation}`,
                },
                { kind: 'link' as const, text: 'Read it', href: `${ctx.address}${examplePath(id)}` },
              ],
              isOf: (scope: string) => isOf(scope, text.theme, text.routes),
            },
          ],
    );

export const practiceNews: NewsList = {
  list: 'practice',
  news: newExamples,
  several: (count) => `${count} new examples of practice`,
};

export const tellAtOnceJob = tellNewsJob(practiceNews, 'at-once');
export const tellDailyJob = tellNewsJob(practiceNews, 'daily');
export const tellWeeklyJob = tellNewsJob(practiceNews, 'weekly');

/** In the transaction that publishes an example. */
export const tellSoon = (ctx: Context): Promise<void> => enqueue(ctx, tellAtOnceJob, {});
