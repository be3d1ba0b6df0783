import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ok, type Result, refused } from '#kernel/result.ts';
import { linesAsMarkdown, type PdfText } from './pdf-lines.ts';
import { type StructureNode, structureAsMarkdown } from './pdf-structure.ts';

/** What a PDF says of itself that decides whether everyone can read it. */
export type PdfFacts = {
  readonly pages: number;
  /** It holds its structure: headings, lists, tables (ISO 14289-1 demands it). */
  readonly tagged: boolean;
  /** `en-GB`; empty where it names none. */
  readonly language: string;
  readonly title: string;
  /** There are words in it, and not pictures of words. */
  readonly realText: boolean;
  /** Named in the file, so that whoever publishes it knows; empty: nobody. */
  readonly author: string;
};

export type ReadPdf = { readonly facts: PdfFacts; readonly markdown: string };

/** What stands in the way of assistive technology, each in words; empty: nothing that a machine can find. */
export const pdfFailings = (facts: PdfFacts): readonly string[] => [
  ...(facts.realText ? [] : ['its pages are pictures, with no text in them']),
  ...(facts.tagged ? [] : ['its headings, lists and tables are not marked as such']),
  ...(facts.language ? [] : ['it does not say which language it is in']),
  ...(facts.title ? [] : ['it has no title']),
];

/** Pages read of one file: the longest that the original guidance has is of two. */
const mostPages = 200;

const packageFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const folderAddress = (name: string): string => `${pathToFileURL(join(packageFolder, name)).href}/`;

type Item = {
  readonly type?: string;
  readonly id?: string;
  readonly str?: string;
  readonly transform?: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly hasEOL?: boolean;
};

/** Each marked piece's words by its id, and the page's lines with their places. */
const wordsOfPage = (items: readonly Item[]): { marked: Map<string, string>; texts: PdfText[] } => {
  const marked = new Map<string, string>();
  const open: string[] = [];
  const texts: PdfText[] = [];
  for (const item of items) {
    if (item.type === 'beginMarkedContentProps' || item.type === 'beginMarkedContent') open.push(item.id ?? '');
    else if (item.type === 'endMarkedContent') open.pop();
    else if (item.str !== undefined) {
      const id = open.findLast((one) => one !== '');
      if (id) marked.set(id, `${marked.get(id) ?? ''}${item.str}${item.hasEOL ? ' ' : ''}`);
      const [, , , , x = 0, y = 0] = item.transform ?? [];
      if (item.str.trim() !== '') texts.push({ text: item.str, x, y, width: item.width ?? 0, size: item.height ?? 0 });
    }
  }
  return { marked, texts };
};

/**
 * Examines a PDF and draws its headings, lists, tables and text out of it as Markdown: by its tags where it has them,
 * else by where the words stand and how large they are, which a person has to put right. Heavy work: run it on the pool.
 *
 * @returns refused, with the reason, for what is damaged, locked or too long.
 */
export const readPdf = async (bytes: Uint8Array): Promise<Result<ReadPdf, string>> => {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const loading = getDocument({
    data: Uint8Array.from(bytes),
    disableFontFace: true,
    useSystemFonts: false,
    cMapUrl: folderAddress('cmaps'),
    standardFontDataUrl: folderAddress('standard_fonts'),
    verbosity: 0,
  });
  try {
    const document = await loading.promise;
    if (document.numPages > mostPages)
      return refused(`The PDF has ${document.numPages} pages; at most ${mostPages} are read`);
    const { info } = (await document.getMetadata()) as { readonly info: Readonly<Record<string, unknown>> };
    const marking = (await document.getMarkInfo()) as ReadonlyMap<string, boolean> | null;
    const parts: string[] = [];
    let words = 0;
    let structured = false;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const content = await page.getTextContent({ includeMarkedContent: true });
      const { marked, texts } = wordsOfPage(content.items as readonly Item[]);
      words += texts.length;
      const tree = (await page.getStructTree()) as StructureNode | null;
      const fromTags = tree ? structureAsMarkdown(tree, marked) : '';
      structured ||= fromTags !== '';
      parts.push(fromTags === '' ? linesAsMarkdown(texts) : fromTags);
      page.cleanup();
    }
    const said = (key: string): string => (typeof info[key] === 'string' ? info[key].trim() : '');
    const facts: PdfFacts = {
      pages: document.numPages,
      tagged: structured && marking?.get('Marked') === true,
      language: said('Language'),
      title: said('Title'),
      realText: words > 0,
      author: said('Author'),
    };
    return ok({ facts, markdown: parts.filter(Boolean).join('\n\n') });
  } catch (error) {
    const name = (error as { readonly name?: string }).name;
    return refused(
      name === 'PasswordException'
        ? 'The PDF is locked by a password. Save it without one'
        : 'The PDF is damaged and cannot be read',
    );
  } finally {
    await loading.destroy();
  }
};
