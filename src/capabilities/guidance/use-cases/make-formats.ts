import { createHash } from 'node:crypto';
import { z } from 'zod';
import { londonDay } from '#kernel/london-time.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Block, DocumentImage, DocumentToWrite } from '#platform/documents/document.ts';
import { markdownBlocks } from '#platform/documents/markdown-blocks.ts';
import { deleteKeptFile, keepFile, readKeptFile } from '#platform/files/kept-file.ts';
import { enqueue } from '#platform/jobs/enqueue.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { GuidePage } from '../domain/guide-page.ts';
import { guidePagePath, wholeGuidePath } from '../paths.ts';
import {
  addMadeFormat,
  dropMadeFormats,
  type MadeFormat,
  madeFormats,
  versionAttachments,
} from '../store/attachments.ts';
import { listPages } from '../store/guide.ts';
import { resolveIn } from './resolve-addresses.ts';

export { madeFormats } from '../store/attachments.ts';

/** Subject of the files that hold the whole guide. No page is called so: its address is taken. */
export const wholeGuide = 'whole';

const works = {
  pdf: { module: new URL('../../../platform/documents/write-pdf.ts', import.meta.url), name: 'writePdf' },
  docx: { module: new URL('../../../platform/documents/write-docx.ts', import.meta.url), name: 'writeDocx' },
} as const;

export const formatTypes: Readonly<Record<MadeFormat['format'], string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** Milliseconds for one file; the whole guide takes a hundredth of it. */
const writeMs = 60_000;

/** Raise it when the writers change how files look, so that all are made again. */
const writersEdition = 1;

const imagesOf = async (ctx: Context, page: GuidePage): Promise<Record<string, DocumentImage>> => {
  const images: Record<string, DocumentImage> = {};
  for (const one of await versionAttachments(ctx, page.id, page.current.number)) {
    if (one.kind !== 'image') continue;
    const file = await readKeptFile(ctx, one.revision.file);
    const { width = 600, height = 400 } = one.revision.facts;
    if (file)
      images[`file:${one.name}`] = {
        bytes: Uint8Array.from(file.bytes),
        type: one.revision.ending as DocumentImage['type'],
        width,
        height,
      };
  }
  return images;
};

const blocksOf = async (ctx: Context, page: GuidePage): Promise<readonly Block[]> => {
  const resolve = await resolveIn(ctx, page.id, page.current.body, page.current.number);
  // A picture is found by its own address among the document's images.
  return markdownBlocks(page.current.body, ctx.address, (address) =>
    address.startsWith('file:') && resolve(address)?.text === 'image' ? { href: address, text: '' } : resolve(address),
  );
};

const pageDocument = async (ctx: Context, page: GuidePage): Promise<DocumentToWrite> => ({
  title: page.current.title,
  summary: page.current.summary,
  publisher: ctx.name,
  address: `${ctx.address}${guidePagePath(page.id)}`,
  stand: `Version ${page.current.number}, ${londonDay(page.current.publishedAt)}`,
  date: page.current.publishedAt,
  contents: false,
  blocks: await blocksOf(ctx, page),
  images: await imagesOf(ctx, page),
});

const wholeDocument = async (ctx: Context, pages: readonly GuidePage[]): Promise<DocumentToWrite> => {
  const latest = new Date(Math.max(...pages.map((page) => page.current.publishedAt.getTime())));
  const parts: Block[] = [];
  const images: Record<string, DocumentImage> = {};
  for (const page of pages) {
    const heading: Block = { kind: 'heading', level: 2, content: [{ kind: 'text', text: page.current.title }] };
    const inner = (await blocksOf(ctx, page)).map(
      (one): Block => (one.kind === 'heading' ? { ...one, level: Math.min(4, one.level + 1) as 3 | 4 } : one),
    );
    parts.push(
      { kind: 'page-break' },
      heading,
      { kind: 'paragraph', content: [{ kind: 'text', text: page.current.summary }] },
      ...inner,
    );
    Object.assign(images, await imagesOf(ctx, page));
  }
  return {
    title: `Guidance: ${ctx.name}`,
    summary: 'The whole guide: what Higher Technical Qualifications are, how they are approved, and how to get ready.',
    publisher: ctx.name,
    address: `${ctx.address}${wholeGuidePath}`,
    stand: `As of ${londonDay(latest)}`,
    date: latest,
    contents: true,
    blocks: parts,
    images,
  };
};

