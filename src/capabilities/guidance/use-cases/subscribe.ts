import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { sendMail, takeBack } from '#platform/mail/outbox.ts';
import type { Frequency, Scope, Subscription } from '../domain/subscription.ts';
import { subscriptionPath } from '../paths.ts';
import { findPage } from '../store/guide.ts';
import {
  addSubscription,
  confirmSubscription,
  countAskedSince,
  endSubscription,
  findSubscription,
  hasLive,
  lockSubscription,
} from '../store/subscriptions.ts';
import { sectionsToFollow } from './changed-sections.ts';

/** Messages that ask for a confirmation, to one address within a day: whoever types another's address reaches them so often at most. */
const askedADay = 5;

/** Name of the messages that tell of changes: what ending a subscription takes back. */
export const updateMail = 'guidance.update';

/** "the whole guide", "everything on Funding", "the page “Funding”". */
export const scopeWords = async (ctx: Context, scope: Scope): Promise<string> => {
  if (scope.kind === 'guide') return 'the whole guide';
  if (scope.kind === 'topic') return `everything on ${scope.topic}`;
  if (scope.kind === 'route') return `everything on the route ${scope.route}`;
  const page = await findPage(ctx, scope.page);
  const title = page?.current.title ?? scope.page;
  if (scope.kind === 'page') return `the page “${title}”`;
  const section = sectionsToFollow(page?.current.body ?? '').find((one) => one.id === scope.section);
  return `the section “${section?.words ?? scope.section}” of “${title}”`;
};

/**
 * Asks an address whether it wants to be told. Nothing is sent beyond that one message before its link was used, and the
 * answer to whoever asked is the same whether or not one left.
 */
export const subscribe = (ctx: Context, address: string, scope: Scope, frequency: Frequency): Promise<void> =>
  ctx.transaction(async (inside) => {
    if ((await countAskedSince(inside, address, new Date(ctx.clock().getTime() - 86_400_000))) >= askedADay) return;
    const token = randomBytes(24).toString('base64url');
    await addSubscription(inside, { id: randomUUID(), token, address, scope, frequency });
    const words = await scopeWords(inside, scope);
    await sendMail(inside, {
      name: 'guidance.confirm',
      to: { address, name: null },
      person: null,
      subject: `Do you want to be told of changes? ${ctx.name}`,
      body: [
        { kind: 'text', text: `Somebody, probably you, asked that changes to ${words} be told to this address.` },
        { kind: 'link', text: 'Yes, tell me', href: `${ctx.address}${subscriptionPath(token)}` },
        { kind: 'text', text: 'If you did not ask, you need do nothing: nothing else is sent.' },
      ],
    });
  });

export const lookAtSubscription = (ctx: Context, token: string): Promise<Subscription | null> =>
  findSubscription(ctx, token);

/** @returns false when there is no such subscription, or it has ended. */
export const confirm = (ctx: Context, token: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const one = await lockSubscription(inside, token);
    if (!one || one.endedAt) return false;
    if (!one.confirmedAt) await confirmSubscription(inside, one);
    return true;
  });

/** Ends it, and takes back what waits in the outbox for an address that now wants nothing. @returns false when there is none such. */
export const unsubscribe = (ctx: Context, token: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const one = await lockSubscription(inside, token);
    if (!one) return false;
    await endSubscription(inside, one.id);
    if (!(await hasLive(inside, one.address))) await takeBack(inside, updateMail, one.address);
    return true;
  });
