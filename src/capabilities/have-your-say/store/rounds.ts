import type { Context } from '#platform/context.ts';
import { keptInMemory } from '#platform/db/kept-in-memory.ts';
import { type Questionnaire, questionnaire } from '../domain/questionnaire.ts';
import type { Round } from '../domain/round.ts';
import { tables } from './tables.ts';

const rows = (ctx: Context) => tables(ctx).selectFrom('have_your_say.round').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const asRound = (row: Row): Round => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  purpose: row.purpose,
  audience: row.audience,
  opensAt: row.opens_at,
  closesAt: row.closes_at,
  onePerAddress: row.one_per_address,
  addressKey: row.address_key,
  draft: questionnaire.parse(row.draft),
  revision: row.revision,
  version: row.version,
  resultsAt: row.results_at,
});

export const addRound = async (
  ctx: Context,
  one: Omit<Round, 'revision' | 'version' | 'resultsAt'>,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('have_your_say.round')
    .values({
      id: one.id,
      slug: one.slug,
      title: one.title,
      purpose: one.purpose,
      audience: one.audience,
      opens_at: one.opensAt,
      closes_at: one.closesAt,
      one_per_address: one.onePerAddress,
      address_key: one.addressKey ? Buffer.from(one.addressKey) : null,
      draft: JSON.stringify(one.draft),
      revision: 1,
      version: 0,
      results_at: null,
      made_at: ctx.clock(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const findRound = async (ctx: Context, slug: string): Promise<Round | null> => {
  const row = await rows(ctx).where('slug', '=', slug).executeTakeFirst();
  return row ? asRound(row) : null;
};

export const lockRound = async (ctx: Context, id: string): Promise<Round> =>
  asRound(await rows(ctx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow());

/** The newest first. */
export const listRounds = async (ctx: Context): Promise<readonly Round[]> =>
  (await rows(ctx).orderBy('opens_at', 'desc').orderBy('made_at', 'desc').orderBy('slug').execute()).map(asRound);

export const changeRound = async (
  ctx: Context,
  id: string,
  change: Partial<
    Pick<Round, 'title' | 'purpose' | 'audience' | 'opensAt' | 'closesAt' | 'onePerAddress' | 'draft' | 'resultsAt'>
  >,
): Promise<void> => {
  await tables(ctx)
    .updateTable('have_your_say.round')
    .set(({ eb }) => ({
      revision: eb('revision', '+', 1),
      ...(change.title === undefined ? {} : { title: change.title }),
      ...(change.purpose === undefined ? {} : { purpose: change.purpose }),
      ...(change.audience === undefined ? {} : { audience: change.audience }),
      ...(change.opensAt === undefined ? {} : { opens_at: change.opensAt }),
      ...(change.closesAt === undefined ? {} : { closes_at: change.closesAt }),
      ...(change.onePerAddress === undefined ? {} : { one_per_address: change.onePerAddress }),
      ...(change.draft === undefined ? {} : { draft: JSON.stringify(change.draft) }),
      ...(change.resultsAt === undefined ? {} : { results_at: change.resultsAt }),
    }))
    .where('id', '=', id)
    .execute();
};

/** Makes the draft the version that is asked. */
export const addRoundVersion = async (
  ctx: Context,
  one: Round,
  version: { readonly number: number; readonly note: string; readonly by: string | null },
): Promise<void> => {
  await tables(ctx)
    .insertInto('have_your_say.round_version')
    .values({
      round_id: one.id,
      number: version.number,
      questions: JSON.stringify(one.draft),
      note: version.note,
      made_at: ctx.clock(),
      made_by: version.by,
    })
    .execute();
  await tables(ctx)
    .updateTable('have_your_say.round')
    .set({ version: version.number })
    .where('id', '=', one.id)
    .execute();
};

export type RoundVersion = {
  readonly number: number;
  readonly questions: Questionnaire;
  readonly note: string;
  readonly madeAt: Date;
};

/** The newest first. */
export const listRoundVersions = async (ctx: Context, round: string): Promise<readonly RoundVersion[]> =>
  (
    await tables(ctx)
      .selectFrom('have_your_say.round_version')
      .selectAll()
      .where('round_id', '=', round)
      .orderBy('number', 'desc')
      .execute()
  ).map((row) => ({
    number: row.number,
    questions: questionnaire.parse(row.questions),
    note: row.note,
    madeAt: row.made_at,
  }));

/** Versions' questions by round and number: what was asked never changes. */
const askedQuestions = keptInMemory<Questionnaire>(200);

export const findRoundVersion = async (ctx: Context, round: string, number: number): Promise<Questionnaire> => {
  const kept = askedQuestions(ctx);
  const key = `${round} ${number}`;
  const found = kept?.get(key);
  if (found) return found;
  const row = await tables(ctx)
    .selectFrom('have_your_say.round_version')
    .select('questions')
    .where('round_id', '=', round)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const questions = questionnaire.parse(row.questions);
  kept?.set(key, questions);
  return questions;
};

/** Throws away the keys of rounds that closed before. @returns how many. */
export const dropKeys = async (ctx: Context, before: Date): Promise<number> => {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('have_your_say.round')
    .set({ address_key: null })
    .where('closes_at', '<', before)
    .where('address_key', 'is not', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
};
