import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import type { ProviderRow } from '../domain/provider-file.ts';
import { tables } from './tables.ts';

export type StoredProvider = ProviderRow & { readonly id: string };

/** Every provider that has a UKPRN; locked, so that two imports at once follow each other. */
export const providersByUkprn = async (ctx: Context): Promise<ReadonlyMap<string, StoredProvider>> => {
  const rows = await tables(ctx)
    .selectFrom('accounts.organisation')
    .select(['id', 'ukprn', 'name', 'provider_type as providerType', 'region', 'town', 'postcode'])
    .where('ukprn', 'is not', null)
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.ukprn ?? '', { ...row, ukprn: row.ukprn ?? '' }]));
};

/** The same by name, for reading. */
export const listProviders = async (ctx: Context): Promise<readonly Omit<StoredProvider, 'id'>[]> => {
  const rows = await tables(ctx)
    .selectFrom('accounts.organisation')
    .select(['ukprn', 'name', 'provider_type as providerType', 'region', 'town', 'postcode'])
    .where('kind', '=', 'provider')
    .where('ukprn', 'is not', null)
    .orderBy('name')
    .orderBy('ukprn')
    .execute();
  return rows.map((row) => ({ ...row, ukprn: row.ukprn ?? '' }));
};

/** Rows of one statement, below PostgreSQL's 65,535 parameters. */
const rowsPerStatement = 1000;

export const addProviders = async (ctx: Context, rows: readonly ProviderRow[], source: string): Promise<void> => {
  const now = ctx.clock();
  for (let first = 0; first < rows.length; first += rowsPerStatement)
    await tables(ctx)
      .insertInto('accounts.organisation')
      .values(
        rows.slice(first, first + rowsPerStatement).map((row) => ({
          id: randomUUID(),
          kind: 'provider',
          name: row.name,
          ukprn: row.ukprn,
          provider_type: row.providerType,
          region: row.region,
          town: row.town,
          postcode: row.postcode,
          fictional: false,
          source,
          made_at: now,
          changed_at: now,
        })),
      )
      .execute();
};

export const changeProvider = async (ctx: Context, id: string, row: ProviderRow, source: string): Promise<void> => {
  await tables(ctx)
    .updateTable('accounts.organisation')
    .set({
      name: row.name,
      provider_type: row.providerType,
      region: row.region,
      town: row.town,
      postcode: row.postcode,
      source,
      changed_at: ctx.clock(),
    })
    .where('id', '=', id)
    .execute();
};
