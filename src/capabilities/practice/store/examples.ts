import { sql } from 'kysely';
import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import { type Example, type ExampleState, type ExampleText, exampleText, type Origin } from '../domain/example.ts';
import { noContact } from '../domain/moderation.ts';
import { listFiles, removeFiles } from './example-files.ts';
import { forgetContact } from './moderation.ts';
import { tables } from './tables.ts';
import { releaseTried, triedOf } from './tried.ts';

const rows = (ctx: Context) => tables(ctx).selectFrom('practice.example').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const asExample = (row: Row): Example => ({
  id: row.id,
  token: row.token,
  state: row.state as ExampleState,
  text: exampleText.parse(row.text),
  origin: row.origin as Origin,
  organisation: row.organisation,
  person: row.person,
  address: row.address,
  revision: row.revision,
  sentAt: row.sent_at,
  publishedAt: row.published_at,
  note: row.note,
  decidedBy: row.decided_by,
  reviewDue: row.review_due,
});

export const addExample = async (
  ctx: Context,
  one: Omit<Example, 'revision' | 'note' | 'decidedBy' | 'sentAt'>,
): Promise<void> => {
  await tables(ctx)
    .insertInto('practice.example')
    .values({
      id: one.id,
      token: one.token,
      state: one.state,
      text: JSON.stringify(one.text),
      origin: one.origin,
      organisation: one.organisation,
      person: one.person,
      address: one.address,
      revision: 1,
      made_at: ctx.clock(),
      sent_at: null,
      published_at: one.publishedAt,
      note: '',
      decided_by: null,
      review_due: one.reviewDue,
      reminders: 0,
    })
    .execute();
};

export const findExample = async (ctx: Context, id: string): Promise<Example | null> => {
  const row = isUuid(id) ? await rows(ctx).where('id', '=', id).executeTakeFirst() : undefined;
  return row ? asExample(row) : null;
};

export const findByToken = async (ctx: Context, token: string): Promise<Example | null> => {
  const row = await rows(ctx).where('token', '=', token).executeTakeFirst();
  return row ? asExample(row) : null;
};

export const findByConfirmHash = async (ctx: Context, hash: string): Promise<Example | null> => {
  const row = await rows(ctx).where('confirm_hash', '=', hash).executeTakeFirst();
  return row ? asExample(row) : null;
};

/** Locked until the transaction ends: of two who save or decide at once the second sees what the first did. */
export const lockExample = async (ctx: Context, id: string): Promise<Example | null> => {
  const row = isUuid(id) ? await rows(ctx).where('id', '=', id).forUpdate().executeTakeFirst() : undefined;
  return row ? asExample(row) : null;
};

export const listPublished = async (ctx: Context): Promise<readonly Example[]> =>
  (await rows(ctx).where('state', '=', 'published').orderBy('published_at', 'desc').orderBy('id').execute()).map(
    asExample,
  );

/** What waits for a moderator, the longest first. */
export const listWaiting = async (ctx: Context): Promise<readonly Example[]> =>
  (await rows(ctx).where('state', '=', 'waiting').orderBy('sent_at').orderBy('id').execute()).map(asExample);

/** How alike two titles are from which on they may tell the same: of ten words eight or so (pg_trgm). */
const alike = 0.5;

/** What waits under nearly the same title: sent in twice, or by two who did it together. */
export const listAlike = async (ctx: Context, one: Example): Promise<readonly Example[]> =>
  (
    await rows(ctx)
      .where('id', '<>', one.id)
      .where('state', 'in', ['waiting', 'asked', 'shown'])
      .where(sql<boolean>`similarity(lower(text->>'title'), lower(${one.text.title})) > ${alike}`)
      .orderBy('sent_at')
      .limit(3)
      .execute()
  ).map(asExample);

/** Everything that came from the same person, confirmed address or organisation, the newest first. */
export const listFromSame = async (ctx: Context, one: Example): Promise<readonly Example[]> =>
  (
    await rows(ctx)
      .where('id', '<>', one.id)
      .where('state', 'not in', ['draft', 'unconfirmed'])
      .where(({ or, eb }) =>
        or([
          ...(one.person ? [eb('person', '=', one.person)] : []),
          ...(one.address ? [eb('address', '=', one.address)] : []),
          ...(one.organisation ? [eb('organisation', '=', one.organisation)] : []),
        ]),
      )
      .orderBy('sent_at', 'desc')
      .execute()
  ).map(asExample);

export const listOf = async (ctx: Context, person: string): Promise<readonly Example[]> =>
  (await rows(ctx).where('person', '=', person).orderBy('made_at', 'desc').execute()).map(asExample);

export type ExampleChange = Partial<{
  readonly state: ExampleState;
  readonly text: ExampleText;
  readonly address: string | null;
  readonly confirmHash: string | null;
  readonly person: string;
  readonly organisation: string | null;
  readonly sentAt: Date;
  readonly publishedAt: Date;
  readonly note: string;
  readonly decidedBy: string | null;
  readonly reviewDue: string;
  readonly origin: Origin;
}>;

