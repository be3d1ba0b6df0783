import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { Employer } from '../domain/employer.ts';
import type { Sharing } from '../domain/sharing.ts';
import { tables } from './tables.ts';

const sharings = (ctx: Context) =>
  tables(ctx)
    .selectFrom('employers.sharing as sharing')
    .innerJoin('employers.employer as employer', 'employer.id', 'sharing.employer_id')
    .select([
      'sharing.id',
      'sharing.employer_id as employer',
      'employer.name as employerName',
      'employer.organisation as giver',
      'sharing.receiver',
      'sharing.employer_agreed_on as employerAgreedOn',
      'sharing.offered_at as offeredAt',
      'sharing.accepted_at as acceptedAt',
    ])
    .where('sharing.ended_at', 'is', null);

/** With whom a record is shared, or offered to be. */
export const sharingsOf = (ctx: Context, employer: string): Promise<readonly Sharing[]> =>
  sharings(ctx).where('sharing.employer_id', '=', employer).orderBy('sharing.offered_at').execute();

/** What other organisations share with one, or offer to. */
export const sharedWith = (ctx: Context, receiver: string): Promise<readonly Sharing[]> =>
  sharings(ctx).where('sharing.receiver', '=', receiver).orderBy('employer.name').execute();

/** A live sharing, locked until the transaction ends. */
export const lockSharing = async (ctx: Context, id: string): Promise<Sharing | null> =>
  (await sharings(ctx).where(sql<string>`sharing.id::text`, '=', id).forUpdate('sharing').executeTakeFirst()) ?? null;

/** @returns false where it is shared with them, or offered, already. */
export const addSharing = async (
  ctx: Context,
  one: {
    readonly id: string;
    readonly employer: Employer['id'];
    readonly receiver: string;
    readonly employerAgreedOn: string;
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('employers.sharing')
    .values({
      id: one.id,
      employer_id: one.employer,
      receiver: one.receiver,
      employer_agreed_on: one.employerAgreedOn,
      offered_at: ctx.clock(),
      accepted_at: null,
      ended_at: null,
      ended_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const acceptSharing = async (ctx: Context, id: string): Promise<void> => {
  await tables(ctx).updateTable('employers.sharing').set({ accepted_at: ctx.clock() }).where('id', '=', id).execute();
};

export const endSharing = async (ctx: Context, id: string, by: string): Promise<void> => {
  await tables(ctx)
    .updateTable('employers.sharing')
    .set({ ended_at: ctx.clock(), ended_by: by })
    .where('id', '=', id)
    .execute();
};
