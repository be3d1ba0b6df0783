import { randomBytes, randomUUID } from 'node:crypto';
import { addressOf } from '#cap/accounts';
import type { Membership, Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { isAllowed } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { findEntries } from '#platform/search/find-entries.ts';
import { type Example, type ExampleText, emptyText, isBeingWritten, type toldOrigins } from '../domain/example.ts';
import { draftPath, examplePath } from '../paths.ts';
import { writeForOthers } from '../policy.ts';
import { removeFiles } from '../store/example-files.ts';
import { addExample, changeExample, findByToken, lockExample } from '../store/examples.ts';
import { askAddress } from './confirm-address.ts';
import { exampleKind, makeFindable } from './findable.ts';
import { tellOfWaiting } from './tell-moderators.ts';
import { tellSoon } from './tell-subscribers.ts';

export { findByToken, listOf } from '../store/examples.ts';

/** The provider for which someone sends in: the one they act for, else the only one they belong to. */
const sendsFor = ({ memberships, actingFor }: Person): Membership | null => {
  const providers = memberships.filter((one) => one.kind === 'provider');
  return (
    providers.find((one) => one.organisation === actingFor) ?? (providers.length === 1 ? (providers[0] ?? null) : null)
  );
};

/** Begins an example. Whoever has its address may write it, so that a colleague can finish it. @returns its token. */
export const beginExample = (ctx: Context, text: Partial<ExampleText> = {}): Promise<string> =>
  ctx.transaction(async (inside) => {
    const token = randomBytes(24).toString('base64url');
    const { actor } = ctx;
    const provider = actor.kind === 'person' ? sendsFor(actor) : null;
    const id = randomUUID();
    await addExample(inside, {
      id,
      token,
      state: 'draft',
      text: { ...emptyText, provider: provider?.name ?? '', ...text },
      origin: 'sent in',
      organisation: provider?.organisation ?? null,
      person: actor.kind === 'person' ? actor.id : null,
      address: null,
      publishedAt: null,
      reviewDue: null,
    });
    await recordAct(inside, { name: 'practice.begun', subject: { kind: 'practice-example', id } });
    return token;
  });

export type DraftRefusal = 'unknown' | 'not-yours-now' | 'changed' | 'no-address';

/**
 * Saves a part of what is being written.
 *
 * @param revision that the form began with.
 * @param origin where it came to light; left out: as it was. Whoever shares their own practice has sent it in.
 */
export const saveDraft = (
  ctx: Context,
  token: string,
  part: Partial<ExampleText>,
  revision: number,
  origin?: (typeof toldOrigins)[number],
): Promise<Result<void, DraftRefusal>> =>
  ctx.transaction(async (inside) => {
    const found = await findByToken(inside, token);
    const one = found && (await lockExample(inside, found.id));
    if (!one) return refused('unknown');
    if (!isBeingWritten(one.state)) return refused('not-yours-now');
    if (one.revision !== revision) return refused('changed');
    await changeExample(inside, one.id, {
      text: { ...one.text, ...part },
      ...(origin && isAllowed(ctx.actor, writeForOthers) ? { origin } : {}),
    });
    return ok(undefined);
  });

/** Other published examples that may tell the same. */
export const similarTo = async (ctx: Context, { id, text }: Pick<Example, 'id' | 'text'>) => {
  if (text.title === '') return [];
  const answer = await findEntries(ctx, { words: text.title, kind: exampleKind, route: null, level: null }, 1);
  const others = answer.found.filter((one) => one.href !== examplePath(id));
  return others.slice(0, 3).map((one) => ({ title: one.title.map((run) => run.text).join(''), href: one.href }));
};

/** Tells whoever sent it, by the address of their account or the one they gave. */
export const tellSender = async (ctx: Context, one: Example, subject: string, words: string, link: string) => {
  const address = one.person ? await addressOf(ctx, one.person) : one.address;
  if (!address) return;
  await sendMail(ctx, {
    name: 'practice.to-sender',
    to: { address, name: null },
    person: one.person,
    subject,
    body: [
      { kind: 'text', text: words },
      { kind: 'link', text: link, href: `${ctx.address}${draftPath(one.token)}` },
    ],
  });
};

/**
 * Hands it over. Someone without an account is asked by mail first whether the address is theirs. What was begun without an
 * account and is sent by someone who is signed in is theirs: they are told, and their organisation does not decide on it.
 *
 * @param address where the decision is told; of someone signed in, their account's is used.
 */
export const sendIn = (
  ctx: Context,
  token: string,
  address: string | null,
): Promise<Result<'waiting' | 'unconfirmed', DraftRefusal>> =>
  ctx.transaction(async (inside) => {
    const found = await findByToken(inside, token);
    const one = found && (await lockExample(inside, found.id));
    if (!one) return refused('unknown');
    // Sent twice, it is there once.
    if (one.state === 'waiting' || one.state === 'unconfirmed') return ok(one.state);
    if (!isBeingWritten(one.state)) return refused('not-yours-now');
    const { actor } = ctx;
    const sender =
      one.person === null && one.state === 'draft' && actor.kind === 'person'
        ? { person: actor.id, organisation: sendsFor(actor)?.organisation ?? null }
        : null;
    const known = one.person !== null || sender !== null || one.state === 'asked';
    if (!known && address === null) return refused('no-address');
    const state = known ? 'waiting' : 'unconfirmed';
    await changeExample(inside, one.id, {
      state,
      sentAt: ctx.clock(),
      ...sender,
      ...(address && !sender ? { address } : {}),
    });
    if (state === 'waiting') await tellOfWaiting(inside, one);
    else if (address !== null) await askAddress(inside, one, address);
    await recordAct(inside, { name: 'practice.sent-in', subject: { kind: 'practice-example', id: one.id } });
    return ok(state);
  });

/** Months for which somebody stands by an example. */
export const standsFor = 12;

/** ISO date until which somebody stands by what was published or confirmed now; of 29 February, the first of March. */
export const dueAfter = (now: Date): string => {
  const due = new Date(`${londonDay(now)}T00:00:00Z`);
  due.setUTCMonth(due.getUTCMonth() + standsFor);
  return due.toISOString().slice(0, 10);
};

/** The address that was given on sending is wrong: it is written on, and the link in the mail to that address leads nowhere. */
export const writeOn = (ctx: Context, token: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const found = await findByToken(inside, token);
    const one = found && (await lockExample(inside, found.id));
    if (one?.state !== 'unconfirmed') return false;
    await changeExample(inside, one.id, { state: 'draft', address: null, confirmHash: null });
    await recordAct(inside, { name: 'practice.written-on', subject: { kind: 'practice-example', id: one.id } });
    return true;
  });

