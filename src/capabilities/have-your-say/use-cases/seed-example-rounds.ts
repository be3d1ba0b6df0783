import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { peopleWithRole } from '#cap/accounts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { given, type Questionnaire, questionnaire } from '../domain/questionnaire.ts';
import { theme } from '../domain/reading.ts';
import type { Round } from '../domain/round.ts';
import { addCodeBook, addDecision, addQuote, drawSample, putModeration, putReading } from '../store/reading.ts';
import { addRoundAnswer, changeRoundAnswer, markSent } from '../store/round-answers.ts';
import { addRound, addRoundVersion, changeRound, findRound } from '../store/rounds.ts';
import { fiveQuestions } from './opening-questions.ts';

const answer = z.object({
  kind: z.string(),
  region: z.string(),
  mayPublish: z.boolean(),
  given,
  themes: z.record(z.string(), z.array(z.string())).default({}),
  second: z.record(z.string(), z.array(z.string())).default({}),
});
const about = { slug: z.string(), title: z.string(), purpose: z.string(), audience: z.string() };
const file = z.object({
  closed: z.object({
    ...about,
    questions: questionnaire,
    themes: z.array(theme),
    answers: z.array(answer),
    redactions: z.array(z.object({ answer: z.number(), question: z.string(), text: z.string(), reason: z.string() })),
    quotes: z.array(z.object({ answer: z.number(), question: z.string(), theme: z.string(), text: z.string() })),
    decisions: z.array(z.object({ theme: z.string(), text: z.string(), kind: z.string(), id: z.string() })),
  }),
  open: z.object({ ...about, sections: questionnaire.shape.sections, answers: z.array(answer) }),
});
type Closed = z.infer<typeof file>['closed'];
type SeededAnswer = z.infer<typeof answer>;

const dayMs = 86_400_000;

const seedRound = async (
  ctx: Context,
  one: { readonly slug: string; readonly title: string; readonly purpose: string; readonly audience: string },
  draft: Questionnaire,
  opensAt: Date,
  closesAt: Date,
): Promise<Round> => {
  await addRound(ctx, {
    id: randomUUID(),
    slug: one.slug,
    title: one.title,
    purpose: one.purpose,
    audience: one.audience,
    opensAt,
    closesAt,
    onePerAddress: false,
    addressKey: randomBytes(32),
    draft,
  });
  const round = await findRound(ctx, one.slug);
  if (!round) throw new Error(`The round ${one.slug} was not written`);
  await addRoundVersion(ctx, round, { number: 1, note: '', by: null });
  return { ...round, version: 1 };
};

/** @returns the answers' ids, in their order. */
const seedAnswers = async (
  ctx: Context,
  round: Round,
  answers: readonly SeededAnswer[],
  sentAt: (at: number) => Date,
): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (const [at, one] of answers.entries()) {
    const id = randomUUID();
    const then = { ...ctx, clock: () => sentAt(at) };
    await addRoundAnswer(then, {
      id,
      round: round.id,
      version: 1,
      organisation: '',
      providerKind: one.kind,
      // Nobody has the token: what is seeded was sent, and is opened by nobody.
      tokenHash: createHash('sha256').update(randomBytes(24)).digest('hex'),
      person: null,
    });
    await changeRoundAnswer(then, id, {
      given: one.given,
      providerKind: one.kind,
      region: one.region,
      mayPublish: one.mayPublish,
    });
    await markSent(then, id, null);
    ids.push(id);
  }
  return ids;
};

/** Moderated, coded by two fictional people, and decided on. */
const seedReading = async (
  ctx: Context,
  round: Round,
  closed: Closed,
  ids: readonly string[],
  coders: { readonly first: string | null; readonly second: string | null },
): Promise<void> => {
  await addCodeBook(ctx, round.id, { number: 1, themes: closed.themes, note: '' }, coders.first);
  for (const [at, one] of closed.answers.entries()) {
    const id = ids[at] ?? '';
    for (const [question, themes] of Object.entries(one.themes)) {
      await putReading(ctx, id, question, 'first', { coder: coders.first, book: 1, themes });
      const text = one.given[question];
      if (!one.mayPublish || typeof text !== 'string') continue;
      const taken = closed.redactions.find((each) => each.answer === at && each.question === question);
      const moderated = taken
        ? { how: 'redacted' as const, publicText: taken.text, reason: taken.reason }
        : { how: 'as-it-is' as const, publicText: text, reason: '' };
      await putModeration(ctx, id, question, moderated, coders.second);
    }
  }
  for (const question of ['lack', 'works']) await drawSample(ctx, round.id, question, closed.answers.length);
  for (const [at, one] of closed.answers.entries())
    for (const [question, themes] of Object.entries(one.second))
      await putReading(ctx, ids[at] ?? '', question, 'second', { coder: coders.second, book: 1, themes });
  for (const one of closed.quotes)
    if (closed.answers[one.answer]?.mayPublish)
      await addQuote(ctx, round.id, {
        id: randomUUID(),
        answer: ids[one.answer] ?? '',
        question: one.question,
        theme: one.theme,
        text: one.text,
      });
  for (const one of closed.decisions) {
    const reference = one.kind === '' ? null : { kind: one.kind, id: one.id };
    const referred = reference ? await ctx.references.find(ctx, reference) : null;
    await addDecision(
      ctx,
      round.id,
      {
        id: randomUUID(),
        theme: one.theme,
        text: one.text,
        referenceKind: referred ? one.kind : '',
        referenceId: referred ? one.id : '',
        referenceTitle: referred?.title ?? '',
      },
      null,
    );
  }
};

/** In example stores alone: a round that is over, with what came of it, and one that is open. */
export const seedExampleRounds = (ctx: Context): Promise<void> =>
  ctx.transaction(async (inside) => {
    const path = join(import.meta.dirname, '../../../../examples/have-your-say.json');
    const { closed, open } = file.parse(JSON.parse(readFileSync(path, 'utf8')));
    const now = ctx.clock().getTime();
    const ago = (days: number, hours = 0): Date => new Date(now - days * dayMs + hours * 3_600_000);
    const [editor] = await peopleWithRole(inside, 'editor');
    const [moderator] = await peopleWithRole(inside, 'moderator');
    const over = await seedRound(inside, closed, closed.questions, ago(60), ago(20));
    const ids = await seedAnswers(inside, over, closed.answers, (at) => ago(58 - (at % 36), at % 9));
    await seedReading(inside, over, closed, ids, { first: editor?.id ?? null, second: moderator?.id ?? null });
    await changeRound(inside, over.id, { resultsAt: ago(6) });
    const questions = { sections: [...fiveQuestions.sections, ...open.sections] };
    const going = await seedRound(inside, open, questions, ago(5), ago(-25));
    await seedAnswers(inside, going, open.answers, (at) => ago(4 - at));
    await recordAct(inside, { name: 'have-your-say.seeded' });
  });
