import { type RawBuilder, sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { AsOf, Entry, Provider } from '../domain/register-entry.ts';
import type { RegisterFilters } from '../domain/register-filters.ts';
import { holds } from './facts.ts';

export type FoundIds = { readonly total: number; readonly ids: readonly string[] };
export type Part = { readonly skip: number; readonly take: number };

/** Each word may be the beginning of one: `netw north` finds networks at Northfield. */
const asQuery = (words: string) => {
  const terms = (words.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 12).map((word) => `${word}:*`);
  return sql`to_tsquery('english', ${terms.join(' & ')})`;
};
const hasWords = (words: string): boolean => /[\p{L}\p{N}]/u.test(words);

const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

const all = (conditions: readonly RawBuilder<unknown>[]) => sql.join([sql`true`, ...conditions], sql` and `);

type Row = { readonly id: string; readonly total: string | number };

const asFound = async (ctx: Context, query: RawBuilder<Row>): Promise<FoundIds> => {
  const { rows } = await query.execute(ctx.db);
  return { total: Number(rows[0]?.total ?? 0), ids: rows.map((row) => row.id) };
};

/** Entries as they stand today, by what `writeFound` wrote: the best first when there are words, else by title. */
export const findStanding = (ctx: Context, filters: RegisterFilters, part: Part): Promise<FoundIds> => {
  const { words } = filters;
  const asked = words !== null && hasWords(words) ? asQuery(words) : null;
  const conditions: RawBuilder<unknown>[] = [];
  if (asked) conditions.push(sql`words @@ ${asked}`);
  if (filters.route !== null) conditions.push(sql`route = ${filters.route}`);
  if (filters.level !== null) conditions.push(sql`level = ${filters.level}`);
  if (filters.occupation !== null) conditions.push(sql`occupations @> array[${filters.occupation}]`);
  if (filters.awardingOrganisation !== null)
    conditions.push(sql`awarding_organisation ilike ${like(filters.awardingOrganisation)}`);
  if (filters.ukprn !== null) conditions.push(sql`ukprns @> array[${filters.ukprn}]`);
  if (filters.region !== null) conditions.push(sql`regions @> array[${filters.region}]`);
  if (filters.town !== null) conditions.push(sql`towns @> array[lower(${filters.town})]`);
  if (filters.mode !== null) conditions.push(sql`modes @> array[${filters.mode}]`);
  if (filters.firstTeachBy !== null) conditions.push(sql`first_teach <= ${filters.firstTeachBy}::date`);
  if (filters.state !== null) conditions.push(sql`state = ${filters.state}`);
  const order = asked ? sql`ts_rank(head, ${asked}) desc, lower(title), id` : sql`lower(title), id`;
  return asFound(
    ctx,
    sql<Row>`select id, count(*) over () as total from register.found where ${all(conditions)}
      order by ${order} offset ${part.skip} limit ${part.take}`,
  );
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
  const conditions: RawBuilder<unknown>[] = [];
  const terms = filters.words?.match(/[\p{L}\p{N}]+/gu)?.slice(0, 12) ?? [];
  for (const term of terms) {
    const asked = sql`to_tsquery('english', ${`${term}:*`})`;
    // A word that says nothing to the search, such as "the", asks for nothing.
    conditions.push(sql`(numnode(${asked}) = 0 or q.words @@ ${asked} or ${approval(sql`a.words @@ ${asked}`)}
      or ${offer(sql`(o.words @@ ${asked} or ${provider(sql`p.words @@ ${asked}`)})`)})`);
  }
  if (filters.route !== null) conditions.push(sql`q.body->>'route' = ${filters.route}`);
  if (filters.level !== null) conditions.push(sql`(q.body->>'level')::integer = ${filters.level}`);
  if (filters.occupation !== null) conditions.push(approval(sql`a.occupation = ${filters.occupation}`));
  if (filters.awardingOrganisation !== null)
    conditions.push(sql`q.body->>'awardingOrganisation' ilike ${like(filters.awardingOrganisation)}`);
  if (filters.ukprn !== null) conditions.push(offer(sql`o.ukprn = ${filters.ukprn}`));
  if (filters.region !== null) conditions.push(offer(provider(sql`p.body->>'region' = ${filters.region}`)));
  if (filters.town !== null) conditions.push(offer(provider(sql`lower(p.body->>'town') = lower(${filters.town})`)));
  if (filters.mode !== null) conditions.push(offer(sql`o.body->>'mode' = ${filters.mode}`));
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

const stateWord = (entry: Entry): string => {
  switch (entry.state.kind) {
    case 'approved':
    case 'approved-not-yet-taught':
      return 'approved';
    case 'withdrawn':
      return 'withdrawn';
    case 'not-approved':
      return 'not-approved';
  }
};

/** Writes how entries stand today for the search to go by. Entries that are left out of the list stay as they are. */
export const writeFound = async (
  ctx: Context,
  entries: readonly Entry[],
  providers: ReadonlyMap<string, Provider>,
): Promise<void> => {
  const rows = entries.map((one) => {
    const held = [...new Set(one.offers.map((offer) => offer.ukprn))].flatMap((ukprn) => providers.get(ukprn) ?? []);
    const distinct = (values: readonly (string | null)[]) => [...new Set(values.filter((value) => value !== null))];
    return {
      id: one.id,
      title: one.title,
      state: stateWord(one),
      level: one.level,
      route: one.route,
      ao: one.awardingOrganisation,
      occupations: one.approvals.map((approval) => approval.occupation),
      ukprns: distinct(one.offers.map((offer) => offer.ukprn)),
      regions: distinct(held.map((provider) => provider.region)),
      towns: distinct(held.map((provider) => provider.town?.toLowerCase() ?? null)),
      modes: distinct(one.offers.map((offer) => offer.mode)),
      first: one.approvals.map((approval) => approval.firstTeach).toSorted()[0] ?? null,
      offers: one.offers.length,
      a: `${one.title} ${one.numbers.join(' ')}`,
      b: `${one.awardingOrganisation} ${one.approvals.map((approval) => `${approval.occupation} ${approval.occupationTitle}`).join(' ')}`,
      c: `${held.map((provider) => `${provider.name} ${provider.town ?? ''} ${provider.ukprn}`).join(' ')} ${one.offers.map((offer) => offer.site).join(' ')}`,
    };
  });
  if (rows.length === 0) return;
  await sql`
    insert into register.found (id, title, state, level, route, awarding_organisation, occupations, ukprns, regions, towns,
      modes, first_teach, offers, words, head)
    select id, title, state, level, route, ao, array(select jsonb_array_elements_text(occupations)),
      array(select jsonb_array_elements_text(ukprns)), array(select jsonb_array_elements_text(regions)),
      array(select jsonb_array_elements_text(towns)), array(select jsonb_array_elements_text(modes)), first, offers,
      setweight(to_tsvector('english', a), 'A') || setweight(to_tsvector('english', b), 'B') || setweight(to_tsvector('english', c), 'C'),
      setweight(to_tsvector('english', a), 'A') || setweight(to_tsvector('english', b), 'B')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id text, title text, state text, level integer, route text,
      ao text, occupations jsonb, ukprns jsonb, regions jsonb, towns jsonb, modes jsonb, first date, offers integer, a text, b text, c text)
    on conflict (id) do update set title = excluded.title, state = excluded.state, level = excluded.level, route = excluded.route,
      awarding_organisation = excluded.awarding_organisation, occupations = excluded.occupations, ukprns = excluded.ukprns,
      regions = excluded.regions, towns = excluded.towns, modes = excluded.modes, first_teach = excluded.first_teach,
      offers = excluded.offers, words = excluded.words, head = excluded.head`.execute(ctx.db);
};

export type RegisterHeld = {
  readonly entries: number;
  readonly approved: number;
  readonly routes: readonly string[];
  readonly levels: readonly number[];
  readonly regions: readonly string[];
};

/** What there is to choose from. */
export const registerHeld = async (ctx: Context): Promise<RegisterHeld> => {
  const { rows } = await sql<{
    readonly entries: number;
    readonly approved: number;
    readonly routes: readonly string[] | null;
    readonly levels: readonly number[] | null;
    readonly regions: readonly string[] | null;
  }>`select count(*)::integer as entries, (count(*) filter (where state = 'approved'))::integer as approved,
      array_agg(distinct route order by route) filter (where route is not null) as routes,
      array_agg(distinct level order by level) as levels,
      (select array_agg(distinct region order by region) from register.found, unnest(regions) as region) as regions
    from register.found`.execute(ctx.db);
  const [row] = rows;
  return {
    entries: row?.entries ?? 0,
    approved: row?.approved ?? 0,
    routes: row?.routes ?? [],
    levels: row?.levels ?? [],
    regions: row?.regions ?? [],
  };
};

export const allEntryIds = async (ctx: Context): Promise<readonly string[]> =>
  (
    await sql<{ readonly id: string }>`select distinct subject as id from register.fact where kind = 'qualification'
    and recorded_to = 'infinity' order by 1`.execute(ctx.db)
  ).rows.map((row) => row.id);
