import { sql } from 'kysely';
import type { InstanceRole, Membership, Person } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

export type StoredSession = {
  readonly id: string;
  readonly by: string;
  readonly browser: string;
  readonly madeAt: Date;
  readonly seenAt: Date;
};

export const addSession = async (
  ctx: Context,
  one: {
    readonly id: string;
    readonly tokenHash: string;
    readonly person: string;
    readonly by: string;
    readonly browser: string;
    readonly actingFor: string | null;
  },
): Promise<void> => {
  const now = ctx.clock();
  await tables(ctx)
    .insertInto('accounts.session')
    .values({
      id: one.id,
      token_hash: one.tokenHash,
      person_id: one.person,
      by: one.by,
      browser: one.browser,
      acting_for: one.actingFor,
      made_at: now,
      seen_at: now,
    })
    .execute();
  await tables(ctx).updateTable('accounts.person').set({ seen_at: now }).where('id', '=', one.person).execute();
};

export type OpenSession = { readonly id: string; readonly by: string; readonly seenAt: Date; readonly person: Person };

type Row = {
  readonly id: string;
  readonly by: string;
  readonly seen_at: Date;
  readonly person_id: string;
  readonly name: string | null;
  readonly acting_for: string | null;
  readonly roles: readonly InstanceRole[];
  readonly memberships: readonly Membership[];
};

/** Who a live session's token belongs to, with their roles and memberships as they are at this moment: one query. */
export const findOpenSession = async (
  ctx: Context,
  tokenHash: string,
  seenAfter: Date,
  madeAfter: Date,
): Promise<OpenSession | null> => {
  const { rows } = await sql<Row>`
    select session.id, session.by, session.seen_at, session.person_id, session.acting_for, person.name,
      coalesce((select jsonb_agg(role order by role) from accounts.instance_role
        where person_id = session.person_id), '[]') as roles,
      coalesce((select jsonb_agg(jsonb_build_object('organisation', organisation.id, 'name', organisation.name,
          'kind', organisation.kind, 'standing', membership.standing) order by organisation.name, organisation.id)
        from accounts.membership membership
        join accounts.organisation organisation on organisation.id = membership.organisation_id
        where membership.person_id = session.person_id), '[]') as memberships
    from accounts.session session join accounts.person person on person.id = session.person_id
    where session.token_hash = ${tokenHash} and session.ended_at is null and person.deleted_at is null
      and session.seen_at > ${seenAfter} and session.made_at > ${madeAfter}`.execute(ctx.db);
  const [row] = rows;
  if (!row) return null;
  return {
    id: row.id,
    by: row.by,
    seenAt: row.seen_at,
    person: {
      kind: 'person',
      id: row.person_id,
      name: row.name ?? '',
      roles: row.roles,
      memberships: row.memberships,
      // Someone who was taken out of an organisation acts for it no longer, whatever their session began with.
      actingFor: row.memberships.some((one) => one.organisation === row.acting_for) ? row.acting_for : null,
    },
  };
};

export const noteSeen = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx).updateTable('accounts.session').set({ seen_at: ctx.clock() }).where('id', '=', id).execute();
};

export const listOpenSessions = (
  ctx: Context,
  person: string,
  seenAfter: Date,
  madeAfter: Date,
): Promise<readonly StoredSession[]> =>
  tables(ctx)
    .selectFrom('accounts.session')
    .select(['id', 'by', 'browser', 'made_at as madeAt', 'seen_at as seenAt'])
    .where('person_id', '=', person)
    .where('ended_at', 'is', null)
    .where('seen_at', '>', seenAfter)
    .where('made_at', '>', madeAfter)
    .orderBy('seen_at', 'desc')
    .execute();

/** @returns how many were ended. */
export const endSessions = async (
  ctx: Context,
  person: string,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<number> => {
  let query = tables(ctx)
    .updateTable('accounts.session')
    .set({ ended_at: ctx.clock() })
    .where('person_id', '=', person)
    .where('ended_at', 'is', null);
  if (which.only !== undefined) query = query.where('id', '=', which.only);
  if (which.except !== undefined) query = query.where('id', '<>', which.except);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
};

export const actInSessionFor = async (ctx: Context, session: string, organisation: string | null): Promise<void> => {
  await tables(ctx)
    .updateTable('accounts.session')
    .set({ acting_for: organisation })
    .where('id', '=', session)
    .execute();
};
