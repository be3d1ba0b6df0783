import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import {
  type CodeBook,
  type Decided,
  type Decision,
  type Moderated,
  type Quote,
  type Reading,
  themeList,
} from '../domain/reading.ts';
import { tables } from './tables.ts';

export type Part = 'first' | 'second';

export const putModeration = async (
  ctx: Context,
  answer: string,
  question: string,
  one: Moderated,
  by: string | null,
): Promise<void> => {
  const row = { how: one.how, public_text: one.publicText, reason: one.reason, at: ctx.clock(), by };
  await tables(ctx)
    .insertInto('have_your_say.moderation')
    .values({ ...row, answer_id: answer, question })
    .onConflict((conflict) => conflict.columns(['answer_id', 'question']).doUpdateSet(row))
    .execute();
};

export const listModerated = async (ctx: Context, answer: string): Promise<ReadonlyMap<string, Decided>> =>
  new Map(
    (
      await tables(ctx)
        .selectFrom('have_your_say.moderation')
        .select(['question', 'how', 'public_text', 'reason', 'at'])
        .where('answer_id', '=', answer)
        .execute()
    ).map((row) => [
      row.question,
      { how: row.how as Moderated['how'], publicText: row.public_text, reason: row.reason, at: row.at },
    ]),
  );

/** What was decided of the texts of several answers, by `ANSWER/QUESTION`. */
export const listModeratedOf = async (
  ctx: Context,
  answers: readonly string[],
): Promise<ReadonlyMap<string, Moderated>> =>
  answers.length === 0
    ? new Map()
    : new Map(
        (
          await tables(ctx)
            .selectFrom('have_your_say.moderation')
            .select(['answer_id', 'question', 'how', 'public_text', 'reason'])
            .where('answer_id', 'in', answers)
            .execute()
        ).map((row) => [
          `${row.answer_id}/${row.question}`,
          { how: row.how as Moderated['how'], publicText: row.public_text, reason: row.reason },
        ]),
      );

/** The code book that holds now; `null`: none was written yet. */
export const findCodeBook = async (ctx: Context, round: string): Promise<CodeBook | null> =>
  (await listCodeBooks(ctx, round))[0] ?? null;

/** The newest first. */
export const listCodeBooks = async (ctx: Context, round: string): Promise<readonly CodeBook[]> =>
  (
    await tables(ctx)
      .selectFrom('have_your_say.code_book')
      .selectAll()
      .where('round_id', '=', round)
      .orderBy('number', 'desc')
      .execute()
  ).map((row) => ({
    number: row.number,
    themes: themeList.parse(row.themes),
    note: row.note,
    madeAt: row.made_at,
  }));

