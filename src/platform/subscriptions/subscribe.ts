import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from '../context.ts';
import { sendMail, takeBack } from '../mail/outbox.ts';
import {
  addSubscription,
  confirmSubscription,
  countAskedSince,
  endSubscription,
  hasLive,
  lockSubscription,
} from './keep-subscriptions.ts';
import { type Subscription, subscriptionPath } from './subscription.ts';

/** Messages that ask for a confirmation, to one address within a day: whoever types another's address reaches them so often at most. */
const askedADay = 5;

/** Name of the messages that tell the news of a list: what ending a subscription takes back. */
export const newsMail = (list: string): string => `${list}.update`;

/**
 * Asks an address whether it wants to be told. Nothing is sent beyond that one message before its link was used, and the
 * answer to whoever asked is the same whether or not one left.
 */
export const subscribe = (
  ctx: Context,
  asked: Pick<Subscription, 'address' | 'list' | 'scope' | 'words' | 'frequency'>,
): Promise<void> =>
  ctx.transaction(async (inside) => {
    const { address, list, words } = asked;
    if ((await countAskedSince(inside, address, new Date(ctx.clock().getTime() - 86_400_000))) >= askedADay) return;
    const token = randomBytes(24).toString('base64url');
    await addSubscription(inside, { ...asked, id: randomUUID(), token });
    await sendMail(inside, {
      name: `${list}.confirm`,
      to: { address, name: null },
      person: null,
      subject: `Do you want to be told? ${ctx.name}`,
      body: [
        { kind: 'text', text: `Somebody, probably you, asked that this address be told of ${words}.` },
        { kind: 'link', text: 'Yes, tell me', href: `${ctx.address}${subscriptionPath(token)}` },
        { kind: 'text', text: 'If you did not ask, you need do nothing: nothing else is sent.' },
      ],
    });
  });

/** @returns false when there is no such subscription, or it has ended. */
export const confirmSubscribing = (ctx: Context, token: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const one = await lockSubscription(inside, token);
    if (!one || one.endedAt) return false;
    if (!one.confirmedAt) await confirmSubscription(inside, one);
    return true;
  });

/** Ends it, and takes back what waits in the outbox for an address that now wants nothing of the list. @returns false when there is none such. */
export const unsubscribe = (ctx: Context, token: string): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const one = await lockSubscription(inside, token);
    if (!one) return false;
    await endSubscription(inside, one.id);
    if (!(await hasLive(inside, one.address, one.list))) await takeBack(inside, newsMail(one.list), one.address);
    return true;
  });
