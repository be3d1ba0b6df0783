import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { InstanceRole } from '#kernel/actor.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

export type StoredPerson = {
  readonly id: string;
  readonly address: string | null;
  readonly name: string | null;
  readonly madeAt: Date;
  readonly seenAt: Date | null;
};

const people = (ctx: Context) =>
  tables(ctx)
    .selectFrom('accounts.person')
    .select(['id', 'address', 'name', 'made_at as madeAt', 'seen_at as seenAt'])
    .where('deleted_at', 'is', null);

export const findPersonByAddress = (ctx: Context, address: string): Promise<StoredPerson | undefined> =>
  people(ctx).where('address', '=', address).executeTakeFirst();

export const findPerson = (ctx: Context, id: string): Promise<StoredPerson | undefined> =>
  people(ctx).where(sql<string>`id::text`, '=', id).executeTakeFirst();

export const findPersonByIdentity = (
  ctx: Context,
  issuer: string,
  subject: string,
): Promise<StoredPerson | undefined> =>
  people(ctx)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('accounts.identity')
          .select('subject')
          .where('issuer', '=', issuer)
          .where('subject', '=', subject)
          .whereRef('person_id', '=', 'accounts.person.id'),
      ),
    )
    .executeTakeFirst();

/** @returns the new person's id; the one who has the address already where there is one. */
export const addPerson = async (
  ctx: Context,
  { address, name }: { readonly address: string | null; readonly name: string | null },
): Promise<string> => {
  const id = randomUUID();
  const row = await tables(ctx)
    .insertInto('accounts.person')
    .values({ id, address, name, made_at: ctx.clock() })
    .onConflict((conflict) => conflict.column('address').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) return row.id;
  const there = address === null ? undefined : await findPersonByAddress(ctx, address);
  if (!there) throw new Error('The person could neither be added nor found');
  return there.id;
};

export const addIdentity = async (ctx: Context, issuer: string, subject: string, person: string): Promise<void> => {
  await tables(ctx)
    .insertInto('accounts.identity')
    .values({ issuer, subject, person_id: person, made_at: ctx.clock() })
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
    .execute();
};

export const namePerson = async (ctx: Context, id: string, name: string): Promise<void> => {
  await tables(ctx).updateTable('accounts.person').set({ name }).where('id', '=', id).execute();
};

export const setAddress = async (ctx: Context, id: string, address: string): Promise<void> => {
  await tables(ctx).updateTable('accounts.person').set({ address }).where('id', '=', id).execute();
};

export const rolesOf = async (ctx: Context, person: string): Promise<readonly InstanceRole[]> =>
  (
    await tables(ctx)
      .selectFrom('accounts.instance_role')
      .select('role')
      .where('person_id', '=', person)
      .orderBy('role')
      .execute()
  ).map((row) => row.role as InstanceRole);

/** @returns false when they had it already. */
export const giveRole = async (ctx: Context, person: string, role: InstanceRole): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('accounts.instance_role')
    .values({ person_id: person, role, since: ctx.clock() })
    .onConflict((conflict) => conflict.columns(['person_id', 'role']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

/** @returns false when they did not have it. */
export const takeRole = async (ctx: Context, person: string, role: InstanceRole): Promise<boolean> => {
  const { numDeletedRows } = await tables(ctx)
    .deleteFrom('accounts.instance_role')
    .where('person_id', '=', person)
    .where('role', '=', role)
    .executeTakeFirst();
  return numDeletedRows === 1n;
};

/** Everyone who has the role, each row locked until the transaction ends, so that the last one cannot go twice. */
export const lockHoldersOf = async (ctx: Context, role: InstanceRole): Promise<readonly string[]> =>
  (
    await tables(ctx)
      .selectFrom('accounts.instance_role')
      .select('person_id')
      .where('role', '=', role)
      .forUpdate()
      .execute()
  ).map((row) => row.person_id);

export type ListedPerson = StoredPerson & {
  readonly roles: readonly InstanceRole[];
  readonly organisations: readonly string[];
};

/** People by name and address, with their roles and where they belong. */
export const listPeople = async (ctx: Context, words: string, limit: number): Promise<readonly ListedPerson[]> => {
  const like = `%${words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const rows = await people(ctx)
    .where(({ or, eb, fn }) =>
      or([eb(fn<string>('lower', ['name']), 'like', like), eb('address', 'like', like), eb('name', 'is', null)]),
    )
    .orderBy('name')
    .orderBy('address')
    .limit(limit)
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const roles = await tables(ctx)
    .selectFrom('accounts.instance_role')
    .select(['person_id', 'role'])
    .where('person_id', 'in', ids)
    .orderBy('role')
    .execute();
  const memberships = await tables(ctx)
    .selectFrom('accounts.membership as membership')
    .innerJoin('accounts.organisation as organisation', 'organisation.id', 'membership.organisation_id')
    .select(['membership.person_id', 'organisation.name'])
    .where('membership.person_id', 'in', ids)
    .orderBy('organisation.name')
    .execute();
  return rows.map((row) => ({
    ...row,
    roles: roles.filter((one) => one.person_id === row.id).map((one) => one.role as InstanceRole),
    organisations: memberships.filter((one) => one.person_id === row.id).map((one) => one.name),
  }));
};

/** Empties the person's row and takes out everything by which they could come back. */
export const emptyPerson = async (ctx: Context, id: string): Promise<void> => {
  const person = await findPerson(ctx, id);
  const db = tables(ctx);
  for (const table of [
    'accounts.identity',
    'accounts.membership',
    'accounts.instance_role',
    'accounts.join_request',
    'accounts.session',
  ] as const)
    await db.deleteFrom(table).where('person_id', '=', id).execute();
  if (person?.address) {
    await db.deleteFrom('accounts.sign_in').where('address', '=', person.address).execute();
    await db.updateTable('accounts.invitation').set({ address: null }).where('address', '=', person.address).execute();
  }
  await db
    .updateTable('accounts.person')
    .set({ address: null, name: null, seen_at: null, deleted_at: ctx.clock() })
    .where('id', '=', id)
    .execute();
};

/** People who have not signed in since, belong to no organisation and have no role. */
export const idlePeople = async (ctx: Context, since: Date): Promise<readonly string[]> =>
  (
    await people(ctx)
      .where(({ eb, fn }) => eb(fn.coalesce('seen_at', 'made_at'), '<', since))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('accounts.membership').select('person_id').whereRef('person_id', '=', 'accounts.person.id'),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('accounts.instance_role').select('person_id').whereRef('person_id', '=', 'accounts.person.id'),
          ),
        ),
      )
      .execute()
  ).map((row) => row.id);

export const holdersOf = async (ctx: Context, role: InstanceRole): Promise<readonly string[]> =>
  (await tables(ctx).selectFrom('accounts.instance_role').select('person_id').where('role', '=', role).execute()).map(
    (row) => row.person_id,
  );

/** Names for showing beside ids; who has deleted their account has none. */
export const namesOf = async (ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const real = ids.filter(isUuid);
  if (real.length === 0) return new Map();
  const rows = await people(ctx)
    .where('id', 'in', [...new Set(real)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name ?? row.address ?? '']));
};

export const countPeople = async (ctx: Context): Promise<number> => {
  const { count } = await tables(ctx)
    .selectFrom('accounts.person')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
};
