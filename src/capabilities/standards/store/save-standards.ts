import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { OccupationalStandard } from '../domain/occupational-standard.ts';
import type { StandardsTables } from './rows.ts';

export type StandardToSave = {
  readonly standard: OccupationalStandard;
  readonly fictional: boolean;
  readonly contentHash: string;
  /** The record whole, as JSON text. */
  readonly record: string;
};

export type StoredKey = { readonly reference: string; readonly version: string; readonly contentHash: string };

/** Reference, version and content hash of every stored version. */
export const storedKeys = async (ctx: Context): Promise<readonly StoredKey[]> => {
  const rows = await ctx.db
    .withTables<StandardsTables>()
    .selectFrom('standards.standard_version')
    .select(['reference', 'version', 'content_hash'])
    .execute();
  return rows.map((row) => ({ reference: row.reference, version: row.version, contentHash: row.content_hash }));
};

/** `1.10` as `[1, 10]`: so versions are ordered as people count them; what is no number counts as 0. */
const versionOrder = (version: string): readonly number[] =>
  version.split('.').map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : 0));

/**
 * The words of the wording, each once: what a word's place and number of times would add to the search of the wording
 * is not worth twice the time of an import. Titles and names keep their order.
 */
const eachWordOnce = (texts: readonly string[]): string =>
  [
    ...new Set(
      texts
        .join(' ')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu),
    ),
  ].join(' ');

const searchVector = (standard: OccupationalStandard) => {
  const names = [...standard.typicalJobTitles, ...standard.keywords, standard.reference].join(' · ');
  const wording = eachWordOnce([
    standard.overview,
    standard.summary,
    ...standard.duties.map((duty) => duty.text),
    ...standard.ksbs.map((ksb) => ksb.text),
  ]);
  return sql<string>`setweight(to_tsvector('english', ${standard.title}), 'A')
    || setweight(to_tsvector('english', ${names}), 'B') || setweight(to_tsvector('english', ${wording}), 'C')`;
};

/**
 * Writes the standards in one transaction: all of them or none. What a version said before is kept beside it.
 * Within one call no reference and version may stand twice.
 */
export const saveStandards = async (ctx: Context, standards: readonly StandardToSave[]): Promise<void> => {
  if (standards.length === 0) return;
  const now = ctx.clock();
  await ctx.transaction(async ({ db }) => {
    const tables = db.withTables<StandardsTables>();
    const keys = standards.map(({ standard }) => sql`(${standard.reference}, ${standard.version})`);
    await sql`
      insert into standards.earlier_record (reference, version, content_hash, record, changed_at, replaced_at)
      select reference, version, content_hash, record, changed_at, ${now}
      from standards.standard_version where (reference, version) in (${sql.join(keys)})`.execute(db);
    await tables
      .insertInto('standards.standard_version')
      .values(
        standards.map(({ standard, fictional, contentHash, record }) => ({
          reference: standard.reference,
          version: standard.version,
          version_order: [...versionOrder(standard.version)],
          fictional,
          title: standard.title,
          level: standard.level,
          route: standard.route,
          status: standard.status,
          core_and_options: standard.coreAndOptions,
          ksb_count: standard.ksbs.length,
          duty_count: standard.duties.length,
          search: searchVector(standard),
          content_hash: contentHash,
          record,
          imported_at: now,
          changed_at: now,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['reference', 'version']).doUpdateSet((row) => ({
          version_order: row.ref('excluded.version_order'),
          fictional: row.ref('excluded.fictional'),
          title: row.ref('excluded.title'),
          level: row.ref('excluded.level'),
          route: row.ref('excluded.route'),
          status: row.ref('excluded.status'),
          core_and_options: row.ref('excluded.core_and_options'),
          ksb_count: row.ref('excluded.ksb_count'),
          duty_count: row.ref('excluded.duty_count'),
          search: row.ref('excluded.search'),
          content_hash: row.ref('excluded.content_hash'),
          record: row.ref('excluded.record'),
          changed_at: row.ref('excluded.changed_at'),
        })),
      )
      .execute();
  });
};
