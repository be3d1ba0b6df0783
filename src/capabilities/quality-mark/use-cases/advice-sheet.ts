import type { Context } from '#platform/context.ts';
import { type DocumentToWrite, text } from '#platform/documents/document.ts';
import { adviceOf } from '../domain/guidance.ts';
import { guidancePath } from '../paths.ts';
import { artworkNow } from './artwork.ts';
import { rulesToday, today } from './rules.ts';

const work = {
  module: new URL('../../../platform/documents/write-pdf.ts', import.meta.url),
  name: 'writePdf',
} as const;
const writeMs = 30_000;

/** Do and don't as a PDF that assistive technology reads, made of the same rules as the page. */
export const adviceSheet = async (ctx: Context): Promise<Uint8Array> => {
  const rules = rulesToday(ctx);
  const artwork = await artworkNow(ctx);
  const document: DocumentToWrite = {
    title: 'The quality mark: do and don’t',
    summary: artwork.isPlaceholder
      ? 'Colours, clear space and sizes are those of a placeholder: the official guideline has not been loaded on this site.'
      : `After ${artwork.guideline.name}.`,
    publisher: ctx.name,
    address: `${ctx.address}${guidancePath}`,
    stand: `As of ${today(ctx)}`,
    date: ctx.clock(),
    contents: false,
    blocks: [
      {
        kind: 'table',
        caption: 'Do and don’t',
        header: [[text('Do')], [text('Don’t')], [text('Why')]],
        rows: adviceOf(rules, artwork.guideline).map((one) => [[text(one.do)], [text(one.dont)], [text(one.why)]]),
      },
      {
        kind: 'paragraph',
        content: [text(`Rules: ${rules.title.source}. Sizes and colours: ${artwork.guideline.source}`)],
      },
    ],
    images: {},
  };
  return ctx.workers.run<Uint8Array>(work, document, writeMs);
};
