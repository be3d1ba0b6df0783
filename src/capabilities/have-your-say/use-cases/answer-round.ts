import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { addressOf } from '#cap/accounts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { examineFile } from '#platform/files/examine-on-pool.ts';
import { isKept, keepFile } from '#platform/files/kept-file.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { AboutYou, RoundAnswer } from '../domain/answer.ts';
import { type Given, onlyAsked, type Question, type Questionnaire } from '../domain/questionnaire.ts';
import { mostBytes, mostFiles, type Round, roundState } from '../domain/round.ts';
import { confirmAnswerPath, writtenPath } from '../paths.ts';
import {
  addAnswerFile,
  addRoundAnswer,
  changeRoundAnswer,
  findByConfirmHash,
  findByTokenHash,
  listAnswerFiles,
  markSent,
  markUnconfirmed,
  removeAnswerFile,
} from '../store/round-answers.ts';
import { findRoundVersion, lockRound } from '../store/rounds.ts';

export { listAnswerFiles } from '../store/round-answers.ts';

/** Tokens open what someone is writing: the store has their hash alone. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const newToken = (): string => randomBytes(24).toString('base64url');

export type AnswerRefusal = 'closed' | 'changed' | 'sent';

const isOpen = (ctx: Context, round: Round): boolean => roundState(round, ctx.clock()) === 'open';

/** Begins an answer to a round that is open. @returns the token that opens it again. */
export const beginAnswer = (ctx: Context, round: Round): Promise<Result<string, 'closed'>> =>
  ctx.transaction(async (inside) => {
    if (!isOpen(ctx, round)) return refused('closed');
    const { actor } = ctx;
    const token = newToken();
    const provider =
      actor.kind === 'person' ? actor.memberships.find((one) => one.organisation === actor.actingFor) : undefined;
    const id = randomUUID();
    await addRoundAnswer(inside, {
      id,
      round: round.id,
      version: round.version,
      organisation: provider?.name ?? '',
      providerKind: '',
      tokenHash: hashOf(token),
      person: actor.kind === 'person' ? actor.id : null,
    });
    await recordAct(inside, { name: 'have-your-say.answer-begun', subject: { kind: 'round-answer', id } });
    return ok(token);
  });

export type Written = {
  readonly answer: RoundAnswer;
  readonly questions: Questionnaire;
};

/** What a token opens, with the questions it is asked: a draft follows the round to a newer version. */
export const findWritten = async (ctx: Context, round: Round, token: string): Promise<Written | null> => {
  const answer = await findByTokenHash(ctx, hashOf(token));
  if (answer?.round !== round.id) return null;
  const version = answer.state === 'draft' ? round.version : answer.version;
  return { answer, questions: await findRoundVersion(ctx, round.id, version) };
};

const change = (
  ctx: Context,
  round: Round,
  token: string,
  act: (inside: Context, answer: RoundAnswer) => Promise<Result<void, AnswerRefusal>>,
): Promise<Result<void, AnswerRefusal>> =>
  ctx.transaction(async (inside) => {
    const answer = await findByTokenHash(inside, hashOf(token), true);
    if (answer?.round !== round.id) return refused('closed');
    if (answer.state !== 'draft') return refused('sent');
    if (!isOpen(ctx, round)) return refused('closed');
    return act(inside, answer);
  });

/** What one page asks, and what was answered there. */
export type AnsweredPart = { readonly questions: readonly string[]; readonly given: Given };

/** An answer with one page answered anew. */
export const withPart = (answered: Given, { questions, given }: AnsweredPart): Given => ({
  ...Object.fromEntries(Object.entries(answered).filter(([id]) => !questions.includes(id))),
  ...given,
});

/** Saves one page. @param revision that the form began with: of two tabs, the later one is told. */
export const saveSection = (
  ctx: Context,
  round: Round,
  token: string,
  part: AnsweredPart,
  revision: number,
): Promise<Result<void, AnswerRefusal>> =>
  change(ctx, round, token, async (inside, answer) => {
    if (answer.revision !== revision) return refused('changed');
    await changeRoundAnswer(inside, answer.id, { given: withPart(answer.given, part), version: round.version });
    return ok(undefined);
  });

export const saveAboutYou = (
  ctx: Context,
  round: Round,
  token: string,
  about: AboutYou,
  revision: number,
): Promise<Result<void, AnswerRefusal>> =>
  change(ctx, round, token, async (inside, answer) => {
    if (answer.revision !== revision) return refused('changed');
    await changeRoundAnswer(inside, answer.id, about);
    return ok(undefined);
  });

