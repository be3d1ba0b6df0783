import { randomBytes, randomUUID } from 'node:crypto';
import { demand } from '#kernel/permission.ts';
import type { Referred } from '#kernel/reference.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { slugOf } from '#kernel/slug.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { type Questionnaire, questionnaireProblems } from '../domain/questionnaire.ts';
import { type Round, roundState, takenSlugs } from '../domain/round.ts';
import { resultsPath, roundPath } from '../paths.ts';
import { manageRounds } from '../policy.ts';
import { addRound, addRoundVersion, changeRound, findRoundVersion, listRounds, lockRound } from '../store/rounds.ts';

export { findRound, findRoundVersion, listRounds, listRoundVersions } from '../store/rounds.ts';

const subjectOf = (round: Round) => ({ kind: 'round', id: round.id });

/** Begins a round. @param id made with the form. @returns its slug. */
export const beginRound = (ctx: Context, id: string, title: string, draft: Questionnaire): Promise<string> => {
  demand(ctx.actor, manageRounds);
  return ctx.transaction(async (inside) => {
    const there = (await listRounds(inside)).find((one) => one.id === id);
    if (there) return there.slug;
    const taken = new Set([...takenSlugs, ...(await listRounds(inside)).map((one) => one.slug)]);
    const wanted = slugOf(title).slice(0, 60) || 'round';
    let slug = wanted;
    for (let count = 2; taken.has(slug); count += 1) slug = `${wanted}-${count}`;
    await addRound(inside, {
      id,
      slug,
      title,
      purpose: '',
      audience: '',
      opensAt: null,
      closesAt: null,
      onePerAddress: false,
      addressKey: randomBytes(32),
      draft,
    });
    await recordAct(inside, { name: 'have-your-say.round-begun', subject: { kind: 'round', id }, after: { title } });
    return slug;
  });
};

export type AboutRound = Pick<Round, 'title' | 'purpose' | 'audience' | 'opensAt' | 'closesAt' | 'onePerAddress'>;
export type RoundRefusal = 'changed';
export type DescribeRefusal = RoundRefusal | 'stays-closed';

/**
 * Changes what is told about a round. One that is closed is opened again by another closing time, unless its results are
 * published (who answered then would be told of nothing, and their addresses kept), or the key is gone by which an address is
 * known to have answered.
 *
 * @param revision that the form began with.
 */
export const describeRound = (
  ctx: Context,
  round: Round,
  about: AboutRound,
  revision: number,
): Promise<Result<void, DescribeRefusal>> => {
  demand(ctx.actor, manageRounds);
  return ctx.transaction(async (inside) => {
    const one = await lockRound(inside, round.id);
    if (one.revision !== revision) return refused('changed');
    const isOver = (each: Round): boolean => ['closed', 'results'].includes(roundState(each, ctx.clock()));
    const opensAgain = isOver(one) && !isOver({ ...one, ...about });
    if (opensAgain && (one.resultsAt !== null || (one.onePerAddress && one.addressKey === null)))
      return refused('stays-closed');
    // Whether an address answers once is settled before the first answer comes.
    const onePerAddress = one.version === 0 ? about.onePerAddress : one.onePerAddress;
    await changeRound(inside, one.id, { ...about, onePerAddress });
    await recordAct(inside, {
      name: 'have-your-say.round-described',
      subject: subjectOf(one),
      after: { opensAt: about.opensAt, closesAt: about.closesAt },
    });
    return ok(undefined);
  });
};

/** Changes the questions that are being written. */
export const saveQuestions = (
  ctx: Context,
  round: Round,
  revision: number,
  change: (draft: Questionnaire) => Questionnaire,
): Promise<Result<void, RoundRefusal>> => {
  demand(ctx.actor, manageRounds);
  return ctx.transaction(async (inside) => {
    const one = await lockRound(inside, round.id);
    if (one.revision !== revision) return refused('changed');
    await changeRound(inside, one.id, { draft: change(one.draft) });
    await recordAct(inside, { name: 'have-your-say.questions-changed', subject: subjectOf(one) });
    return ok(undefined);
  });
};

export const newId = (): string => `q${randomUUID().slice(0, 8)}`;

/** Makes the questions that are being written a version, which is asked from now on; done twice, it is one. @returns the number, or why not. */
export const putToUse = (ctx: Context, round: Round, note: string): Promise<Result<number, readonly string[]>> => {
  demand(ctx.actor, manageRounds);
  return ctx.transaction(async (inside) => {
    const one = await lockRound(inside, round.id);
    const problems = [
      ...questionnaireProblems(one.draft),
      ...(one.purpose === '' ? ['Say what the round is for'] : []),
      ...(one.opensAt ? [] : ['Say when the round opens']),
    ];
    if (problems.length > 0) return refused(problems);
    const asked = one.version > 0 ? await findRoundVersion(inside, one.id, one.version) : null;
    if (JSON.stringify(asked) === JSON.stringify(one.draft)) return ok(one.version);
    const number = one.version + 1;
    await addRoundVersion(inside, one, {
      number,
      note,
      by: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    });
    await recordAct(inside, { name: 'have-your-say.questions-in-use', subject: subjectOf(one), after: { number } });
    return ok(number);
  });
};

/** Ends a round now. */
export const closeRound = (ctx: Context, round: Round): Promise<void> => {
  demand(ctx.actor, manageRounds);
  return ctx.transaction(async (inside) => {
    const one = await lockRound(inside, round.id);
    if (roundState(one, ctx.clock()) !== 'open') return;
    await changeRound(inside, one.id, { closesAt: ctx.clock() });
    await recordAct(inside, { name: 'have-your-say.round-closed', subject: subjectOf(one) });
  });
};

/** What others call a round when they point at one, such as an event that it evaluates. */
export const roundKind = 'round';

export const referredRound = async (ctx: Context, id: string): Promise<Referred | null> => {
  const round = (await listRounds(ctx)).find((one) => one.id === id || one.slug === id);
  return round && round.version > 0 ? { title: round.title, href: roundPath(round.slug) } : null;
};

/** Pages of rounds that are worth finding. */
export const publicRoundPages = async (ctx: Context) =>
  (await listRounds(ctx))
    .filter((one) => one.version > 0)
    .flatMap((one) => [
      { path: roundPath(one.slug), changedAt: null },
      ...(roundState(one, ctx.clock()) === 'results'
        ? [{ path: resultsPath(one.slug), changedAt: one.resultsAt }]
        : []),
    ]);
