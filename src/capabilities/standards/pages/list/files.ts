import type { Route } from '#web/route.ts';
import { standardVersionPath } from '../../paths.ts';
import { standardsAsCsv, standardsAsJson } from '../../use-cases/list-files.ts';
import { standardsHeld } from '../../use-cases/search-standards.ts';
import { readListQuery } from './list-query.ts';

export const downloadListAsCsv: Route['handle'] = async (request, ctx) => ({
  kind: 'file',
  name: 'standards.csv',
  type: 'text/csv; charset=utf-8',
  body: await standardsAsCsv(ctx, readListQuery(request.query, await standardsHeld(ctx)).filters),
});

export const downloadListAsJson: Route['handle'] = async (request, ctx) => ({
  kind: 'file',
  name: 'standards.json',
  type: 'application/json; charset=utf-8',
  body: await standardsAsJson(ctx, readListQuery(request.query, await standardsHeld(ctx)).filters, (one) =>
    standardVersionPath(one.reference, one.version),
  ),
});