/** @returns false where that number is there already: somebody else was first. */
export const addCodeBook = async (
  ctx: Context,
  round: string,
  book: Omit<CodeBook, 'madeAt'>,
  by: string | null,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('have_your_say.code_book')
    .values({
      round_id: round,
      number: book.number,
      themes: JSON.stringify(book.themes),
      note: book.note,
      made_at: ctx.clock(),
      made_by: by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

export const putReading = async (
  ctx: Context,
  answer: string,
  question: string,
  part: Part,
  one: Reading,
): Promise<void> => {
  const row = { coder: one.coder, book: one.book, themes: [...one.themes], at: ctx.clock() };
  await tables(ctx)
    .insertInto('have_your_say.reading')
    .values({ ...row, answer_id: answer, question, part })
    .onConflict((conflict) => conflict.columns(['answer_id', 'question', 'part']).doUpdateSet(row))
    .execute();
};

export const findReading = async (
  ctx: Context,
  answer: string,
  question: string,
  part: Part,
): Promise<Reading | null> =>
  (await tables(ctx)
    .selectFrom('have_your_say.reading')
    .select(['coder', 'book', 'themes'])
    .where('answer_id', '=', answer)
    .where('question', '=', question)
    .where('part', '=', part)
    .executeTakeFirst()) ?? null;

export type TextToCode = { readonly answer: string; readonly text: string };

/** Texts to a question that nobody has coded, the oldest first. */
export const listUncoded = async (
  ctx: Context,
  round: string,
  question: string,
  count: number,
): Promise<readonly TextToCode[]> => {
  const { rows } = await sql<TextToCode>`
    select a.id as answer, a.given ->> ${question} as text from have_your_say.answer a
    where a.round_id = ${round} and a.state = 'sent' and a.given ->> ${question} is not null
      and not exists (select from have_your_say.reading r
        where r.answer_id = a.id and r.question = ${question} and r.part = 'first')
    order by a.sent_at, a.id limit ${count}`.execute(ctx.db);
  return rows;
};

/** Texts of the sample that wait for a second coder, who is not the first. */
export const listToCodeTwice = async (
  ctx: Context,
  round: string,
  question: string,
  coder: string,
  count: number,
): Promise<readonly TextToCode[]> => {
  const { rows } = await sql<TextToCode>`
    select a.id as answer, a.given ->> ${question} as text from have_your_say.sample s
    join have_your_say.answer a on a.id = s.answer_id
    join have_your_say.reading r on r.answer_id = a.id and r.question = s.question and r.part = 'first'
    where s.round_id = ${round} and s.question = ${question} and (r.coder is null or r.coder <> ${coder}::uuid)
      and not exists (select from have_your_say.reading other
        where other.answer_id = a.id and other.question = s.question and other.part = 'second')
    order by a.sent_at, a.id limit ${count}`.execute(ctx.db);
  return rows;
};

export type CodedCounts = {
  readonly texts: number;
  readonly coded: number;
  readonly sample: number;
  readonly twice: number;
};

export const countCoded = async (ctx: Context, round: string, question: string): Promise<CodedCounts> => {
  const { rows } = await sql<{ readonly [name in keyof CodedCounts]: number | bigint }>`
    select count(*) as texts,
      count(*) filter (where exists (select from have_your_say.reading r
        where r.answer_id = a.id and r.question = ${question} and r.part = 'first')) as coded,
      count(*) filter (where exists (select from have_your_say.sample s
        where s.answer_id = a.id and s.question = ${question})) as sample,
      count(*) filter (where exists (select from have_your_say.reading r
        where r.answer_id = a.id and r.question = ${question} and r.part = 'second')) as twice
    from have_your_say.answer a
    where a.round_id = ${round} and a.state = 'sent' and a.given ->> ${question} is not null`.execute(ctx.db);
  const [row] = rows;
  return {
    texts: Number(row?.texts),
    coded: Number(row?.coded),
    sample: Number(row?.sample),
    twice: Number(row?.twice),
  };
};

/** Texts that were coded, the latest first: what suggestions are learnt from. */
export const listCodedTexts = async (ctx: Context, round: string, count: number) => {
  const { rows } = await sql<{ readonly text: string; readonly themes: string[] }>`
    select a.given ->> r.question as text, r.themes from have_your_say.reading r
    join have_your_say.answer a on a.id = r.answer_id
    where a.round_id = ${round} and r.part = 'first' order by r.at desc, r.answer_id limit ${count}`.execute(ctx.db);
  return rows;
};

/** Draws texts by the digest of their ids: by nobody's choice, and the same whoever draws. */
export const drawSample = async (ctx: Context, round: string, question: string, count: number): Promise<void> => {
  await sql`
    insert into have_your_say.sample (round_id, answer_id, question)
    select a.round_id, a.id, ${question} from have_your_say.answer a
    join have_your_say.reading r on r.answer_id = a.id and r.question = ${question} and r.part = 'first'
    where a.round_id = ${round} and a.state = 'sent'
    order by md5(a.id::text) limit ${count}
    on conflict do nothing`.execute(ctx.db);
};

export const listTwiceCoded = async (ctx: Context, round: string) => {
  const { rows } = await sql<{ readonly first: string[]; readonly second: string[] }>`
    select one.themes as first, other.themes as second from have_your_say.reading other
    join have_your_say.reading one on one.answer_id = other.answer_id and one.question = other.question and one.part = 'first'
    join have_your_say.answer a on a.id = other.answer_id
    where other.part = 'second' and a.round_id = ${round}`.execute(ctx.db);
  return rows;
};

export const addQuote = async (ctx: Context, round: string, quote: Quote): Promise<void> => {
  await tables(ctx)
    .insertInto('have_your_say.quote')
    .values({
      id: quote.id,
      round_id: round,
      answer_id: quote.answer,
      question: quote.question,
      theme: quote.theme,
      text: quote.text,
      at: ctx.clock(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const removeQuotes = async (ctx: Context, answer: string, question: string): Promise<void> => {
  await tables(ctx)
    .deleteFrom('have_your_say.quote')
    .where('answer_id', '=', answer)
    .where('question', '=', question)
    .execute();
};

export const removeQuote = async (ctx: Context, round: string, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('have_your_say.quote').where('round_id', '=', round).where('id', '=', id).execute();
};

export const listQuotes = async (ctx: Context, round: string): Promise<readonly Quote[]> =>
  (
    await tables(ctx)
      .selectFrom('have_your_say.quote')
      .selectAll()
      .where('round_id', '=', round)
      .orderBy('at')
      .orderBy('id')
      .execute()
  ).map((row) => ({
    id: row.id,
    answer: row.answer_id,
    question: row.question,
    theme: row.theme,
    text: row.text,
  }));

const asDecision = (row: {
  readonly id: string;
  readonly theme: string;
  readonly text: string;
  readonly reference_kind: string;
  readonly reference_id: string;
  readonly reference_title: string;
  readonly at: Date;
}): Decision => ({
  id: row.id,
  theme: row.theme,
  text: row.text,
  referenceKind: row.reference_kind,
  referenceId: row.reference_id,
  referenceTitle: row.reference_title,
  at: row.at,
});

export const addDecision = async (
  ctx: Context,
  round: string,
  one: Omit<Decision, 'at'>,
  by: string | null,
): Promise<void> => {
  await tables(ctx)
    .insertInto('have_your_say.decision')
    .values({
      id: one.id,
      round_id: round,
      theme: one.theme,
      text: one.text,
      reference_kind: one.referenceKind,
      reference_id: one.referenceId,
      reference_title: one.referenceTitle,
      at: ctx.clock(),
      by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const removeDecision = async (ctx: Context, round: string, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('have_your_say.decision').where('round_id', '=', round).where('id', '=', id).execute();
};

export const listDecisions = async (ctx: Context, round: string): Promise<readonly Decision[]> =>
  (
    await tables(ctx)
      .selectFrom('have_your_say.decision')
      .selectAll()
      .where('round_id', '=', round)
      .orderBy('at')
      .orderBy('id')
      .execute()
  ).map(asDecision);

/** Published decisions that name a thing, or a version of it. */
export const decisionsOn = async (ctx: Context, kind: string, id: string, now: Date) => {
  const { rows } = await sql<{ readonly slug: string; readonly title: string }>`
    select distinct r.slug, r.title from have_your_say.decision d join have_your_say.round r on r.id = d.round_id
    where r.results_at <= ${now}::timestamptz
      and ((d.reference_kind = ${kind} and d.reference_id = ${id})
        or (d.reference_kind = ${`${kind}-version`} and d.reference_id like ${`${id.replaceAll(/[\\%_]/g, '\\$&')}/%`}))
    order by r.title`.execute(ctx.db);
  return rows;
};

/** Takes a person's name off what they decided and coded. */
export const forgetReader = async (ctx: Context, person: string): Promise<void> => {
  await tables(ctx).updateTable('have_your_say.moderation').set({ by: null }).where('by', '=', person).execute();
  await tables(ctx).updateTable('have_your_say.decision').set({ by: null }).where('by', '=', person).execute();
  await tables(ctx).updateTable('have_your_say.reading').set({ coder: null }).where('coder', '=', person).execute();
  await tables(ctx)
    .updateTable('have_your_say.code_book')
    .set({ made_by: null })
    .where('made_by', '=', person)
    .execute();
  await tables(ctx)
    .updateTable('have_your_say.round_version')
    .set({ made_by: null })
    .where('made_by', '=', person)
    .execute();
};

/** Themes of the texts of some answers, by `answer/question`. */
export const listReadings = async (
  ctx: Context,
  answers: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> =>
  answers.length === 0
    ? new Map()
    : new Map(
        (
          await tables(ctx)
            .selectFrom('have_your_say.reading')
            .select(['answer_id', 'question', 'themes'])
            .where('answer_id', 'in', answers)
            .where('part', '=', 'first')
            .execute()
        ).map((row) => [`${row.answer_id}/${row.question}`, row.themes]),
      );

/** Letters that say how a public answer begins. */
export const startOfAnswer = 90;

/** Answers of which a moderator has let some words through, the oldest first, each with how its words begin. */
export const listPublic = async (ctx: Context, round: string, count: number, after: number) => {
  const { rows } = await sql<{ readonly id: string; readonly start: string }>`
    select a.id, left((select m.public_text from have_your_say.moderation m
      where m.answer_id = a.id and m.how <> 'withheld' order by m.question limit 1), ${startOfAnswer}) as start
    from have_your_say.answer a
    where a.round_id = ${round} and a.state = 'sent' and a.may_publish and exists (select from have_your_say.moderation m
      where m.answer_id = a.id and m.how <> 'withheld')
    order by a.sent_at, a.id limit ${count} offset ${after}`.execute(ctx.db);
  return rows;
};
