import { z } from 'zod';
import type { Context } from '../context.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { MailBlock } from '../mail/mail.ts';
import { sendMail } from '../mail/outbox.ts';
import { deleteUnconfirmed, liveSubscriptions, noteTold } from './keep-subscriptions.ts';
import { newsMail } from './subscribe.ts';
import { type Frequency, type Subscription, subscriptionPath, unsubscribePath } from './subscription.ts';

/** One thing that subscribers of a list may want to hear of. */
export type News = {
  /** Never told twice to one address: `funding@3`. */
  readonly id: string;
  readonly at: Date;
  /** Of a message that has nothing else. */
  readonly subject: string;
  readonly blocks: readonly MailBlock[];
  /** Whether it belongs to what a subscription is to. */
  readonly isOf: (scope: string) => boolean;
};

/** A capability's list: what its subscribers are told. */
export type NewsList = {
  readonly list: string;
  /** News of the last weeks, the oldest first: more than a week's, so that a digest that was late misses nothing. */
  readonly news: (ctx: Context) => Promise<readonly News[]>;
  /** Subject of a message that tells of several things. */
  readonly several: (count: number) => string;
};

/** Days for which an address that did not confirm is kept. */
const unconfirmedDays = 7;

/**
 * Tells everyone of a frequency what is new since they confirmed: one message to an address, however many of its
 * subscriptions share a thing, and never twice the same. Each address has a transaction of its own, so that a killed run
 * goes on where it stopped.
 *
 * @returns how many messages were written.
 */
export const tellNews = async (ctx: Context, list: NewsList, frequency: Frequency): Promise<number> => {
  const news = await list.news(ctx);
  let written = 0;
  for await (const some of liveSubscriptions(ctx, list.list, frequency))
    for (const subscriptions of Map.groupBy(some, (one) => one.address).values()) {
      const wanted = news.filter((one) =>
        subscriptions.some(({ confirmedAt, scope }) => confirmedAt !== null && one.at > confirmedAt && one.isOf(scope)),
      );
      if (wanted.length > 0 && (await tellOne(ctx, list, subscriptions, wanted))) written += 1;
    }
  return written;
};

const tellOne = (
  ctx: Context,
  { list, several }: NewsList,
  subscriptions: readonly Subscription[],
  wanted: readonly News[],
): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const [first] = subscriptions;
    if (!first) return false;
    const fresh: News[] = [];
    for (const news of wanted) if (await noteTold(inside, first.address, list, news.id)) fresh.push(news);
    const [one] = fresh;
    // A digest is never empty.
    if (!one) return false;
    await sendMail(inside, {
      name: newsMail(list),
      to: { address: first.address, name: null },
      person: null,
      unsubscribe: `${ctx.address}${unsubscribePath(first.token)}`,
      subject: fresh.length === 1 ? one.subject : several(fresh.length),
      body: [
        ...fresh.flatMap(({ blocks }) => blocks),
        {
          kind: 'link',
          text: 'Change what you are told, or end it',
          href: `${ctx.address}${subscriptionPath(first.token)}`,
        },
      ],
    });
    return true;
  });

const titles: Readonly<Record<Frequency, string>> = {
  'at-once': 'Tell subscribers what is new',
  daily: 'Tell daily subscribers what is new',
  weekly: 'Tell weekly subscribers what is new',
};

/** The job that tells a list's subscribers of one frequency. A second run tells nobody twice. */
export const tellNewsJob = (list: NewsList, frequency: Frequency): JobDefinition => ({
  name: `${list.list}.tell-${frequency}`,
  title: `${titles[frequency]}: ${list.list}`,
  data: z.object({}),
  tries: 5,
  backOffSeconds: 30,
  limitSeconds: 900,
  kind: 'stepwise',
  run: async (ctx) => {
    if (frequency === 'daily')
      await deleteUnconfirmed(ctx, new Date(ctx.clock().getTime() - unconfirmedDays * 86_400_000));
    const count = await tellNews(ctx, list, frequency);
    return count === 0 ? 'Nobody had to be told.' : `Told ${count}.`;
  },
});
