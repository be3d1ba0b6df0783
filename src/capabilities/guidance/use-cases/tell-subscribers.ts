import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { enqueue } from '#platform/jobs/enqueue.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { MailBlock } from '#platform/mail/mail.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { PageVersion } from '../domain/guide-page.ts';
import { covers, type Frequency, type PageChange, type Subscription } from '../domain/subscription.ts';
import { changesPath, guidePagePath, subscriptionPath, unsubscribePath } from '../paths.ts';
import { listPages, listUpdates, listVersions } from '../store/guide.ts';
import { deleteUnconfirmed, liveSubscriptions, noteTold, pagesFollowedBySection } from '../store/subscriptions.ts';
import { changedSections } from './changed-sections.ts';
import { updateMail } from './subscribe.ts';

/** Updates looked at: more than a week's, so that a digest that was late misses nothing. */
const lookedAt = 500;
const unconfirmedDays = 7;

const blocksOf = (ctx: Context, version: PageVersion): readonly MailBlock[] => [
  { kind: 'text', text: `${version.title}: ${version.changeNote ?? ''}` },
  { kind: 'link', text: 'Read the page', href: `${ctx.address}${guidePagePath(version.page)}` },
  ...(version.number > 1
    ? [
        {
          kind: 'link' as const,
          text: 'What changed, word by word',
          href: `${ctx.address}${changesPath(version.page, version.number - 1, version.number)}`,
        },
      ]
    : []),
];

/**
 * Tells everyone of a frequency what has changed since they confirmed: one message to an address, however many of its
 * subscriptions share a page, and never twice the same change. Each address has a transaction of its own, so that a
 * killed run goes on where it stopped.
 *
 * @returns how many messages were written.
 */
export const tellSubscribers = async (ctx: Context, frequency: Frequency): Promise<number> => {
  const changes = await changesOf(ctx, (await listUpdates(ctx, lookedAt)).toReversed());
  let written = 0;
  for await (const some of liveSubscriptions(ctx, frequency))
    for (const [address, subscriptions] of Map.groupBy(some, (one) => one.address)) {
      const wanted = changes.filter(({ version, change }) =>
        subscriptions.some(
          (one) => one.confirmedAt !== null && version.publishedAt > one.confirmedAt && covers(one.scope, change),
        ),
      );
      const told = wanted.map((one) => one.version);
      if (told.length > 0 && (await tellOne(ctx, address, subscriptions, told))) written += 1;
    }
  return written;
};

/** What each version changed. Sections are compared for those pages alone of which someone follows one. */
const changesOf = async (
  ctx: Context,
  updates: readonly PageVersion[],
): Promise<readonly { readonly version: PageVersion; readonly change: PageChange }[]> => {
  const pages = new Map((await listPages(ctx)).map((page) => [page.id, page]));
  const bySection = new Set(await pagesFollowedBySection(ctx));
  const bodies = new Map<string, string>();
  for (const page of bySection)
    for (const one of await listVersions(ctx, page)) bodies.set(`${page} ${one.number}`, one.body);
  return updates.map((version) => {
    const page = pages.get(version.page);
    return {
      version,
      change: {
        page: version.page,
        topic: page?.topic ?? '',
        routes: page?.routes ?? [],
        sections: bySection.has(version.page)
          ? changedSections(bodies.get(`${version.page} ${version.number - 1}`) ?? '', version.body)
          : new Set(),
      },
    };
  });
};

const tellOne = (
  ctx: Context,
  address: string,
  subscriptions: readonly Subscription[],
  wanted: readonly PageVersion[],
): Promise<boolean> =>
  ctx.transaction(async (inside) => {
    const fresh: PageVersion[] = [];
    for (const version of wanted)
      if (await noteTold(inside, address, version.page, version.number)) fresh.push(version);
    const [first] = subscriptions;
    // A digest is never empty.
    if (fresh.length === 0 || !first) return false;
    await sendMail(inside, {
      name: updateMail,
      to: { address, name: null },
      person: null,
      unsubscribe: `${ctx.address}${unsubscribePath(first.token)}`,
      subject: fresh.length === 1 ? `Changed: ${fresh[0]?.title}` : `${fresh.length} changes to the guidance`,
      body: [
        ...fresh.flatMap((version) => blocksOf(ctx, version)),
        {
          kind: 'link',
          text: 'Change what you are told, or end it',
          href: `${ctx.address}${subscriptionPath(first.token)}`,
        },
      ],
    });
    return true;
  });

const told = (count: number): string => (count === 0 ? 'Nobody had to be told.' : `Told ${count}.`);

const shared = { tries: 5, backOffSeconds: 30, limitSeconds: 900, kind: 'stepwise' as const };

export const tellAtOnceJob: JobDefinition = {
  ...shared,
  name: 'guidance.tell-at-once',
  title: 'Tell subscribers of a change',
  data: z.object({}),
  run: async (ctx: Context) => told(await tellSubscribers(ctx, 'at-once')),
};

export const tellDailyJob: JobDefinition = {
  ...shared,
  name: 'guidance.tell-daily',
  title: 'Tell daily subscribers what changed',
  data: z.object({}),
  run: async (ctx: Context) => {
    await deleteUnconfirmed(ctx, new Date(ctx.clock().getTime() - unconfirmedDays * 86_400_000));
    return told(await tellSubscribers(ctx, 'daily'));
  },
};

export const tellWeeklyJob: JobDefinition = {
  ...shared,
  name: 'guidance.tell-weekly',
  title: 'Tell weekly subscribers what changed',
  data: z.object({}),
  run: async (ctx: Context) => told(await tellSubscribers(ctx, 'weekly')),
};

/** In the transaction of a publication that readers are told of. */
export const tellSoon = (ctx: Context): Promise<void> => enqueue(ctx, tellAtOnceJob, {});