/** Changes it, and counts its revision. */
export const changeExample = async (ctx: Context, id: string, change: ExampleChange): Promise<void> => {
  const { text, confirmHash, sentAt, publishedAt, decidedBy, reviewDue, ...rest } = change;
  await tables(ctx)
    .updateTable('practice.example')
    .set(({ eb }) => ({
      ...rest,
      ...(text ? { text: JSON.stringify(text) } : {}),
      ...(confirmHash === undefined ? {} : { confirm_hash: confirmHash }),
      ...(sentAt ? { sent_at: sentAt } : {}),
      ...(publishedAt ? { published_at: publishedAt } : {}),
      ...(decidedBy === undefined ? {} : { decided_by: decidedBy }),
      ...(reviewDue ? { review_due: reviewDue, reminders: 0 } : {}),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
};

/** What nobody stands by any more. @param today ISO date. */
export const listStale = async (ctx: Context, today: string): Promise<readonly Pick<Example, 'id'>[]> =>
  tables(ctx)
    .selectFrom('practice.example')
    .select('id')
    .where('state', '=', 'published')
    .where('review_due', '<', today)
    .execute();

/** @returns those whose date is near or past, with how many reminders went out. */
export const listToRemind = async (
  ctx: Context,
  by: string,
): Promise<readonly { readonly example: Example; readonly reminders: number }[]> =>
  (
    await rows(ctx)
      .where('state', '=', 'published')
      .where('review_due', '<=', by)
      .where('reminders', '<', 2)
      .orderBy('review_due')
      .execute()
  ).map((row) => ({ example: asExample(row), reminders: row.reminders }));

/** @returns false where it was stood by, taken back or reminded of meanwhile: then nobody is to be asked. */
export const countReminder = async (
  ctx: Context,
  one: Pick<Example, 'id' | 'reviewDue'>,
  reminders: number,
): Promise<boolean> => {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('practice.example')
    .set({ reminders })
    .where('id', '=', one.id)
    .where('state', '=', 'published')
    .where('review_due', '=', one.reviewDue)
    .where('reminders', '<', reminders)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

/** What is held about a person here. */
export const heldOf = async (ctx: Context, person: string) => {
  const examples = [];
  for (const { id, state, text, sentAt } of await listOf(ctx, person))
    examples.push({ state, text, sentAt, files: (await listFiles(ctx, id)).map((file) => file.title) });
  return { examples, tried: await triedOf(ctx, person) };
};

/** Deletes an example with everything that hangs on it. */
const deleteExample = async (ctx: Context, id: string): Promise<void> => {
  await removeFiles(ctx, id);
  await tables(ctx).deleteFrom('practice.example').where('id', '=', id).execute();
};

/** Published examples stay without the person; drafts and what waits go. */
export const forgetPerson = async (ctx: Context, person: string): Promise<void> => {
  for (const one of await listOf(ctx, person)) {
    if (one.state === 'published') {
      await changeExample(ctx, one.id, { text: { ...one.text, ...noContact } });
      await forgetContact(ctx, one.id);
    } else await deleteExample(ctx, one.id);
  }
  await tables(ctx).updateTable('practice.example').set({ person: null }).where('person', '=', person).execute();
  await tables(ctx)
    .updateTable('practice.example')
    .set({ decided_by: null })
    .where('decided_by', '=', person)
    .execute();
  await tables(ctx).updateTable('practice.redaction').set({ by: null }).where('by', '=', person).execute();
  await releaseTried(ctx, person);
};

/**
 * Deletes what was begun and never sent, or sent and never confirmed; and of what was declined or taken back the files, the address of
 * whoever sent it, and who could be asked.
 */
export const deleteOld = async (
  ctx: Context,
  before: { readonly begun: Date; readonly sent: Date; readonly declined: Date },
): Promise<void> => {
  const left = await tables(ctx)
    .selectFrom('practice.example')
    .select('id')
    .where(({ or, and, eb }) =>
      or([
        and([eb('state', '=', 'draft'), eb('made_at', '<', before.begun)]),
        // Thrown away before it was ever sent.
        and([eb('state', '=', 'withdrawn'), eb('sent_at', 'is', null)]),
        and([eb('state', '=', 'unconfirmed'), eb('sent_at', '<', before.sent)]),
      ]),
    )
    .forUpdate()
    .execute();
  for (const { id } of left) await deleteExample(ctx, id);
  const declined = await tables(ctx)
    .selectFrom('practice.example as example')
    .select('id')
    .where('state', 'in', ['declined', 'withdrawn'])
    .where('sent_at', '<', before.declined)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('address', 'is not', null),
        eb(sql`text->>'contactName'`, '<>', ''),
        eb(sql`text->>'contactAddress'`, '<>', ''),
        exists(selectFrom('practice.example_file').select('id').whereRef('example_id', '=', 'example.id')),
      ]),
    )
    .execute();
  for (const { id } of declined) {
    const one = await lockExample(ctx, id);
    if (!one) continue;
    await removeFiles(ctx, id);
    await changeExample(ctx, id, { address: null, text: { ...one.text, ...noContact } });
    await forgetContact(ctx, id);
  }
};
