import { type Expression, type SqlBool, sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { StandardFilters, StandardInList } from '../domain/standard-filters.ts';
import { approvedStatus } from '../domain/standard-versions.ts';
import type { StandardsTables, StandardVersionRow } from './rows.ts';

const table = 'standards.standard_version';

const listColumns = [
  'reference',
  'version',
  'title',
  'level',
  'route',
  'status',
  'core_and_options',
  'ksb_count',
  'duty_count',
  'fictional',
  'imported_at',
  'changed_at',
] as const;

const inList = (row: Pick<StandardVersionRow, (typeof listColumns)[number]>): StandardInList => ({
  reference: row.reference,
  version: row.version,
  title: row.title,
  level: row.level,
  route: row.route,
  status: row.status,
  coreAndOptions: row.core_and_options,
  ksbCount: row.ksb_count,
  dutyCount: row.duty_count,
  fictional: row.fictional,
  importedAt: row.imported_at,
  changedAt: row.changed_at,
});

/** `domain/standard-versions.ts` says why the approved come first. */
const approvedFirst = sql`(coalesce(lower(trim(status)), '') = ${approvedStatus.toLowerCase()}) desc`;

const asQuery = (words: string) => sql`websearch_to_tsquery('english', ${words})`;

/** Words for `like`, its own signs taken as they are. */
const likeText = (words: string): string => words.replaceAll(/[\\%_]/g, '\\$&');

/**
 * One row per standard that has a version which matches: of those versions the newest approved, else the newest.
 * With words also how well it matches; a title or a reference that holds them as typed comes before all others.
 */
const matching = (ctx: Context, filters: StandardFilters) => {
  const { words } = filters;
  const literally = words === null ? null : likeText(words);
  const rank =
    words === null
      ? sql<number>`0`
      : sql<number>`ts_rank(search, ${asQuery(words)})
          + (case when title ilike ${`%${literally}%`} or reference ilike ${`${literally}%`} then 1 else 0 end)`;
  return ctx.db
    .withTables<StandardsTables>()
    .selectFrom(table)
    .distinctOn('reference')
    .select(listColumns)
    .select(rank.as('rank'))
    .where((row) => {
      const wanted: Expression<SqlBool>[] = [];
      if (words !== null)
        wanted.push(
          row.or([
            sql<SqlBool>`search @@ ${asQuery(words)}`,
            row('title', 'ilike', `%${literally}%`),
            row('reference', 'ilike', `${literally}%`),
          ]),
        );
      if (filters.route !== null) wanted.push(row('route', '=', filters.route));
      if (filters.levels.length > 0) wanted.push(row('level', 'in', [...filters.levels]));
      if (filters.status !== null) wanted.push(row('status', '=', filters.status));
      if (filters.coreAndOptions !== null) wanted.push(row('core_and_options', '=', filters.coreAndOptions));
      if (filters.fictional !== null) wanted.push(row('fictional', '=', filters.fictional));
      return row.and(wanted);
    })
    .orderBy('reference')
    .orderBy(approvedFirst)
    .orderBy('version_order', 'desc')
    .orderBy('version', 'desc');
};

/** How many standards match, whatever the page. */
export const countMatching = async (ctx: Context, filters: StandardFilters): Promise<number> => {
  const found = await ctx.db
    .selectFrom(matching(ctx, filters).as('matching'))
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(found.count);
};

/**
 * The standards that match: best first when there are words, else by title.
 *
 * @param part which of them; `null`: all.
 */
export const findMatching = async (
  ctx: Context,
  filters: StandardFilters,
  part: { readonly skip: number; readonly take: number } | null,
): Promise<readonly StandardInList[]> => {
  const ordered = ctx.db
    .selectFrom(matching(ctx, filters).as('matching'))
    .select(listColumns)
    .orderBy('rank', 'desc')
    .orderBy(sql`lower(title)`)
    .orderBy('reference');
  const rows = await (part ? ordered.offset(part.skip).limit(part.take) : ordered).execute();
  return rows.map(inList);
};

/** False for words that say nothing to a search: "the", "and of". */
export const canBeSearched = async (ctx: Context, words: string): Promise<boolean> => {
  const { rows } = await sql<{ nodes: number }>`select numnode(${asQuery(words)}) as nodes`.execute(ctx.db);
  return Number(rows[0]?.nodes ?? 0) > 0;
};

/** All stored versions of these references, newest first within each. */
export const findVersions = async (ctx: Context, references: readonly string[]): Promise<readonly StandardInList[]> => {
  if (references.length === 0) return [];
  const rows = await ctx.db
    .withTables<StandardsTables>()
    .selectFrom(table)
    .select(listColumns)
    .where('reference', 'in', [...references])
    .orderBy('reference')
    .orderBy('version_order', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows.map(inList);
};

/** Every version of every standard by title, newest first. */
export const findAllVersions = async (ctx: Context): Promise<readonly StandardInList[]> => {
  const rows = await ctx.db
    .withTables<StandardsTables>()
    .selectFrom(table)
    .select(listColumns)
    .orderBy(sql`lower(title)`)
    .orderBy('reference')
    .orderBy('version_order', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows.map(inList);
};

/** The records of all stored versions of these references, as JSON text, newest first within each. */
export const findRecords = async (ctx: Context, references: readonly string[]): Promise<readonly string[]> => {
  if (references.length === 0) return [];
  const rows = await ctx.db
    .withTables<StandardsTables>()
    .selectFrom(table)
    .select('record')
    .where('reference', 'in', [...references])
    .orderBy('reference')
    .orderBy('version_order', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => row.record);
};

export type StoredRecord = { readonly standard: StandardInList; readonly record: string };

export const findRecord = async (ctx: Context, reference: string, version: string): Promise<StoredRecord | null> => {
  const row = await ctx.db
    .withTables<StandardsTables>()
    .selectFrom(table)
    .select(listColumns)
    .select('record')
    .where('reference', '=', reference)
    .where('version', '=', version)
    .executeTakeFirst();
  return row ? { standard: inList(row), record: row.record } : null;
};

/** When the record of a version was replaced by another under the same version number, latest first. */
export const findReplacements = async (ctx: Context, reference: string, version: string): Promise<readonly Date[]> => {
  const rows = await ctx.db
    .withTables<StandardsTables>()
    .selectFrom('standards.earlier_record')
    .select('replaced_at')
    .where('reference', '=', reference)
    .where('version', '=', version)
    .orderBy('replaced_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => row.replaced_at);
};

/** What there is to choose from, and how much of it is real. Counts are of standards, but for `versions`. */
export type StandardsHeld = {
  readonly standards: number;
  readonly versions: number;
  readonly real: number;
  readonly fictional: number;
  readonly routes: readonly string[];
  readonly levels: readonly number[];
  readonly statuses: readonly string[];
};

export const findHeld = async (ctx: Context): Promise<StandardsHeld> => {
  const tables = ctx.db.withTables<StandardsTables>();
  const counts = await tables
    .selectFrom(table)
    .select([
      sql<number>`count(distinct reference)`.as('standards'),
      sql<number>`count(*)`.as('versions'),
      sql<number>`count(distinct reference) filter (where not fictional)`.as('real'),
      sql<number>`count(distinct reference) filter (where fictional)`.as('fictional'),
    ])
    .executeTakeFirstOrThrow();
  const distinct = async (column: 'route' | 'status') =>
    (await tables.selectFrom(table).select(column).distinct().where(column, 'is not', null).execute())
      .flatMap((row) => row[column as keyof typeof row] ?? [])
      .sort((a, b) => a.localeCompare(b, 'en-GB'));
  const levels = await tables.selectFrom(table).select('level').distinct().where('level', 'is not', null).execute();
  return {
    standards: Number(counts.standards),
    versions: Number(counts.versions),
    real: Number(counts.real),
    fictional: Number(counts.fictional),
    routes: await distinct('route'),
    levels: levels.flatMap((row) => row.level ?? []).sort((a, b) => a - b),
    statuses: await distinct('status'),
  };
};
