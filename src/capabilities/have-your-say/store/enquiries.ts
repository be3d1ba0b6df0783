import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import type { Enquiry, EnquiryKind, EnquiryState, Topic } from '../domain/enquiry.ts';
import { tables } from './tables.ts';

const rows = (ctx: Context) => tables(ctx).selectFrom('have_your_say.enquiry').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const asEnquiry = (row: Row): Enquiry => ({
  id: row.id,
  kind: row.kind as EnquiryKind,
  topic: row.topic as Topic,
  text: row.text,
  address: row.address,
  person: row.person,
  madeAt: row.made_at,
  due: row.due,
  owner: row.owner,
  state: row.state as EnquiryState,
  answer: row.answer,
  decidedAt: row.decided_at,
  publicQuestion: row.public_question,
  publicAnswer: row.public_answer,
  page: row.page,
});

/** @returns false where it is there already: a form that was sent twice. */
export const addEnquiry = async (
  ctx: Context,
  one: Pick<Enquiry, 'id' | 'kind' | 'topic' | 'text' | 'address' | 'person' | 'due'>,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('have_your_say.enquiry')
    .values({ ...one, made_at: ctx.clock(), state: 'new', page: '' })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const findEnquiry = async (ctx: Context, id: string): Promise<Enquiry | null> => {
  const row = isUuid(id) ? await rows(ctx).where('id', '=', id).executeTakeFirst() : undefined;
  return row ? asEnquiry(row) : null;
};

export const lockEnquiry = async (ctx: Context, id: string): Promise<Enquiry | null> => {
  const row = isUuid(id) ? await rows(ctx).where('id', '=', id).forUpdate().executeTakeFirst() : undefined;
  return row ? asEnquiry(row) : null;
};

/** What waits for someone, the first due first. */
export const listNew = async (ctx: Context): Promise<readonly Enquiry[]> =>
  (await rows(ctx).where('state', '=', 'new').orderBy('due').orderBy('made_at').execute()).map(asEnquiry);

/** What was settled, the newest first. */
export const listSettled = async (ctx: Context, count: number): Promise<readonly Enquiry[]> =>
  (await rows(ctx).where('state', '<>', 'new').orderBy('decided_at', 'desc').orderBy('id').limit(count).execute()).map(
    asEnquiry,
  );

/** Wanted questions that everyone may read, the newest first. */
export const listWanted = async (ctx: Context): Promise<readonly Enquiry[]> =>
  (await rows(ctx).where('state', '=', 'open').orderBy('decided_at', 'desc').orderBy('id').execute()).map(asEnquiry);

/** Answers that were published for all, the newest first. */
export const listAnswers = async (ctx: Context): Promise<readonly Enquiry[]> =>
  (await rows(ctx).where('public_answer', 'is not', null).orderBy('decided_at', 'desc').orderBy('id').execute()).map(
    asEnquiry,
  );

export const setOwner = async (ctx: Context, id: string, owner: string | null): Promise<void> => {
  await tables(ctx).updateTable('have_your_say.enquiry').set({ owner }).where('id', '=', id).execute();
};

/** Decides: the address goes, since nothing more is sent to it. */
export const settleEnquiry = async (
  ctx: Context,
  id: string,
  settled: Pick<Enquiry, 'state' | 'answer' | 'publicQuestion' | 'publicAnswer' | 'page'> & { readonly by: string },
): Promise<void> => {
  await tables(ctx)
    .updateTable('have_your_say.enquiry')
    .set({
      state: settled.state,
      answer: settled.answer,
      public_question: settled.publicQuestion,
      public_answer: settled.publicAnswer,
      page: settled.page,
      address: null,
      decided_at: ctx.clock(),
      decided_by: settled.by,
    })
    .where('id', '=', id)
    .execute();
};

export const heldOf = async (ctx: Context, person: string, address: string | null) => ({
  enquiries: await tables(ctx)
    .selectFrom('have_your_say.enquiry')
    .select(['kind', 'topic', 'text', 'made_at', 'state', 'answer'])
    .where(({ or, eb }) => or([eb('person', '=', person), ...(address === null ? [] : [eb('address', '=', address)])]))
    .execute(),
  replies: await tables(ctx)
    .selectFrom('have_your_say.reply')
    .select(['text', 'at', 'left_out'])
    .where('person', '=', person)
    .execute(),
});

/** What is public stays, in the words of whoever published it; what was asked and not answered goes. */
export const forget = async (ctx: Context, person: string, address: string | null): Promise<void> => {
  const theirs = tables(ctx)
    .selectFrom('have_your_say.enquiry')
    .select('id')
    .where('state', '=', 'new')
    .where(({ or, eb }) => or([eb('person', '=', person), ...(address === null ? [] : [eb('address', '=', address)])]));
  await tables(ctx).deleteFrom('have_your_say.enquiry').where('id', 'in', theirs).execute();
  await tables(ctx).updateTable('have_your_say.enquiry').set({ person: null }).where('person', '=', person).execute();
  await tables(ctx).updateTable('have_your_say.enquiry').set({ owner: null }).where('owner', '=', person).execute();
  await tables(ctx)
    .updateTable('have_your_say.enquiry')
    .set({ decided_by: null })
    .where('decided_by', '=', person)
    .execute();
  await tables(ctx).updateTable('have_your_say.reply').set({ person: null }).where('person', '=', person).execute();
  await tables(ctx)
    .updateTable('have_your_say.reply')
    .set({ decided_by: null })
    .where('decided_by', '=', person)
    .execute();
};

/** The words of questions that were settled before: what was published of them stays. @returns how many. */
export const forgetWords = async (ctx: Context, before: Date): Promise<number> => {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('have_your_say.enquiry')
    .set({ text: '', answer: null })
    .where('decided_at', '<', before)
    .where('text', '<>', '')
    .executeTakeFirst();
  return Number(numUpdatedRows);
};

/** Published answers that concern a page of this site. */
export const answersOnPage = async (ctx: Context, page: string) =>
  (
    await tables(ctx)
      .selectFrom('have_your_say.enquiry')
      .select(['id', 'public_question'])
      .where('page', '=', page)
      .where('public_answer', 'is not', null)
      .orderBy('decided_at', 'desc')
      .orderBy('id')
      .execute()
  ).map((row) => ({ id: row.id, question: row.public_question ?? '' }));
