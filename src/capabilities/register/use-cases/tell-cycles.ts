import { dayWords, londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { type News, type NewsList, tellNewsJob } from '#platform/subscriptions/tell-news.ts';
import { daysAfter } from '../domain/day.ts';
import { cyclePath } from '../paths.ts';
import { cycleStages, readCycles } from './cycles.ts';
import { asOfToday } from './read-register.ts';

/** Days before a date on which those who follow its cycle hear of it. */
const noticeDays = [28, 7, 1] as const;
/** Days for which a notice is still news: more than a week, so that a digest that was late misses nothing. */
const newsDays = 10;

/** Dates of cycles that come near: what followers are told. */
const cycleNews = async (ctx: Context): Promise<readonly News[]> => {
  const today = londonDay(ctx.clock());
  const news: News[] = [];
  for (const cycle of (await readCycles(ctx, asOfToday(ctx))).filter((one) => !one.draft)) {
    const dates = [
      ...cycle.windows.flatMap((one) => [
        ...(one.opens ? [{ what: `${one.name} opens`, on: one.opens }] : []),
        ...(one.closes ? [{ what: `${one.name} closes`, on: one.closes }] : []),
      ]),
      ...cycle.stages.flatMap((one) =>
        one.closes
          ? [{ what: `${cycleStages.find((stage) => stage.id === one.id)?.title ?? one.id}: last day`, on: one.closes }]
          : [],
      ),
    ];
    for (const { what, on } of dates)
      for (const days of noticeDays) {
        const due = daysAfter(on, -days);
        if (due > today || due < daysAfter(today, -newsDays) || on < today) continue;
        news.push({
          id: `${cycle.id} ${what} ${on} ${days}`,
          at: new Date(`${due}T06:00:00Z`),
          subject: `${cycle.title}: ${what} on ${dayWords(on)}`,
          blocks: [
            { kind: 'text', text: `${cycle.title}: ${what} on ${dayWords(on)}.` },
            { kind: 'link', text: 'See the cycle', href: `${ctx.address}${cyclePath(cycle.id)}` },
          ],
          isOf: (scope) => scope === 'all' || scope === `cycle:${cycle.id}`,
        });
      }
  }
  return news.toSorted((one, other) => one.at.getTime() - other.at.getTime());
};

export const cyclesList: NewsList = {
  list: 'cycles',
  news: cycleNews,
  several: (count) => `${count} dates of cycles of approval`,
};

export const tellCyclesAtOnceJob = tellNewsJob(cyclesList, 'at-once');
export const tellCyclesDailyJob = tellNewsJob(cyclesList, 'daily');
export const tellCyclesWeeklyJob = tellNewsJob(cyclesList, 'weekly');
