import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import type { FormatRequest, MadeOnRequest } from '../domain/format-request.ts';
import { tables } from './tables.ts';

export type NewRequest = Pick<FormatRequest, 'id' | 'page' | 'wanted' | 'details' | 'due'> & {
  readonly address: string;
};

/** @returns false when it is there already: the form was sent twice. */
export const addRequest = async (ctx: Context, one: NewRequest): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('guidance.format_request')
    .values({
      id: one.id,
      page_id: one.page,
      wanted: one.wanted,
      details: one.details,
      address: one.address,
      made_at: ctx.clock(),
      due: one.due,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows) === 1;
};

/** Those that wait, the longest due first; then those that were answered, the newest first. */
export const listRequests = async (ctx: Context): Promise<readonly FormatRequest[]> =>
  (
    await sql<FormatRequest>`
      select r.id, r.page_id as page, v.title as "pageTitle", r.wanted, r.details, r.made_at as "madeAt", r.due,
        r.answered_at as "answeredAt", r.answer
      from guidance.format_request r
      join guidance.version v on v.page_id = r.page_id
        and v.number = (select max(number) from guidance.version n where n.page_id = r.page_id)
      order by r.answered_at is not null, r.answered_at desc, r.due, r.made_at limit 200`.execute(ctx.db)
  ).rows;

/** Locked until the transaction ends: of two answers at once one stands. */
export const lockRequest = (ctx: Context, id: string) =>
  tables(ctx).selectFrom('guidance.format_request').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const setAnswer = async (
  ctx: Context,
  id: string,
  answer: { readonly by: string; readonly words: string; readonly file: string | null; readonly ending: string | null },
): Promise<void> => {
  await tables(ctx)
    .updateTable('guidance.format_request')
    .set({
      answered_at: ctx.clock(),
      answered_by: answer.by,
      answer: answer.words,
      file_id: answer.file,
      file_ending: answer.ending,
      // The address was there for the answer; the outbox has it from here on.
      address: '',
      details: '',
    })
    .where('id', '=', id)
    .execute();
};

/** What was made for someone and is offered to everyone, of a page. */
export const madeOnRequest = async (ctx: Context, page: string): Promise<readonly MadeOnRequest[]> =>
  (
    await sql<MadeOnRequest>`
      select r.id, r.wanted, r.file_id as file, r.file_ending as ending, f.size, r.answered_at as "answeredAt"
      from guidance.format_request r join platform.file f on f.id = r.file_id
      where r.page_id = ${page} order by r.answered_at desc`.execute(ctx.db)
  ).rows;

export const requestsOf = (ctx: Context, address: string) =>
  tables(ctx).selectFrom('guidance.format_request').selectAll().where('address', '=', address).execute();

/** Takes the address and the details away; that something was asked and made stays. */
export const forgetAddress = async (ctx: Context, address: string): Promise<void> => {
  await tables(ctx)
    .updateTable('guidance.format_request')
    .set({ address: '', details: '' })
    .where('address', '=', address)
    .execute();
};
