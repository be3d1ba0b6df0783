import { dayWords } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { type Block, type DocumentToWrite, text } from '#platform/documents/document.ts';
import { notARecommendation } from '../domain/example.ts';

/** What such a document says of an example. */
export type ExampleWords = {
  readonly title: string;
  readonly summary: string;
  readonly steps: readonly string[];
  readonly facts: readonly { readonly name: string; readonly words: string }[];
  readonly status: string;
  /** Since when nobody has confirmed it; empty: somebody stands by it. */
  readonly stale: string;
  /** Addresses. */
  readonly links: readonly string[];
};

const paragraph = (words: string): Block => ({ kind: 'paragraph', content: [text(words)] });

const paragraphs = (words: string): readonly Block[] =>
  words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(paragraph);

const blocksOf = (one: ExampleWords): readonly Block[] => [
  { kind: 'heading', level: 2, content: [text(one.title)] },
  { kind: 'paragraph', content: [{ kind: 'emphasis', content: [text(one.status)] }] },
  ...(one.stale === ''
    ? []
    : [{ kind: 'paragraph' as const, content: [{ kind: 'strong' as const, content: [text(one.stale)] }] }]),
  ...paragraphs(one.summary),
  ...(one.steps.length > 0
    ? [{ kind: 'list' as const, ordered: true, items: one.steps.map((step) => [paragraph(step)]) }]
    : []),
  ...one.facts.map(
    (fact): Block => ({
      kind: 'paragraph',
      content: [{ kind: 'strong', content: [text(`${fact.name}: `)] }, text(fact.words)],
    }),
  ),
  ...one.links.map(
    (link): Block => ({ kind: 'paragraph', content: [{ kind: 'link', href: link, content: [text(link)] }] }),
  ),
];

const work = {
  module: new URL('../../../platform/documents/write-pdf.ts', import.meta.url),
  name: 'writePdf',
} as const;
const writeMs = 30_000;

/** Examples under one title as a PDF that assistive technology reads (PDF/UA-1): a theme, or a collection. */
export const examplesPdf = (
  ctx: Context,
  what: { readonly title: string; readonly words: string; readonly path: string },
  examples: readonly ExampleWords[],
): Promise<Uint8Array> => {
  const document: DocumentToWrite = {
    title: what.title,
    summary: notARecommendation,
    publisher: ctx.name,
    address: `${ctx.address}${what.path}`,
    stand: `As of ${dayWords(ctx.clock())}`,
    date: ctx.clock(),
    contents: false,
    blocks: [
      ...paragraphs(what.words),
      ...(examples.length > 0 ? examples.flatMap(blocksOf) : [paragraph('No example has been published here yet.')]),
    ],
    images: {},
  };
  return ctx.workers.run<Uint8Array>(work, document, writeMs);
};
