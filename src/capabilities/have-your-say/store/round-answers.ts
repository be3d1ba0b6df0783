import { sql } from 'kysely';
import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import { deleteKeptFile } from '#platform/files/kept-file.ts';
import type { AboutYou, AnswerFile, AnswerState, RoundAnswer } from '../domain/answer.ts';
import { type Given, given } from '../domain/questionnaire.ts';
import { tables } from './tables.ts';

const rows = (ctx: Context) => tables(ctx).selectFrom('have_your_say.answer').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const asAnswer = (row: Row): RoundAnswer => ({
  id: row.id,
  round: row.round_id,
  version: row.version,
  state: row.state as AnswerState,
  given: given.parse(row.given),
  name: row.name,
  organisation: row.organisation,
  providerKind: row.provider_kind,
  region: row.region,
  mayPublish: row.may_publish,
  address: row.address,
  revision: row.revision,
  sentAt: row.sent_at,
});

export const addRoundAnswer = async (
  ctx: Context,
  one: Pick<RoundAnswer, 'id' | 'round' | 'version' | 'organisation' | 'providerKind'> & {
    readonly tokenHash: string;
    readonly person: string | null;
  },
): Promise<void> => {
  const at = ctx.clock();
  await tables(ctx)
    .insertInto('have_your_say.answer')
    .values({
      id: one.id,
      round_id: one.round,
      version: one.version,
      token_hash: one.tokenHash,
      confirm_hash: null,
      state: 'draft',
      given: '{}',
      name: '',
      organisation: one.organisation,
      provider_kind: one.providerKind,
      region: '',
      may_publish: false,
      address: null,
      address_hash: null,
      person: one.person,
      revision: 1,
      made_at: at,
      changed_at: at,
      sent_at: null,
    })
    .execute();
};

const findBy = async (ctx: Context, column: 'token_hash' | 'confirm_hash', hash: string, lock: boolean) => {
  const query = rows(ctx).where(column, '=', hash);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row ? asAnswer(row) : null;
};
export const findByTokenHash = (ctx: Context, hash: string, lock = false) => findBy(ctx, 'token_hash', hash, lock);
export const findByConfirmHash = (ctx: Context, hash: string, lock = false) => findBy(ctx, 'confirm_hash', hash, lock);

/** One that was sent. @param lock so that of two who read it at once the second sees what the first did with it. */
export const findSent = async (ctx: Context, round: string, id: string, lock = false): Promise<RoundAnswer | null> => {
  if (!isUuid(id)) return null;
  const query = rows(ctx).where('id', '=', id).where('round_id', '=', round).where('state', '=', 'sent');
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row ? asAnswer(row) : null;
};

export const changeRoundAnswer = async (
  ctx: Context,
  id: string,
  change: Partial<AboutYou> & { readonly given?: Given; readonly version?: number },
): Promise<void> => {
  await tables(ctx)
    .updateTable('have_your_say.answer')
    .set(({ eb }) => ({
      revision: eb('revision', '+', 1),
      changed_at: ctx.clock(),
      ...(change.given === undefined ? {} : { given: JSON.stringify(change.given) }),
      ...(change.version === undefined ? {} : { version: change.version }),
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.organisation === undefined ? {} : { organisation: change.organisation }),
      ...(change.providerKind === undefined ? {} : { provider_kind: change.providerKind }),
      ...(change.region === undefined ? {} : { region: change.region }),
      ...(change.mayPublish === undefined ? {} : { may_publish: change.mayPublish }),
      ...(change.address === undefined ? {} : { address: change.address }),
    }))
    .where('id', '=', id)
    .execute();
};

/** @returns false where an answer of the same address is there already. */
export const markSent = async (ctx: Context, id: string, addressHash: string | null): Promise<boolean> => {
  if (addressHash !== null) {
    const other = await tables(ctx)
      .selectFrom('have_your_say.answer')
      .select('id')
      .where('address_hash', '=', addressHash)
      .where('state', '=', 'sent')
      .executeTakeFirst();
    if (other) return false;
  }
  await tables(ctx)
    .updateTable('have_your_say.answer')
    .set({ state: 'sent', sent_at: ctx.clock(), address_hash: addressHash, confirm_hash: null })
    .where('id', '=', id)
    .execute();
  return true;
};

export const markUnconfirmed = async (ctx: Context, id: string, confirmHash: string): Promise<void> => {
  await tables(ctx)
    .updateTable('have_your_say.answer')
    .set({ state: 'unconfirmed', confirm_hash: confirmHash, changed_at: ctx.clock() })
    .where('id', '=', id)
    .execute();
};

/** Sent answers, the oldest first, a page at a time: `after` is the last of the page before. */
export const pageOfSent = async (
  ctx: Context,
  round: string,
  count: number,
  after: { readonly sentAt: Date; readonly id: string } | null = null,
): Promise<readonly RoundAnswer[]> =>
  (
    await rows(ctx)
      .where('round_id', '=', round)
      .where('state', '=', 'sent')
      .$if(after !== null, (query) =>
        query.where(sql<boolean>`(sent_at, id) > (${after?.sentAt ?? null}::timestamptz, ${after?.id ?? null}::uuid)`),
      )
      .orderBy('sent_at')
      .orderBy('id')
      .limit(count)
      .execute()
  ).map(asAnswer);

export const countStates = async (ctx: Context, round: string): Promise<Readonly<Record<AnswerState, number>>> => {
  const counts = { draft: 0, unconfirmed: 0, sent: 0 };
  for (const row of await tables(ctx)
    .selectFrom('have_your_say.answer')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('round_id', '=', round)
    .groupBy('state')
    .execute())
    counts[row.state as AnswerState] = Number(row.count);
  return counts;
};

