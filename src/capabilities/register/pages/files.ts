import type { Context } from '#platform/context.ts';
import { notFound, WebProblem } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { registerFeedPath } from '../paths.ts';
import { readEntry } from '../use-cases/read-register.ts';
import { entryAsData, registerAsCsv, registerAsJson } from '../use-cases/register-files.ts';
import { writeRegisterFeed } from '../use-cases/write-feed.ts';
import { readListQuery } from './list/list-query.ts';
import { readAsked } from './register-band.ts';

/** A program that asked for less than it meant would not notice: what cannot be used is refused. */
const refuseFor = (problems: readonly FormProblem[]): void => {
  if (problems.length > 0)
    throw new WebProblem(400, `${problems.map((one) => `${one.field}: ${one.text}`).join('. ')}.`);
};

const readAll = (ctx: Context, query: URLSearchParams) => {
  const { asked, problems } = readAsked(ctx, query);
  const { filters, problems: wrong } = readListQuery(query);
  refuseFor([...problems, ...wrong]);
  return { asked, filters };
};

export const fileRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: registerFeedPath,
    access: 'anyone',
    audit: 'register.feed',
    perMinute: 60,
    handle: async (_request, ctx) => ({
      kind: 'file',
      name: 'register.atom',
      type: 'application/atom+xml; charset=utf-8',
      inline: true,
      body: await writeRegisterFeed(ctx),
    }),
  },
  {
    method: 'GET',
    path: '/register.csv',
    access: 'anyone',
    audit: 'register.csv',
    perMinute: 30,
    handle: async ({ query }, ctx) => {
      const { asked, filters } = readAll(ctx, query);
      return {
        kind: 'file',
        name: 'register.csv',
        type: 'text/csv; charset=utf-8',
        body: await registerAsCsv(ctx, asked.asOf, asked.isToday, filters),
      };
    },
  },
  {
    method: 'GET',
    path: '/register.json',
    access: 'anyone',
    audit: 'register.json',
    perMinute: 30,
    handle: async ({ query }, ctx) => {
      const { asked, filters } = readAll(ctx, query);
      return {
        kind: 'file',
        name: 'register.json',
        type: 'application/json; charset=utf-8',
        body: await registerAsJson(ctx, asked.asOf, asked.isToday, filters),
      };
    },
  },
  {
    method: 'GET',
    path: '/register/:entry/record',
    access: 'anyone',
    audit: 'register.record',
    handle: async ({ query, params }, ctx) => {
      const { asked, problems } = readAsked(ctx, query);
      refuseFor(problems);
      const entry = await readEntry(ctx, asked.asOf, params.entry ?? '');
      if (!entry) throw notFound('The register holds no qualification under this address on this day.');
      return {
        kind: 'file',
        name: `${entry.id}.json`,
        type: 'application/json; charset=utf-8',
        inline: true,
        body: JSON.stringify(await entryAsData(ctx, asked.asOf, entry), null, 2),
      };
    },
  },
];
