import type { Context } from '#platform/context.ts';
import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { sumOf, type UsefulnessCount } from '../domain/usefulness.ts';
import { usefulnessPath } from '../paths.ts';
import { curate } from '../policy.ts';
import { themeOf, themes } from '../use-cases/themes.ts';
import { readUsefulness, usefulnessCsv } from '../use-cases/usefulness.ts';
import { crumbs } from './reading.ts';

/** A row of a chart that is its own table. Widths are of the longest row. */
type Bar = {
  readonly text: string;
  readonly useful: number;
  readonly not: number;
  readonly share: string;
  readonly usefulPercent: number;
  readonly notPercent: number;
};
type Model = {
  readonly asked: string;
  readonly themes: readonly { readonly value: string; readonly text: string }[];
  readonly themeTitle: string;
  readonly byTheme: readonly Bar[];
  readonly byMonth: readonly Bar[];
  /** Themes by months. */
  readonly months: readonly string[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly string[] }[];
  readonly csvHref: string;
};

const usefulnessView = view<Model>('capabilities/practice/pages/usefulness.njk');

const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const monthWords = (month: string): string => monthFormat.format(new Date(`${month}-01T00:00:00Z`));

const barsOf = (rows: readonly { readonly text: string; readonly counts: readonly UsefulnessCount[] }[]) => {
  const sums = rows.map(({ text, counts }) => ({ text, ...sumOf(counts) }));
  const most = Math.max(1, ...sums.map((one) => one.all));
  const percent = (count: number): number => Math.round((count / most) * 1000) / 10;
  return sums.map(
    ({ text, useful, all }): Bar => ({
      text,
      useful,
      not: all - useful,
      share: all === 0 ? '–' : `${Math.round((useful / all) * 100)}%`,
      usefulPercent: percent(useful),
      notPercent: percent(all - useful),
    }),
  );
};

const cellWords = (counts: readonly UsefulnessCount[]): string => {
  const { useful, all } = sumOf(counts);
  return all === 0 ? '–' : `${useful} of ${all}`;
};

export const usefulnessRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: usefulnessPath,
    access: curate,
    audit: 'practice.usefulness',
    handle: async (request, ctx: Context) => {
      const { months, counts } = await readUsefulness(ctx);
      const asked = themeOf(request.query.get('theme') ?? '');
      const ofTheme = asked ? counts.filter((one) => one.theme === asked.id) : counts;
      const of = (theme: string) => counts.filter((one) => one.theme === theme);
      return page(
        usefulnessView,
        {
          asked: asked?.id ?? '',
          themes: themes.map((one) => ({ value: one.id, text: one.title })),
          themeTitle: asked?.title ?? 'All themes',
          byTheme: months.length === 0 ? [] : barsOf(themes.map((one) => ({ text: one.title, counts: of(one.id) }))),
          byMonth: barsOf(
            months.map((month) => ({
              text: monthWords(month),
              counts: ofTheme.filter((one) => one.month === month),
            })),
          ),
          months: months.map(monthWords),
          rows: themes.map((theme) => ({
            title: theme.title,
            cells: months.map((month) => cellWords(of(theme.id).filter((one) => one.month === month))),
          })),
          csvHref: `${usefulnessPath}.csv`,
        },
        { title: 'Was it useful?', crumbs },
      );
    },
  },
  {
    method: 'GET',
    path: `${usefulnessPath}.csv`,
    access: curate,
    audit: 'practice.usefulness-csv',
    handle: async (_request, ctx) => ({
      kind: 'file',
      name: 'usefulness.csv',
      type: 'text/csv; charset=utf-8',
      body: usefulnessCsv(await readUsefulness(ctx)),
    }),
  },
];
