import type { Context } from '#platform/context.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import type { StandardFilters } from '../domain/standard-filters.ts';
import { everyMatch, type FoundStandard } from './search-standards.ts';

/** Whose wording a row is, so that it goes wherever the row goes. */
const source = (one: FoundStandard): string =>
  one.fictional
    ? 'Fictional, made up for HTQ Toolkit'
    : 'Crown copyright, Skills England, Open Government Licence v3.0';

const yesNo = (flag: boolean): string => (flag ? 'yes' : 'no');

type Cell = string | number | null;

/** Heading and value of each column. Versions are text: a spreadsheet would make 1 of 1.0. */
const columns: readonly (readonly [string, (one: FoundStandard) => Cell])[] = [
  ['reference', (one) => one.reference],
  ['version', (one) => one.version],
  ['title', (one) => one.title],
  ['level', (one) => one.level],
  ['route', (one) => one.route],
  ['status', (one) => one.status],
  ['core and options', (one) => yesNo(one.coreAndOptions)],
  ['KSBs', (one) => one.ksbCount],
  ['duties', (one) => one.dutyCount],
  ['other versions', (one) => one.otherVersions.map((other) => other.version).join(', ')],
  ['fictional', (one) => yesNo(one.fictional)],
  ['imported', (one) => one.importedAt.toISOString()],
  ['changed', (one) => one.changedAt.toISOString()],
  ['source', source],
];

/** Every standard that matches, a row each, as CSV bytes. */
export const standardsAsCsv = async (ctx: Context, filters: StandardFilters): Promise<Uint8Array> =>
  writeCsv([
    columns.map(([heading]) => heading),
    ...(await everyMatch(ctx, filters)).map((one) => columns.map(([, value]) => value(one))),
  ]);

/**
 * Every standard that matches, as JSON text: `{standards: [{reference, version, title, …}]}`.
 *
 * @param addressOf where a version's page is.
 */
export const standardsAsJson = async (
  ctx: Context,
  filters: StandardFilters,
  addressOf: (one: FoundStandard) => string,
): Promise<string> => {
  const standards = (await everyMatch(ctx, filters)).map((one) => ({
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
    address: addressOf(one),
    source: source(one),
  }));
  return `${JSON.stringify({ standards }, null, 1)}\n`;
};
