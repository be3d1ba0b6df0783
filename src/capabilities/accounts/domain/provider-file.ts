import type { Problem } from '#kernel/problem.ts';
import { readUkprn } from './ukprn.ts';

/** What a file of providers says of one. */
export type ProviderRow = {
  readonly ukprn: string;
  readonly name: string;
  readonly providerType: string | null;
  readonly region: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
};

/** Headers that published files use for each column, in lower case without blanks and signs. */
const headers: Readonly<Record<keyof ProviderRow, readonly string[]>> = {
  ukprn: ['ukprn', 'providerukprn', 'ukproviderreferencenumber'],
  name: ['name', 'providername', 'legalname', 'organisationname', 'provider'],
  providerType: ['providertype', 'type'],
  region: ['region', 'maindeliveryregion', 'deliveryregion'],
  town: ['town', 'city', 'towncity'],
  postcode: ['postcode'],
};

const needed: readonly (keyof ProviderRow)[] = ['ukprn', 'name'];

const plain = (header: string): string => header.toLowerCase().replaceAll(/[^a-z]/g, '');

export type ProviderFile = {
  readonly rows: readonly ProviderRow[];
  /** Headers of columns that nothing was taken from. */
  readonly unused: readonly string[];
  readonly problems: readonly Problem[];
};

/**
 * Reads the rows of a file of providers. Headers are matched by their letters, whatever their case and order.
 *
 * @param table all rows, the headers first.
 * @returns what it holds, and everything that is wrong with it: each with its row as a spreadsheet counts it, and column.
 */
export const readProviderFile = (table: readonly (readonly string[])[]): ProviderFile => {
  const [first = [], ...body] = table;
  const columns = new Map<keyof ProviderRow, number>();
  const used = new Set<number>();
  for (const [field, names] of Object.entries(headers) as [keyof ProviderRow, readonly string[]][]) {
    const at = first.findIndex((header, index) => !used.has(index) && names.includes(plain(header)));
    if (at === -1) continue;
    columns.set(field, at);
    used.add(at);
  }
  const unused = first.filter((_, index) => !used.has(index));
  const missing = needed.filter((field) => !columns.has(field));
  if (missing.length > 0)
    return {
      rows: [],
      unused,
      problems: missing.map((field) => ({
        path: 'row 1',
        message: `no column is called ${headers[field].map((name) => `"${name}"`).join(' or ')}; found ${first.length === 0 ? 'nothing' : first.map((header) => `"${header}"`).join(', ')}`,
      })),
    };
  const problems: Problem[] = [];
  const rows: ProviderRow[] = [];
  const seen = new Map<string, number>();
  body.forEach((cells, index) => {
    const row = index + 2;
    const cell = (field: keyof ProviderRow): string => (cells[columns.get(field) ?? -1] ?? '').trim();
    if (cells.every((text) => text.trim() === '')) return;
    const ukprn = readUkprn(cell('ukprn'));
    const name = cell('name').replaceAll(/\s+/g, ' ');
    const place = (field: keyof ProviderRow) => `row ${row}, column ${first[columns.get(field) ?? 0]}`;
    if (ukprn === null)
      problems.push({
        path: place('ukprn'),
        message: `found ${cell('ukprn') === '' ? 'nothing' : `"${cell('ukprn')}"`}, expected eight digits, the first not 0`,
      });
    if (name === '') problems.push({ path: place('name'), message: 'found nothing, expected the provider’s name' });
    const other = ukprn === null ? undefined : seen.get(ukprn);
    if (other !== undefined)
      problems.push({ path: place('ukprn'), message: `${ukprn} stands in row ${other} already` });
    if (ukprn === null || name === '' || other !== undefined) return;
    seen.set(ukprn, row);
    rows.push({
      ukprn,
      name,
      providerType: cell('providerType') || null,
      region: cell('region') || null,
      town: cell('town') || null,
      postcode: cell('postcode') || null,
    });
  });
  return { rows, unused, problems };
};
