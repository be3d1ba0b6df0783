import { dayWords, londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { addressesIn, type Resolve, type Resolved } from '#platform/documents/parse-markdown.ts';
import { factWords, valueOn } from '../domain/fact.ts';
import { filePath, tablePath } from '../paths.ts';
import { newestAttachments, versionAttachments } from '../store/attachments.ts';
import { listFacts } from '../store/facts.ts';

/** `ref:check-rule/levels` */
const referenceIn = (address: string): { readonly kind: string; readonly id: string } | null => {
  const [, kind, id] = /^ref:([\w-]+)\/(.+)$/.exec(address) ?? [];
  return kind && id ? { kind, id } : null;
};

/**
 * What the own addresses of a page's text stand for.
 *
 * @param version whose files are meant; `null`: those that hang on the page now, for a draft.
 * @param at the time whose facts are told, as they were known then: an older version's; `null`: now.
 */
export const resolveIn = async (
  ctx: Context,
  page: string,
  body: string,
  version: number | null,
  at: Date | null = null,
): Promise<Resolve> => {
  const stands = new Map<string, Resolved>();
  const files = version === null ? await newestAttachments(ctx, page) : await versionAttachments(ctx, page, version);
  for (const file of files)
    stands.set(`file:${file.name}`, {
      href:
        file.kind === 'table'
          ? tablePath(page, file.name)
          : `${filePath(page, file.name)}?revision=${file.revision.number}`,
      text: file.kind === 'image' ? 'image' : file.revision.title,
    });
  const addresses = addressesIn(body);
  const day = londonDay(at ?? ctx.clock());
  const factIds = addresses.filter((one) => one.startsWith('fact:')).map((one) => one.slice('fact:'.length));
  for (const fact of await listFacts(ctx, factIds)) {
    const value = valueOn(fact, day, at);
    if (value) stands.set(`fact:${fact.id}`, { href: value.href, text: factWords(value, day, dayWords) });
  }
  for (const address of addresses) {
    const reference = referenceIn(address);
    const found = reference && (await ctx.references.find(ctx, reference));
    if (found) stands.set(address, { href: found.href, text: found.title });
  }
  return (address) => stands.get(address);
};
