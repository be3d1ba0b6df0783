import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { asListed, providersOf } from '../domain/listed-entry.ts';
import { type Entry, isConfirmed, type Provider } from '../domain/register-entry.ts';

const stateWord = (entry: Entry): string =>
  entry.state.kind === 'approved-not-yet-taught' ? 'approved' : entry.state.kind;

/** A number without its signs, so that it is found whole and by its beginning, however it is written. */
const bare = (number: string): string => number.replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * Writes how entries stand on a day: what the search goes by, and what it shows. Where it is taught is told of confirmed offers
 * alone; the words find the others too.
 */
export const writeFound = async (
  ctx: Context,
  entries: readonly Entry[],
  providers: ReadonlyMap<string, Provider>,
  on: string,
): Promise<void> => {
  const rows = entries.map((one) => {
    const known = (ukprns: readonly string[]) => ukprns.flatMap((ukprn) => providers.get(ukprn) ?? []);
    const offers = one.offers.filter((offer) => isConfirmed(offer, on));
    const { confirmed, unconfirmed } = providersOf(one, on);
    const held = known(confirmed);
    const named = known([...confirmed, ...unconfirmed]);
    const distinct = (values: readonly (string | null)[]) => [...new Set(values.filter((value) => value !== null))];
    const { number, firstTeach, occupationTitles } = asListed(one, on);
    return {
      id: one.id,
      title: one.title,
      number,
      state: stateWord(one),
      level: one.level,
      route: one.route,
      ao: one.awardingOrganisation,
      occupations: one.approvals.map((approval) => approval.occupation),
      titles: occupationTitles,
      ukprns: confirmed,
      unconfirmed: unconfirmed.length,
      regions: distinct(held.map((provider) => provider.region)),
      towns: distinct(held.map((provider) => provider.town?.toLowerCase() ?? null)),
      modes: distinct(offers.map((offer) => offer.mode)),
      first: firstTeach,
      offers: offers.length,
      fictional: one.fictional,
      a: `${one.title} ${one.numbers.join(' ')} ${one.numbers.map(bare).join(' ')}`,
      b: `${one.awardingOrganisation} ${one.approvals.map((approval) => `${approval.occupation} ${approval.occupationTitle}`).join(' ')}`,
      c: `${named.map((provider) => `${provider.name} ${provider.town ?? ''} ${provider.ukprn}`).join(' ')} ${one.offers.map((offer) => offer.site).join(' ')}`,
    };
  });
  if (rows.length === 0) return;
  await sql`
    insert into register.found (id, title, number, state, level, route, awarding_organisation, occupations, occupation_titles,
      ukprns, regions, towns, modes, first_teach, offers, unconfirmed, fictional, words, head)
    select id, title, number, state, level, route, ao, array(select jsonb_array_elements_text(occupations)),
      array(select jsonb_array_elements_text(titles)), array(select jsonb_array_elements_text(ukprns)),
      array(select jsonb_array_elements_text(regions)), array(select jsonb_array_elements_text(towns)),
      array(select jsonb_array_elements_text(modes)), first, offers, unconfirmed, fictional,
      setweight(to_tsvector('english', a), 'A') || setweight(to_tsvector('english', b), 'B') || setweight(to_tsvector('english', c), 'C'),
      setweight(to_tsvector('english', a), 'A') || setweight(to_tsvector('english', b), 'B')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id text, title text, number text, state text, level integer,
      route text, ao text, occupations jsonb, titles jsonb, ukprns jsonb, regions jsonb, towns jsonb, modes jsonb, first date,
      offers integer, unconfirmed integer, fictional boolean, a text, b text, c text)
    on conflict (id) do update set title = excluded.title, number = excluded.number, state = excluded.state,
      level = excluded.level, route = excluded.route, awarding_organisation = excluded.awarding_organisation,
      occupations = excluded.occupations, occupation_titles = excluded.occupation_titles, ukprns = excluded.ukprns,
      regions = excluded.regions, towns = excluded.towns, modes = excluded.modes, first_teach = excluded.first_teach,
      offers = excluded.offers, unconfirmed = excluded.unconfirmed, fictional = excluded.fictional, words = excluded.words, head = excluded.head`.execute(
    ctx.db,
  );
};

/** Takes out what the register no longer holds. */
export const removeFound = async (ctx: Context, ids: readonly string[]): Promise<void> => {
  await sql`delete from register.found where id = any(${[...ids]}::text[])`.execute(ctx.db);
};

/** What there is to choose from, and the day for which it was made; `null`: nothing was made yet. */
export type Standing = {
  readonly madeFor: string | null;
  readonly entries: number;
  readonly approved: number;
  readonly routes: readonly string[];
  readonly levels: readonly number[];
  readonly regions: readonly string[];
};

const none: Standing = { madeFor: null, entries: 0, approved: 0, routes: [], levels: [], regions: [] };

export const readStanding = async (ctx: Context): Promise<Standing> => {
  const { rows } = await sql<Standing>`select made_for as "madeFor", entries, approved, routes, levels, regions
    from register.standing`.execute(ctx.db);
  return rows[0] ?? none;
};

/** Counts anew what there is. @param all whether all of it was made for today, or only what was touched. */
export const writeStanding = async (ctx: Context, today: string, all: boolean): Promise<void> => {
  await sql`insert into register.standing as held (made_for, entries, approved, routes, levels, regions)
    select ${today}::date, count(*), count(*) filter (where state = 'approved'),
      coalesce(array_agg(distinct route order by route) filter (where route is not null), '{}'),
      coalesce(array_agg(distinct level order by level), '{}'),
      array(select distinct region from register.found as one, unnest(one.regions) as region order by 1)
    from register.found
    on conflict (only_one) do update set made_for = case when ${all} then excluded.made_for else held.made_for end,
      entries = excluded.entries, approved = excluded.approved, routes = excluded.routes, levels = excluded.levels,
      regions = excluded.regions`.execute(ctx.db);
};
