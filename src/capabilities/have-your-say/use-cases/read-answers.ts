import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { slugOf } from '#kernel/slug.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { RoundAnswer } from '../domain/answer.ts';
import type { Decided, Moderated, Quote, Theme } from '../domain/reading.ts';
import type { Round } from '../domain/round.ts';
import { learnThemes, type ThemeModel } from '../domain/suggest-themes.ts';
import { readAnswers } from '../policy.ts';
import {
  addCodeBook,
  addQuote,
  drawSample,
  findCodeBook,
  findReading,
  listCodedTexts,
  listModerated,
  type Part,
  putModeration,
  putReading,
  removeQuote,
  removeQuotes,
} from '../store/reading.ts';
import { findSent } from '../store/round-answers.ts';

export { countToModerate } from '../store/counts.ts';
export {
  countCoded,
  findCodeBook,
  findReading,
  listCodeBooks,
  listModerated,
  listPublic,
  listQuotes,
  listToCodeTwice,
  listTwiceCoded,
  listUncoded,
  startOfAnswer,
} from '../store/reading.ts';
export {
  countAddresses,
  countStates,
  eachText,
  findSent,
  listAnswerFiles,
  pageOfSent,
} from '../store/round-answers.ts';

/** Texts from which suggestions are learnt: the latest, since a code book grows sharper with use. */
const learntFrom = 2000;

const subjectOf = (answer: RoundAnswer) => ({ kind: 'round-answer', id: answer.id });

export type ModerateRefusal = 'unknown' | 'no-reason' | 'not-consented' | 'changed';

/** What tells one decision on a text from the next; empty: there is none yet. */
export const decisionSeen = (decided: Decided | undefined): string => decided?.at.toISOString() ?? '';

/**
 * Decides what everyone may read of one text. Taking anything out, or all of it, wants its reason.
 *
 * @param seen the decision that the form began with: of two moderators the second is told.
 */
export const moderate = (
  ctx: Context,
  person: Person,
  round: Round,
  answerId: string,
  question: string,
  moderated: Moderated,
  seen: string,
): Promise<Result<void, ModerateRefusal>> => {
  demand(ctx.actor, readAnswers);
  return ctx.transaction(async (inside) => {
    const answer = await findSent(inside, round.id, answerId, true);
    const text = answer?.given[question];
    if (!answer || typeof text !== 'string') return refused('unknown');
    if (!answer.mayPublish) return refused('not-consented');
    const { how, reason } = moderated;
    if (how !== 'as-it-is' && reason === '') return refused('no-reason');
    const publicText = how === 'as-it-is' ? text : how === 'withheld' ? '' : moderated.publicText;
    const before = (await listModerated(inside, answer.id)).get(question);
    if (before && before.how === how && before.publicText === publicText && before.reason === reason)
      return ok(undefined);
    if (decisionSeen(before) !== seen) return refused('changed');
    await putModeration(inside, answer.id, question, { ...moderated, publicText }, person.id);
    // A quote is a passage of what everyone may read: what is no longer there is no longer quoted.
    await removeQuotes(inside, answer.id, question);
    await recordAct(inside, {
      name: 'have-your-say.moderated',
      subject: subjectOf(answer),
      after: { question, how, reason },
    });
    return ok(undefined);
  });
};

/** Writes a new version of the code book. @param number of the version that the form began with. */
export const saveCodeBook = (
  ctx: Context,
  person: Person,
  round: Round,
  themes: readonly Theme[],
  note: string,
  number: number,
): Promise<boolean> => {
  demand(ctx.actor, readAnswers);
  return ctx.transaction(async (inside) => {
    const now = await findCodeBook(inside, round.id);
    if ((now?.number ?? 0) !== number) return false;
    const taken = new Set(themes.map((one) => one.id).filter((id) => id !== ''));
    const named = themes.map((one) => {
      if (one.id !== '') return one;
      const wanted = slugOf(one.name) || 'theme';
      let id = wanted;
      for (let count = 2; taken.has(id); count += 1) id = `${wanted}-${count}`;
      taken.add(id);
      return { ...one, id };
    });
    const added = await addCodeBook(inside, round.id, { number: number + 1, themes: named, note }, person.id);
    if (added)
      await recordAct(inside, {
        name: 'have-your-say.code-book',
        subject: { kind: 'round', id: round.id },
        after: { number: number + 1 },
      });
    return added;
  });
};

