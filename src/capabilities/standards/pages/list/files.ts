import { stringify } from 'csv-stringify/sync';
import type { Context } from '#platform/context.ts';
import type { Answer } from '#web/answer.ts';
import type { PageRequest } from '#web/route.ts';
import { standardVersionPath } from '../../paths.ts';
import { everyMatch, type FoundStandard, standardsHeld } from '../../use-cases/search-standards.ts';
import { readListQuery } from './list-query.ts';

const matches = async (request: PageRequest, ctx: Context): Promise<readonly FoundStandard[]> =>
  everyMatch(ctx, readListQuery(request.query, await standardsHeld(ctx)).filters);

const source = (one: FoundStandard): string =>
  one.fictional
    ? 'Fictional, made up for HTQ Toolkit'
    : 'Crown copyright, Skills England, Open Government Licence v3.0';

/** The list as a spreadsheet opens it: byte order mark for the encoding, nothing that a cell would run as a formula. */
export const listAsCsv = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const rows = (await matches(request, ctx)).map((one) => ({
    reference: one.reference,
    version: one.version,
    title: one.title,
    level: one.level,
    route: one.route,
    status: one.status,
    'core and options': one.coreAndOptions ? 'yes' : 'no',
    KSBs: one.ksbCount,
    duties: one.dutyCount,
    'other versions': one.otherVersions.map((other) => other.version).join(' '),
    fictional: one.fictional ? 'yes' : 'no',
    imported: one.importedAt.toISOString(),
    changed: one.changedAt.toISOString(),
    source: source(one),
  }));
  const columns = [
    'reference',
    'version',
    'title',
    'level',
    'route',
    'status',
    'core and options',
    'KSBs',
    'duties',
    'other versions',
    'fictional',
    'imported',
    'changed',
    'source',
  ];
  return {
    kind: 'file',
    name: 'standards.csv',
    type: 'text/csv; charset=utf-8',
    body: stringify(rows, { header: true, columns, bom: true, escape_formulas: true, record_delimiter: '\r\n' }),
  };
};

export const listAsJson = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const standards = (await matches(request, ctx)).map((one) => ({
    reference: one.reference,
    version: one.version,
    title: one.title,
    level: one.level,
    route: one.route,
    status: one.status,
    coreAndOptions: one.coreAndOptions,
    ksbs: one.ksbCount,
    duties: one.dutyCount,
    otherVersions: one.otherVersions.map((other) => ({ version: other.version, status: other.status })),
    fictional: one.fictional,
    imported: one.importedAt.toISOString(),
    changed: one.changedAt.toISOString(),
    address: standardVersionPath(one.reference, one.version),
    source: source(one),
  }));
  return {
    kind: 'file',
    name: 'standards.json',
    type: 'application/json; charset=utf-8',
    body: `${JSON.stringify({ standards }, null, 1)}\n`,
  };
};