const asFile = (row: {
  readonly id: string;
  readonly question: string;
  readonly name: string;
  readonly file_id: string;
  readonly type: string;
  readonly size: number;
}): AnswerFile => ({
  id: row.id,
  question: row.question,
  name: row.name,
  file: row.file_id,
  type: row.type,
  size: row.size,
});

export const listAnswerFiles = async (ctx: Context, answer: string): Promise<readonly AnswerFile[]> =>
  (
    await tables(ctx)
      .selectFrom('have_your_say.answer_file')
      .selectAll()
      .where('answer_id', '=', answer)
      .orderBy('at')
      .orderBy('name')
      .execute()
  ).map(asFile);

export const addAnswerFile = async (ctx: Context, answer: string, file: AnswerFile): Promise<void> => {
  await tables(ctx)
    .insertInto('have_your_say.answer_file')
    .values({
      id: file.id,
      answer_id: answer,
      question: file.question,
      name: file.name,
      file_id: file.file,
      type: file.type,
      size: file.size,
      at: ctx.clock(),
    })
    .execute();
};

export const removeAnswerFile = async (ctx: Context, answer: string, id: string): Promise<void> => {
  const [file] = (await listAnswerFiles(ctx, answer)).filter((one) => one.id === id);
  if (!file) return;
  await tables(ctx).deleteFrom('have_your_say.answer_file').where('id', '=', id).execute();
  await deleteKeptFile(ctx, file.file);
};

const deleteAnswers = async (ctx: Context, ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    for (const file of await listAnswerFiles(ctx, id)) await removeAnswerFile(ctx, id, file.id);
    await tables(ctx).deleteFrom('have_your_say.answer').where('id', '=', id).execute();
  }
};

/** Deletes what was begun and not touched since, with its files. @returns how many. */
export const deleteLeft = async (ctx: Context, state: 'draft' | 'unconfirmed', before: Date): Promise<number> => {
  const left = await tables(ctx)
    .selectFrom('have_your_say.answer')
    .select('id')
    .where('state', '=', state)
    .where('changed_at', '<', before)
    .execute();
  await deleteAnswers(
    ctx,
    left.map((one) => one.id),
  );
  return left.length;
};

/** Addresses that are still to be told what came of a round. */
export const listToTell = (ctx: Context, round: string, count: number) =>
  tables(ctx)
    .selectFrom('have_your_say.answer')
    .select(['id', 'address', 'person'])
    .where('round_id', '=', round)
    .where('state', '=', 'sent')
    .where('address', 'is not', null)
    .orderBy('id')
    .limit(count)
    .forUpdate()
    .execute();

export const dropAddresses = async (ctx: Context, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await tables(ctx).updateTable('have_your_say.answer').set({ address: null }).where('id', 'in', ids).execute();
};

/** Addresses of answers that were sent before a day. @returns how many went. */
export const dropOldAddresses = async (ctx: Context, before: Date): Promise<number> => {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('have_your_say.answer')
    .set({ address: null })
    .where('state', '=', 'sent')
    .where('sent_at', '<', before)
    .where('address', 'is not', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
};

const ofPerson = (ctx: Context, person: string, address: string | null) =>
  rows(ctx).where(({ or, eb }) =>
    or([eb('person', '=', person), ...(address === null ? [] : [eb('address', '=', address)])]),
  );

export const answersOf = async (ctx: Context, person: string, address: string | null) =>
  (await ofPerson(ctx, person, address).execute()).map((row) => ({
    given: row.given,
    name: row.name,
    organisation: row.organisation,
    state: row.state,
    sentAt: row.sent_at,
  }));

/** What was not sent goes; what was sent stays as an answer of nobody. */
export const forgetAnswersOf = async (ctx: Context, person: string, address: string | null): Promise<void> => {
  const theirs = await ofPerson(ctx, person, address).execute();
  await deleteAnswers(
    ctx,
    theirs.filter((one) => one.state !== 'sent').map((one) => one.id),
  );
  const sent = theirs.filter((one) => one.state === 'sent').map((one) => one.id);
  if (sent.length > 0)
    await tables(ctx)
      .updateTable('have_your_say.answer')
      .set({ person: null, address: null, name: '', organisation: '' })
      .where('id', 'in', sent)
      .execute();
};

/** How many are still to be told what came of a round. */
export const countAddresses = async (ctx: Context, round: string): Promise<number> =>
  Number(
    (
      await tables(ctx)
        .selectFrom('have_your_say.answer')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('round_id', '=', round)
        .where('state', '=', 'sent')
        .where('address', 'is not', null)
        .executeTakeFirstOrThrow()
    ).count,
  );

/** Hands on every text to some questions, page by page, so that memory does not grow with the answers. */
export const eachText = async (
  ctx: Context,
  round: string,
  questions: readonly string[],
  take: (text: string) => void,
  atOnce = 2000,
): Promise<void> => {
  let after = '';
  for (;;) {
    const { rows } = await sql<{ readonly id: string; readonly texts: (string | null)[] }>`
      select id, to_json(array(select given ->> question from unnest(${[...questions]}::text[]) question)) as texts
      from have_your_say.answer where round_id = ${round} and state = 'sent'
        and id > ${after === '' ? '00000000-0000-0000-0000-000000000000' : after}::uuid
      order by id limit ${atOnce}`.execute(ctx.db);
    for (const { texts } of rows) for (const text of texts) if (text !== null) take(text);
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return;
    after = last.id;
  }
};