const hashOf = (document: DocumentToWrite): string => {
  const hash = createHash('sha256').update(JSON.stringify([writersEdition, { ...document, images: {} }]));
  for (const [name, image] of Object.entries(document.images)) hash.update(name).update(image.bytes);
  return hash.digest('hex');
};

/** Makes the files of one subject that are missing or of an older state. @returns how many. */
const makeFor = async (ctx: Context, subject: string, document: DocumentToWrite): Promise<number> => {
  const sourceHash = hashOf(document);
  const there = await madeFormats(ctx, subject);
  let made = 0;
  for (const format of ['pdf', 'docx'] as const) {
    if (there.some((one) => one.format === format && one.sourceHash === sourceHash)) continue;
    const bytes = await ctx.workers.run<Uint8Array>(works[format], document, writeMs);
    await ctx.transaction(async (inside) => {
      for (const before of await dropMadeFormats(inside, subject, format)) await deleteKeptFile(inside, before);
      const file = await keepFile(inside, formatTypes[format], bytes);
      await addMadeFormat(inside, subject, { format, sourceHash, file });
      await recordAct(inside, {
        name: 'guidance.format-made',
        subject: { kind: 'guidance-page', id: subject },
        after: { format, bytes: bytes.length },
      });
    });
    made += 1;
  }
  return made;
};

/**
 * Makes PDF and Word of every page, and of the whole guide, where they are missing or what they say has changed. One that cannot
 * be made does not keep the others from it.
 *
 * @throws AggregateError of those that could not be made, once the others are.
 */
export const makeFormats = async (
  ctx: Context,
  progress: (done: number, total: number) => Promise<void>,
): Promise<number> => {
  const pages = (await listPages(ctx)).filter((page) => page.withdrawn === null);
  const subjects = [
    ...pages.map((page) => ({ id: page.id, document: () => pageDocument(ctx, page) })),
    ...(pages.length > 0 ? [{ id: wholeGuide, document: () => wholeDocument(ctx, pages) }] : []),
  ];
  let made = 0;
  const failures: unknown[] = [];
  for (const [index, { id, document }] of subjects.entries()) {
    try {
      made += await makeFor(ctx, id, await document());
    } catch (error) {
      failures.push(error);
    }
    await progress(index + 1, subjects.length);
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  return made;
};

export const makeFormatsJob: JobDefinition = {
  name: 'guidance.make-formats',
  title: 'Make PDF and Word of the guide',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 600,
  kind: 'stepwise',
  run: async (ctx, _data, job) => {
    const made = await makeFormats(ctx, (done, total) => job.progress({ done, total, words: 'pages' }));
    return made === 0 ? 'Every file is of the newest state.' : `Made ${made} files.`;
  },
};

/** Has the files of the whole guide made that are missing. */
export const makeFormatsSoon = (ctx: Context): Promise<void> => enqueue(ctx, makeFormatsJob, {}, { key: 'formats' });

/**
 * In the transaction of whatever changes what readers see of a page: what was made of the page and of the whole guide says
 * something else now, so it is gone until it is made anew.
 */
export const formatsChanged = async (ctx: Context, page: string): Promise<void> => {
  for (const subject of [page, wholeGuide])
    for (const file of await dropMadeFormats(ctx, subject)) await deleteKeptFile(ctx, file);
  await makeFormatsSoon(ctx);
};
