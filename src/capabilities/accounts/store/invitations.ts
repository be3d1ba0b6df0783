import { sql } from 'kysely';
import type { InstanceRole, Standing } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

/** Where an invitation leads: into an organisation, or to a role of the instance. */
export type InvitedTo =
  | { readonly kind: 'organisation'; readonly organisation: string; readonly standing: Standing }
  | { readonly kind: 'role'; readonly role: InstanceRole };

export type Invitation = {
  readonly id: string;
  /** `null` once the person it was for has deleted their account. */
  readonly address: string | null;
  readonly to: InvitedTo;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly ending: 'accepted' | 'withdrawn' | null;
};

const invitations = (ctx: Context) =>
  tables(ctx)
    .selectFrom('accounts.invitation')
    .select(['id', 'address', 'organisation_id', 'standing', 'role', 'made_at', 'expires_at', 'ending']);

type Row = Awaited<ReturnType<ReturnType<typeof invitations>['executeTakeFirstOrThrow']>>;

const asInvitation = (row: Row): Invitation => ({
  id: row.id,
  address: row.address,
  to:
    row.organisation_id !== null
      ? { kind: 'organisation', organisation: row.organisation_id, standing: row.standing as Standing }
      : { kind: 'role', role: row.role as InstanceRole },
  madeAt: row.made_at,
  expiresAt: row.expires_at,
  ending: row.ending as Invitation['ending'],
});

export const addInvitation = async (
  ctx: Context,
  one: {
    readonly id: string;
    readonly tokenHash: string;
    readonly address: string;
    readonly to: InvitedTo;
    readonly invitedBy: string | null;
    readonly expiresAt: Date;
  },
): Promise<void> => {
  await tables(ctx)
    .insertInto('accounts.invitation')
    .values({
      id: one.id,
      token_hash: one.tokenHash,
      address: one.address,
      organisation_id: one.to.kind === 'organisation' ? one.to.organisation : null,
      standing: one.to.kind === 'organisation' ? one.to.standing : null,
      role: one.to.kind === 'role' ? one.to.role : null,
      invited_by: one.invitedBy,
      made_at: ctx.clock(),
      expires_at: one.expiresAt,
    })
    .execute();
};

export const findInvitationByToken = async (ctx: Context, tokenHash: string): Promise<Invitation | null> => {
  const row = await invitations(ctx).where('token_hash', '=', tokenHash).executeTakeFirst();
  return row ? asInvitation(row) : null;
};

export const lockInvitation = async (ctx: Context, tokenHash: string): Promise<Invitation | null> => {
  const row = await invitations(ctx).where('token_hash', '=', tokenHash).forUpdate().executeTakeFirst();
  return row ? asInvitation(row) : null;
};

/** Open invitations into an organisation, or (`null`) to roles of the instance. */
export const openInvitations = async (ctx: Context, organisation: string | null): Promise<readonly Invitation[]> =>
  (
    await invitations(ctx)
      .where('ending', 'is', null)
      .where('expires_at', '>', ctx.clock())
      .$call((query) =>
        organisation === null
          ? query.where('organisation_id', 'is', null)
          : query.where('organisation_id', '=', organisation),
      )
      .orderBy('made_at')
      .execute()
  ).map(asInvitation);

/** @returns false when it had ended already, or is not there. */
export const endInvitation = async (
  ctx: Context,
  id: string,
  ending: 'accepted' | 'withdrawn',
  organisation?: string | null,
): Promise<boolean> => {
  let query = tables(ctx)
    .updateTable('accounts.invitation')
    .set({ ending, ended_at: ctx.clock() })
    .where(sql<string>`id::text`, '=', id)
    .where('ending', 'is', null);
  if (organisation === null) query = query.where('organisation_id', 'is', null);
  else if (organisation !== undefined) query = query.where('organisation_id', '=', organisation);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
};