/** `own`: they read it in the other part; `coded`: somebody else did in this one. */
export type CodeRefusal = 'unknown' | 'own' | 'coded';

/** Takes down which themes a text has. The second coder is another person than the first, and nobody codes over another. */
export const code = (
  ctx: Context,
  person: Person,
  round: Round,
  answerId: string,
  question: string,
  part: Part,
  themes: readonly string[],
): Promise<Result<void, CodeRefusal>> => {
  demand(ctx.actor, readAnswers);
  return ctx.transaction(async (inside) => {
    const answer = await findSent(inside, round.id, answerId, true);
    const book = await findCodeBook(inside, round.id);
    if (!answer || !book || typeof answer.given[question] !== 'string') return refused('unknown');
    const first = await findReading(inside, answerId, question, 'first');
    const second = await findReading(inside, answerId, question, 'second');
    const [here, other] = part === 'first' ? [first, second] : [second, first];
    if (part === 'second' && !first) return refused('unknown');
    if (other && other.coder === person.id) return refused('own');
    if (here && here.coder !== person.id) return refused('coded');
    const known = book.themes.map((one) => one.id).filter((id) => themes.includes(id));
    await putReading(inside, answerId, question, part, { coder: person.id, book: book.number, themes: known });
    await recordAct(inside, {
      name: 'have-your-say.coded',
      subject: subjectOf(answer),
      after: { question, part, themes: known, book: book.number },
    });
    return ok(undefined);
  });
};

/** What people have coded so far, learnt anew each time: a few thousand texts take milliseconds. */
export const themeModel = async (ctx: Context, round: Round, themes: readonly Theme[]): Promise<ThemeModel> =>
  learnThemes(
    await listCodedTexts(ctx, round.id, learntFrom),
    themes.map((one) => one.id),
  );

/** Draws the texts that a second coder reads. */
export const sampleTexts = (ctx: Context, round: Round, question: string, count: number): Promise<void> => {
  demand(ctx.actor, readAnswers);
  return ctx.transaction(async (inside) => {
    await drawSample(inside, round.id, question, count);
    await recordAct(inside, {
      name: 'have-your-say.sampled',
      subject: { kind: 'round', id: round.id },
      after: { question, count },
    });
  });
};

/** Quotes a passage under a theme: word for word out of what everyone may read. */
export const quote = (ctx: Context, round: Round, one: Quote): Promise<boolean> => {
  demand(ctx.actor, readAnswers);
  return ctx.transaction(async (inside) => {
    const answer = await findSent(inside, round.id, one.answer, true);
    const moderated = answer && (await listModerated(inside, answer.id)).get(one.question);
    const book = await findCodeBook(inside, round.id);
    if (!answer?.mayPublish || !moderated || one.text === '' || !moderated.publicText.includes(one.text)) return false;
    if (!book?.themes.some((theme) => theme.id === one.theme)) return false;
    await addQuote(inside, round.id, one);
    await recordAct(inside, {
      name: 'have-your-say.quoted',
      subject: subjectOf(answer),
      after: { question: one.question, theme: one.theme },
    });
    return true;
  });
};

export const takeQuoteOut = (ctx: Context, round: Round, id: string): Promise<void> => {
  demand(ctx.actor, readAnswers);
  return ctx.transaction(async (inside) => {
    await removeQuote(inside, round.id, id);
    await recordAct(inside, { name: 'have-your-say.quote-removed', subject: { kind: 'round', id: round.id } });
  });
};

/** What everyone may read of an answer: texts that a moderator has let through, where whoever answered agreed. */
export const publicTexts = async (ctx: Context, answer: RoundAnswer): Promise<ReadonlyMap<string, string>> => {
  if (!answer.mayPublish) return new Map();
  return new Map(
    [...(await listModerated(ctx, answer.id))]
      .filter(([, one]) => one.how !== 'withheld')
      .map(([question, one]) => [question, one.publicText]),
  );
};
