import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { OrganisationKind, Standing } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import type { Member, Organisation } from '../domain/organisation.ts';
import { tables } from './tables.ts';

const organisations = (ctx: Context) =>
  tables(ctx)
    .selectFrom('accounts.organisation')
    .select([
      'id',
      sql<OrganisationKind>`kind`.as('kind'),
      'name',
      'ukprn',
      'provider_type as providerType',
      'region',
      'town',
      'postcode',
      'fictional',
      'source',
    ]);

export const findOrganisation = (ctx: Context, id: string): Promise<Organisation | undefined> =>
  organisations(ctx).where(sql<string>`id::text`, '=', id).executeTakeFirst();

export const findOrganisationByUkprn = (ctx: Context, ukprn: string): Promise<Organisation | undefined> =>
  organisations(ctx).where('ukprn', '=', ukprn).executeTakeFirst();

/** Of a kind, by its whole name in whatever case. */
export const findOrganisationNamed = (ctx: Context, kind: string, name: string): Promise<Organisation | undefined> =>
  organisations(ctx)
    .where('kind', '=', kind)
    .where(({ eb, fn }) => eb(fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst();

/** By words of the name, or a UKPRN; `more` says that the limit cut the list. */
export const searchOrganisations = async (
  ctx: Context,
  words: string,
  limit: number,
): Promise<{ readonly found: readonly Organisation[]; readonly more: boolean }> => {
  let query = organisations(ctx);
  for (const word of words.toLowerCase().split(/\s+/).filter(Boolean)) {
    const like = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where(({ or, eb, fn }) =>
      or([eb(fn<string>('lower', ['name']), 'like', like), eb('ukprn', '=', word)]),
    );
  }
  const rows = await query
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return { found: rows.slice(0, limit), more: rows.length > limit };
};

export type OrganisationFacts = Omit<Organisation, 'id'>;

export const addOrganisation = async (ctx: Context, facts: OrganisationFacts): Promise<string> => {
  const id = randomUUID();
  const now = ctx.clock();
  const { providerType, ...rest } = facts;
  await tables(ctx)
    .insertInto('accounts.organisation')
    .values({ ...rest, id, provider_type: providerType, made_at: now, changed_at: now })
    .execute();
  return id;
};

export const membersOf = async (ctx: Context, organisation: string): Promise<readonly Member[]> => {
  const rows = await tables(ctx)
    .selectFrom('accounts.membership as membership')
    .innerJoin('accounts.person as person', 'person.id', 'membership.person_id')
    .select([
      'person.id as person',
      'person.name',
      'person.address',
      sql<Standing>`membership.standing`.as('standing'),
      'membership.since',
      'membership.issuer',
    ])
    .where('membership.organisation_id', '=', organisation)
    .orderBy('membership.standing')
    .orderBy('person.name')
    .execute();
  return rows.map((row) => ({ ...row, name: row.name ?? row.address ?? 'No name yet' }));
};

/** @returns false when they belonged to it already: their standing stays as it is. */
export const addMember = async (
  ctx: Context,
  organisation: string,
  person: string,
  standing: Standing,
  issuer: string | null = null,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('accounts.membership')
    .values({ person_id: person, organisation_id: organisation, standing, issuer, since: ctx.clock() })
    .onConflict((conflict) => conflict.columns(['person_id', 'organisation_id']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export type StoredMembership = {
  readonly organisation: string;
  readonly standing: Standing;
  readonly issuer: string | null;
};

export const membershipsOf = (ctx: Context, person: string): Promise<readonly StoredMembership[]> =>
  tables(ctx)
    .selectFrom('accounts.membership')
    .select(['organisation_id as organisation', sql<Standing>`standing`.as('standing'), 'issuer'])
    .where('person_id', '=', person)
    .execute();

/** The members' rows, locked until the transaction ends, so that the last lead cannot go twice at once. */
export const lockMembers = async (ctx: Context, organisation: string): Promise<ReadonlyMap<string, Standing>> => {
  const rows = await tables(ctx)
    .selectFrom('accounts.membership')
    .select(['person_id', sql<Standing>`standing`.as('standing')])
    .where('organisation_id', '=', organisation)
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.standing]));
};

export const setStanding = async (
  ctx: Context,
  organisation: string,
  person: string,
  standing: Standing,
): Promise<void> => {
  await tables(ctx)
    .updateTable('accounts.membership')
    .set({ standing })
    .where('organisation_id', '=', organisation)
    .where('person_id', '=', person)
    .execute();
};

export const removeMember = async (ctx: Context, organisation: string, person: string): Promise<void> => {
  await tables(ctx)
    .deleteFrom('accounts.membership')
    .where('organisation_id', '=', organisation)
    .where('person_id', '=', person)
    .execute();
};

export const organisationNames = async (ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await tables(ctx)
    .selectFrom('accounts.organisation')
    .select(['id', 'name'])
    .where(sql<string>`id::text`, 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
};

export const countOrganisations = async (ctx: Context): Promise<number> => {
  const { count } = await tables(ctx)
    .selectFrom('accounts.organisation')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** Organisations with members, none of whom is a lead: nobody there can let others in. */
export const organisationsWithoutLead = async (
  ctx: Context,
): Promise<readonly { readonly id: string; readonly name: string }[]> => {
  const { rows } = await sql<{ id: string; name: string }>`
    select organisation.id, organisation.name from accounts.organisation organisation
    join accounts.membership membership on membership.organisation_id = organisation.id
    group by organisation.id, organisation.name
    having bool_and(membership.standing <> 'lead') order by organisation.name`.execute(ctx.db);
  return rows;
};