/** Looks at each file and keeps it. @returns what was wrong, file by file; the others are kept. */
export const addFiles = async (
  ctx: Context,
  round: Round,
  token: string,
  question: Question,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<readonly string[]> => {
  const problems: string[] = [];
  for (const file of files) {
    const name = (file.name.split(/[\\/]/).at(-1) ?? '').slice(-120) || 'file';
    const examined = await examineFile(ctx, file);
    if (examined.kind === 'refused') {
      problems.push(`${name}: ${examined.refusal}`);
      continue;
    }
    const upload = examined.value;
    const kept = await change(ctx, round, token, async (inside, answer) => {
      const there = await listAnswerFiles(inside, answer.id);
      // A form that was sent twice brings the same file twice.
      const alike = there.filter((one) => one.question === question.id && one.name === name).map((one) => one.file);
      if (await isKept(inside, alike, upload.bytes)) return ok(undefined);
      if (there.length >= mostFiles) {
        problems.push(`${name}: there are ${mostFiles} files already`);
        return ok(undefined);
      }
      if (there.reduce((sum, one) => sum + one.size, upload.bytes.length) > mostBytes) {
        problems.push(`${name}: all files together may have up to 100 MB`);
        return ok(undefined);
      }
      await addAnswerFile(inside, answer.id, {
        id: randomUUID(),
        question: question.id,
        name,
        file: await keepFile(inside, upload.type, upload.bytes),
        type: upload.type,
        size: upload.bytes.length,
      });
      return ok(undefined);
    });
    if (kept.kind === 'refused') problems.push(`${name}: the round is closed, or the answer is sent`);
  }
  return problems;
};

export const takeFileOut = (ctx: Context, round: Round, token: string, file: string) =>
  change(ctx, round, token, async (inside, answer) => {
    await removeAnswerFile(inside, answer.id, file);
    return ok(undefined);
  });

/** Mails the link by which an answer is gone on with; the address is not kept with it. */
export const mailReturnLink = (ctx: Context, round: Round, token: string, address: string) =>
  change(ctx, round, token, async (inside) => {
    await sendMail(inside, {
      name: 'have-your-say.return-link',
      to: { address, name: null },
      person: null,
      subject: `Your answer to “${round.title}”`,
      body: [
        { kind: 'text', text: 'You began an answer. By this link you can go on with it. Nobody else has it.' },
        { kind: 'link', text: 'Go on', href: `${ctx.address}${writtenPath(round.slug, token)}` },
      ],
    });
    return ok(undefined);
  });

const addressHash = (round: Round, address: string): string | null =>
  round.addressKey ? createHmac('sha256', round.addressKey).update(address).digest('hex') : null;

export type SendRefusal = 'closed' | 'no-address' | 'empty';

/**
 * Sends an answer. Where the round takes one an address, the address is asked by mail first.
 *
 * Sent twice, it is there once.
 */
export const sendAnswer = (
  ctx: Context,
  round: Round,
  token: string,
): Promise<Result<'sent' | 'unconfirmed', SendRefusal>> =>
  ctx.transaction(async (inside) => {
    const answer = await findByTokenHash(inside, hashOf(token), true);
    if (answer?.round !== round.id) return refused('closed');
    if (answer.state !== 'draft') return ok(answer.state);
    if (!isOpen(ctx, round)) return refused('closed');
    const questions = await findRoundVersion(inside, round.id, round.version);
    const given = onlyAsked(questions, answer.given);
    if (Object.keys(given).length === 0 && (await listAnswerFiles(inside, answer.id)).length === 0)
      return refused('empty');
    await changeRoundAnswer(inside, answer.id, { given, version: round.version });
    if (!round.onePerAddress) {
      await markSent(inside, answer.id, null);
      await recordAct(inside, { name: 'have-your-say.answered', subject: { kind: 'round-answer', id: answer.id } });
      return ok('sent');
    }
    const address = answer.address ?? (ctx.actor.kind === 'person' ? await addressOf(inside, ctx.actor.id) : null);
    if (address === null) return refused('no-address');
    const confirm = newToken();
    await changeRoundAnswer(inside, answer.id, { address });
    await markUnconfirmed(inside, answer.id, hashOf(confirm));
    await sendMail(inside, {
      name: 'have-your-say.confirm',
      to: { address, name: null },
      person: null,
      subject: `Is this answer from you? “${round.title}”`,
      body: [
        { kind: 'text', text: 'An answer was sent with this address. It counts once you say that it is yours.' },
        { kind: 'link', text: 'It is mine', href: `${ctx.address}${confirmAnswerPath(round.slug, confirm)}` },
      ],
    });
    await recordAct(inside, { name: 'have-your-say.answer-sent', subject: { kind: 'round-answer', id: answer.id } });
    return ok('unconfirmed');
  });

export type ConfirmRefusal = 'unknown' | 'answered-before';

export const isConfirmable = async (ctx: Context, round: Round, token: string): Promise<boolean> =>
  (await findByConfirmHash(ctx, hashOf(token)))?.round === round.id;

/** The link in the mail was used: the address is theirs. An answer that was sent in time counts after the closing too. */
export const confirmAnswer = (ctx: Context, round: Round, token: string): Promise<Result<void, ConfirmRefusal>> =>
  ctx.transaction(async (inside) => {
    // The round is held, so that of two answers of one address that are confirmed at once, one is taken.
    const held = await lockRound(inside, round.id);
    const answer = await findByConfirmHash(inside, hashOf(token), true);
    if (answer?.round !== round.id || answer.state !== 'unconfirmed') return refused('unknown');
    const hash = answer.address === null ? null : addressHash(held, answer.address);
    if (!(await markSent(inside, answer.id, hash))) return refused('answered-before');
    await recordAct(inside, { name: 'have-your-say.answered', subject: { kind: 'round-answer', id: answer.id } });
    return ok(undefined);
  });
