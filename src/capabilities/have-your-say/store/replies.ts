import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import type { Reply } from '../domain/reply.ts';
import { tables } from './tables.ts';

const replies = (ctx: Context) =>
  tables(ctx)
    .selectFrom('have_your_say.reply')
    .select([
      'id',
      'enquiry_id as enquiry',
      'provider',
      'organisation',
      'person',
      'text',
      'at',
      'decided_at as decidedAt',
      'left_out as leftOut',
    ]);

/** @returns false where it is there already: a form that was sent twice. */
export const addReply = async (ctx: Context, one: Omit<Reply, 'at' | 'decidedAt' | 'leftOut'>): Promise<boolean> => {
  const { enquiry, ...rest } = one;
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('have_your_say.reply')
    .values({ ...rest, enquiry_id: enquiry, at: ctx.clock() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

/** All to one question, the oldest first, whether readers have them or not. */
export const listReplies = (ctx: Context, enquiry: string): Promise<readonly Reply[]> =>
  replies(ctx).where('enquiry_id', '=', enquiry).orderBy('at').orderBy('id').execute();

/** What nobody has read yet, the longest waiting first. */
export const listUnread = (ctx: Context): Promise<readonly Reply[]> =>
  replies(ctx).where('decided_at', 'is', null).orderBy('at').orderBy('id').execute();

export const findReply = async (ctx: Context, id: string): Promise<Reply | null> =>
  isUuid(id) ? ((await replies(ctx).where('id', '=', id).executeTakeFirst()) ?? null) : null;

export const lockReply = async (ctx: Context, id: string): Promise<Reply | null> =>
  isUuid(id) ? ((await replies(ctx).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null) : null;

/** @param leftOut why readers do not have it; `null`: they do. */
export const settleReply = async (ctx: Context, id: string, by: string, leftOut: string | null): Promise<void> => {
  await tables(ctx)
    .updateTable('have_your_say.reply')
    .set({ decided_at: ctx.clock(), decided_by: by, left_out: leftOut })
    .where('id', '=', id)
    .execute();
};

/** How many readers have, by question. */
export const countReplies = async (ctx: Context): Promise<ReadonlyMap<string, number>> =>
  new Map(
    (
      await tables(ctx)
        .selectFrom('have_your_say.reply')
        .select(({ fn }) => ['enquiry_id', fn.countAll<number>().as('count')])
        .where('decided_at', 'is not', null)
        .where('left_out', 'is', null)
        .groupBy('enquiry_id')
        .execute()
    ).map((row) => [row.enquiry_id, Number(row.count)]),
  );