/** What a moderator changed is agreed to: it is published. @param revision that whoever agrees has read. */
export const agree = (ctx: Context, token: string, revision: number): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const found = await findByToken(inside, token);
    const one = found && (await lockExample(inside, found.id));
    if (one?.state !== 'shown' || one.revision !== revision) return false;
    await publishNow(inside, one);
    return true;
  });

/** Whoever sent it does not agree with what a moderator changed, and goes on writing from there. */
export const changeAgain = (ctx: Context, token: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const found = await findByToken(inside, token);
    const one = found && (await lockExample(inside, found.id));
    if (one?.state !== 'shown') return false;
    await changeExample(inside, one.id, { state: 'asked' });
    await recordAct(inside, { name: 'practice.changed-again', subject: { kind: 'practice-example', id: one.id } });
    return true;
  });

/** Within a transaction. */
export const publishNow = async (ctx: Context, one: Example): Promise<void> => {
  const publishedAt = ctx.clock();
  const reviewDue = dueAfter(publishedAt);
  await changeExample(ctx, one.id, { state: 'published', publishedAt, reviewDue, note: '' });
  await makeFindable(ctx, { ...one, state: 'published', publishedAt, reviewDue });
  await tellSoon(ctx);
  await recordAct(ctx, { name: 'practice.published', subject: { kind: 'practice-example', id: one.id } });
};

/** Whoever sent it stands by it for another year. */
export const standBy = (ctx: Context, token: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const found = await findByToken(inside, token);
    const one = found && (await lockExample(inside, found.id));
    if (one?.state !== 'published') return false;
    await standNow(inside, one);
    return true;
  });

/** Within a transaction, of an example that is locked. */
export const standNow = async (ctx: Context, one: Example): Promise<void> => {
  const reviewDue = dueAfter(ctx.clock());
  await changeExample(ctx, one.id, { reviewDue });
  await makeFindable(ctx, { ...one, reviewDue });
  await recordAct(ctx, { name: 'practice.stood-by', subject: { kind: 'practice-example', id: one.id } });
};

/** Whoever sent it takes it back, published or not: from now on readers have it no more, and its files are deleted. */
export const takeBack = (ctx: Context, token: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const found = await findByToken(inside, token);
    const one = found && (await lockExample(inside, found.id));
    if (!one || one.state === 'withdrawn' || one.state === 'declined') return false;
    // An address that was never confirmed is nobody's.
    await changeExample(inside, one.id, {
      state: 'withdrawn',
      ...(one.state === 'unconfirmed' ? { address: null } : {}),
    });
    await removeFiles(inside, one.id);
    await makeFindable(inside, { ...one, state: 'withdrawn' });
    await recordAct(inside, { name: 'practice.withdrawn', subject: { kind: 'practice-example', id: one.id } });
    return true;
  });
