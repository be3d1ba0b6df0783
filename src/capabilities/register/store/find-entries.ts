import { type RawBuilder, sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { ListedEntry } from '../domain/listed-entry.ts';
import type { AsOf } from '../domain/register-entry.ts';
import type { RegisterFilters } from '../domain/register-filters.ts';
import { holds } from './facts.ts';
import { readStanding } from './standing.ts';

export type FoundIds = { readonly total: number; readonly ids: readonly string[] };
export type Part = { readonly skip: number; readonly take: number };

/** Words that are asked for; the signs inside a number are left out, as they are where it is found: 603/1234/5 is 60312345. */
const termsOf = (words: string): readonly string[] =>
  (words.replaceAll(/(?<=\d)[/.-](?=\d|x\b)/giu, '').match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 12);

/** Each word may be the beginning of one: `netw north` finds networks at Northfield, `999/0003` all of that beginning. */
const asQuery = (words: string) =>
  sql`to_tsquery('english', ${termsOf(words)
    .map((word) => `${word}:*`)
    .join(' & ')})`;
const hasWords = (words: string): boolean => /[\p{L}\p{N}]/u.test(words);

/** An offer that leaves the choice is one of either way. */
const modesFor = (mode: string): readonly string[] =>
  mode === 'full-time' || mode === 'part-time' ? [mode, 'either'] : [mode];

const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

const isUkprn = (text: string): boolean => /^\d{8}$/.test(text);

const all = (conditions: readonly RawBuilder<unknown>[]) => sql.join([sql`true`, ...conditions], sql` and `);

type Row = { readonly id: string; readonly total: string | number };

const asFound = async (ctx: Context, query: RawBuilder<Row>): Promise<FoundIds> => {
  const { rows } = await query.execute(ctx.db);
  return { total: Number(rows[0]?.total ?? 0), ids: rows.map((row) => row.id) };
};

type StandingRow = Omit<ListedEntry, 'state'> & {
  readonly state: 'approved' | 'withdrawn' | 'not-approved';
  readonly total: number;
  readonly madeFor: string;
};

export type FoundStanding = { readonly total: number; readonly entries: readonly ListedEntry[] };

/**
 * Entries as they stand on the day that is today, by what `writeFound` wrote: the best first when there are words, else
 * by title. One statement finds, ranks and reads what a list shows.
 *
 * @returns `null` when what it goes by was not made for today yet: ask `findAsOf`.
 */
export const findStanding = async (
  ctx: Context,
  today: string,
  filters: RegisterFilters,
  part: Part,
): Promise<FoundStanding | null> => {
  const { words } = filters;
  const asked = words !== null && hasWords(words) ? asQuery(words) : null;
  const conditions: RawBuilder<unknown>[] = [];
  if (asked) conditions.push(sql`words @@ ${asked}`);
  if (filters.route !== null) conditions.push(sql`route = ${filters.route}`);
  if (filters.level !== null) conditions.push(sql`level = ${filters.level}`);
  if (filters.occupation !== null) conditions.push(sql`occupations @> array[${filters.occupation}]`);
  if (filters.awardingOrganisation !== null)
    conditions.push(sql`awarding_organisation ilike ${like(filters.awardingOrganisation)}`);
  if (filters.provider !== null)
    conditions.push(
      isUkprn(filters.provider)
        ? sql`ukprns @> array[${filters.provider}]`
        : sql`ukprns && array(select p.subject from register.fact as p where p.kind = 'provider'
            and ${holds({ on: today, known: null }, 'p')} and p.body->>'name' ilike ${like(filters.provider)})`,
    );
  if (filters.region !== null) conditions.push(sql`regions @> array[${filters.region}]`);
  if (filters.town !== null) conditions.push(sql`towns @> array[lower(${filters.town})]`);
  if (filters.mode !== null) conditions.push(sql`modes && ${modesFor(filters.mode)}::text[]`);
  if (filters.firstTeachBy !== null) conditions.push(sql`first_teach <= ${filters.firstTeachBy}::date`);
  if (filters.state !== null) conditions.push(sql`state = ${filters.state}`);
  const order = asked ? sql`ts_rank(head, ${asked}) desc, lower(title), id` : sql`lower(title), id`;
  const { rows } =
    await sql<StandingRow>`select id, title, number, level, awarding_organisation as "awardingOrganisation", route,
      occupation_titles as "occupationTitles", first_teach as "firstTeach", cardinality(ukprns) as providers, unconfirmed, state, fictional,
      (count(*) over ())::integer as total, (select made_for from register.standing) as "madeFor"
    from register.found where ${all(conditions)} order by ${order} offset ${part.skip} limit ${part.take}`.execute(
      ctx.db,
    );
  const [first] = rows;
  if ((first ? first.madeFor : (await readStanding(ctx)).madeFor) !== today) return null;
  return {
    total: first?.total ?? 0,
    entries: rows.map(({ total, madeFor, ...row }) => ({
      ...row,
      state: row.state === 'approved' && (row.firstTeach ?? '') > today ? 'approved-not-yet-taught' : row.state,
    })),
  };
};

/** The same of any day and by any state of knowledge, from the facts themselves. */
export const findAsOf = (ctx: Context, asOf: AsOf, filters: RegisterFilters, part: Part): Promise<FoundIds> => {
  const at = (alias: string) => holds(asOf, alias);
  const offer = (more: RawBuilder<unknown>) => sql`exists (select 1 from register.fact as o
    where o.kind = 'offer' and o.qualification = q.subject and ${at('o')} and ${more})`;
  const provider = (more: RawBuilder<unknown>) => sql`exists (select 1 from register.fact as p
    where p.kind = 'provider' and p.subject = o.ukprn and ${at('p')} and ${more})`;
  const approval = (more: RawBuilder<unknown>) => sql`exists (select 1 from register.fact as a
    where a.kind = 'approval' and a.qualification = q.subject and ${at('a')} and ${more})`;
  // Where it is taught is told of offers that the awarding organisation had confirmed by that day.
  const counts = sql`o.body->>'confirmedBy' is not null and o.body->>'confirmedOn' <= ${asOf.on}`;
  const numbered = (term: string) => sql`exists (select 1 from jsonb_array_elements_text(q.body->'numbers') as n
    where starts_with(lower(regexp_replace(n, '[^[:alnum:]]', '', 'g')), ${term.toLowerCase()}))`;
  const conditions: RawBuilder<unknown>[] = [];
  for (const term of termsOf(filters.words ?? '')) {
    const asked = sql`to_tsquery('english', ${`${term}:*`})`;
    // A word that says nothing to the search, such as "the", asks for nothing.
    conditions.push(sql`(numnode(${asked}) = 0 or q.words @@ ${asked} or ${numbered(term)} or ${approval(sql`a.words @@ ${asked}`)}
      or ${offer(sql`(o.words @@ ${asked} or ${provider(sql`p.words @@ ${asked}`)})`)})`);
  }
  if (filters.route !== null) conditions.push(sql`q.body->>'route' = ${filters.route}`);
  if (filters.level !== null) conditions.push(sql`(q.body->>'level')::integer = ${filters.level}`);
  if (filters.occupation !== null) conditions.push(approval(sql`a.occupation = ${filters.occupation}`));
  if (filters.awardingOrganisation !== null)
    conditions.push(sql`q.body->>'awardingOrganisation' ilike ${like(filters.awardingOrganisation)}`);
  if (filters.provider !== null)
    conditions.push(
      offer(
        isUkprn(filters.provider)
          ? sql`${counts} and o.ukprn = ${filters.provider}`
          : sql`${counts} and ${provider(sql`p.body->>'name' ilike ${like(filters.provider)}`)}`,
      ),
    );
  if (filters.region !== null)
    conditions.push(offer(sql`${counts} and ${provider(sql`p.body->>'region' = ${filters.region}`)}`));
  if (filters.town !== null)
    conditions.push(offer(sql`${counts} and ${provider(sql`lower(p.body->>'town') = lower(${filters.town})`)}`));
  if (filters.mode !== null)
    conditions.push(offer(sql`${counts} and o.body->>'mode' = any(${modesFor(filters.mode)}::text[])`));
  if (filters.firstTeachBy !== null) conditions.push(approval(sql`a.body->>'firstTeach' <= ${filters.firstTeachBy}`));
  if (filters.state === 'approved') conditions.push(approval(sql`true`));
  if (filters.state === 'withdrawn')
    conditions.push(
      sql`not ${approval(sql`true`)}`,
      sql`exists (select 1 from register.fact as w where w.kind = 'withdrawal' and w.qualification = q.subject and ${at('w')})`,
    );
  return asFound(
    ctx,
    sql<Row>`select q.subject as id, count(*) over () as total from register.fact as q
      where q.kind = 'qualification' and ${at('q')} and ${all(conditions)}
      order by lower(q.body->>'title'), q.subject offset ${part.skip} limit ${part.take}`,
  );
};

/** First day on which the register has each entry, as is believed today, by its id. */
export const entriesSince = async (ctx: Context): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await sql<{ readonly id: string; readonly day: string }>`select subject as id, min(true_from)::text as day
        from register.fact where kind = 'qualification' and recorded_to = 'infinity' group by subject`.execute(ctx.db)
    ).rows.map((row) => [row.id, row.day]),
  );

export const allEntryIds = async (ctx: Context): Promise<readonly string[]> =>
  (
    await sql<{ readonly id: string }>`select distinct subject as id from register.fact where kind = 'qualification'
    and recorded_to = 'infinity' order by 1`.execute(ctx.db)
  ).rows.map((row) => row.id);
