import { z } from 'zod';
import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { addressesIn } from '#platform/documents/parse-markdown.ts';
import { enqueue } from '#platform/jobs/enqueue.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { type Tried, tryAddress } from '#platform/links/try-address.ts';
import { edit } from '../policy.ts';
import { listPages } from '../store/guide.ts';
import { keepLinkChecksOf, putLinkCheck } from '../store/link-checks.ts';

/**
 * Tries every address outside that the published guide names, one after the other.
 *
 * @returns how many fail.
 */
export const checkLinks = async (
  ctx: Context,
  tryOne: (address: string) => Promise<Tried> = tryAddress,
  progress: (done: number, total: number) => Promise<void> = async () => {},
): Promise<{ readonly tried: number; readonly failing: number }> => {
  const pages = (await listPages(ctx)).filter((page) => page.withdrawn === null);
  const addresses = [
    ...new Set(pages.flatMap((page) => addressesIn(page.current.body)).filter((one) => /^https?:/i.test(one))),
  ];
  let failing = 0;
  for (const [index, address] of addresses.entries()) {
    const answer = await tryOne(address);
    await putLinkCheck(ctx, { address, ...answer });
    if (answer.outcome !== 'answers') failing += 1;
    await progress(index + 1, addresses.length);
  }
  await keepLinkChecksOf(ctx, addresses);
  return { tried: addresses.length, failing };
};

export const checkLinksJob: JobDefinition<{ asked: boolean }> = {
  name: 'guidance.check-links',
  title: 'Try the links of the guidance',
  data: z.object({ asked: z.boolean().default(false) }),
  tries: 2,
  backOffSeconds: 600,
  limitSeconds: 3600,
  kind: 'stepwise',
  run: async (ctx, { asked }, job) => {
    if (ctx.storeKind === 'example' && !asked) return 'An example store asks nobody by itself.';
    const { tried, failing } = await checkLinks(ctx, tryAddress, (done, total) =>
      job.progress({ done, total, words: 'links' }),
    );
    return tried === 0 ? 'No page names an address outside.' : `Tried ${tried}; ${failing} did not answer.`;
  },
};

/** An editor wants to know now. Asked twice, it is done once. */
export const checkLinksSoon = (ctx: Context): Promise<void> => {
  demand(ctx.actor, edit);
  return ctx.transaction(async (inside) => {
    await enqueue(inside, checkLinksJob, { asked: true }, { key: 'asked' });
    await recordAct(inside, { name: 'guidance.links-tried' });
  });
};
