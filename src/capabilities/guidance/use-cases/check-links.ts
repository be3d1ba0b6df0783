import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { addressesIn } from '#platform/documents/parse-markdown.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { type Tried, tryAddress } from '#platform/links/try-address.ts';
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

export const checkLinksJob: JobDefinition = {
  name: 'guidance.check-links',
  title: 'Try the links of the guidance',
  data: z.object({}),
  tries: 2,
  backOffSeconds: 600,
  limitSeconds: 3600,
  kind: 'stepwise',
  run: async (ctx, _data, job) => {
    const { tried, failing } = await checkLinks(ctx, tryAddress, (done, total) =>
      job.progress({ done, total, words: 'links' }),
    );
    return tried === 0 ? 'No page names an address outside.' : `Tried ${tried}; ${failing} did not answer.`;
  },
};
