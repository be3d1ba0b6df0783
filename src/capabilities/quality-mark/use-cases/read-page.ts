import { Parser as HtmlParser } from 'htmlparser2';
import { Parser as XmlParser } from 'saxen';
import { ok, type Result, refused } from '#kernel/result.ts';
import { readPdf } from '#platform/documents/read-pdf.ts';
import { unpack } from '#platform/sheets/unpack.ts';
import type { PageBlock, PageImage, PageText } from '../domain/page-text.ts';

const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Elements of HTML that begin and end a block of text. */
const blockElements = new Set(
  'address article aside blockquote body caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table td th title tr ul br'.split(
    ' ',
  ),
);
const hiddenElements = new Set(['script', 'style', 'template', 'noscript', 'svg']);

const readHtml = (source: string): PageText => {
  const blocks: PageBlock[] = [];
  const images: PageImage[] = [];
  let text = '';
  let heading = 0;
  let hidden = 0;
  let number = 1;
  let start = 1;
  const end = (): void => {
    const line = squeezed(text);
    if (line !== '') blocks.push({ text: line, isHeading: heading > 0, place: `line ${start}` });
    text = '';
  };
  const lines = (upTo: number): number => {
    for (; counted < upTo; counted += 1) if (source[counted] === '\n') number += 1;
    return number;
  };
  let counted = 0;
  const isHeading = (name: string): boolean => /^(?:h[1-6]|title|legend|summary)$/.test(name);
  const parser = new HtmlParser({
    onopentag: (name, attributes) => {
      if (hiddenElements.has(name)) hidden += 1;
      if (blockElements.has(name)) end();
      if (isHeading(name)) heading += 1;
      if (name === 'img')
        images.push({
          after: blocks.length + (squeezed(text) === '' ? 0 : 1),
          src: attributes.src ?? '',
          alt: attributes.alt ?? null,
          place: `line ${lines(parser.startIndex)}`,
          bytes: dataBytes(attributes.src ?? ''),
        });
    },
    ontext: (part) => {
      if (hidden > 0) return;
      if (text.trim() === '') start = lines(parser.startIndex) + (part.match(/^\s*/)?.[0].split('\n').length ?? 1) - 1;
      text += part;
    },
    onclosetag: (name) => {
      if (blockElements.has(name)) end();
      if (isHeading(name)) heading = Math.max(0, heading - 1);
      if (hiddenElements.has(name)) hidden = Math.max(0, hidden - 1);
    },
  });
  parser.end(source);
  end();
  return { blocks, images };
};

/** A picture that stands in the address itself. */
const dataBytes = (src: string): Uint8Array | null => {
  const [, isBase64, data] = /^data:image\/[\w+.-]+(?:;[\w=-]+)*?(;base64)?,(.*)$/s.exec(src) ?? [];
  if (data === undefined) return null;
  try {
    return isBase64 ? Buffer.from(data, 'base64') : new TextEncoder().encode(decodeURIComponent(data));
  } catch {
    return null;
  }
};

/** A sentence, and so no heading. */
const isSentence = (text: string): boolean => /[.!;]$/.test(text) || /\b(?:is|are|was|were|may|has|have)\b/i.test(text);

/** Plain text and Markdown: its first line, unless that is a sentence, and lines that begin with #, are headings. */
const readText = (source: string): PageText => {
  const lines = source.split(/\r?\n/).map((text, at) => ({ text: squeezed(text), at }));
  const first = lines.find((one) => one.text !== '');
  return {
    blocks: lines
      .filter((one) => one.text !== '')
      .map((one) => ({
        text: one.text.replace(/^#+\s*/, ''),
        isHeading: (one === first && !isSentence(one.text)) || /^#{1,6}\s/.test(one.text),
        place: `line ${one.at + 1}`,
      })),
    images: [],
  };
};

/** A Word document's paragraphs and the pictures in it. */
const readDocx = (bytes: Uint8Array): Result<PageText, string> => {
  const unpacked = unpack(
    bytes,
    (name) =>
      name === 'word/document.xml' ||
      name === 'word/_rels/document.xml.rels' ||
      /^word\/media\/[^/]+\.(?:png|svg)$/i.test(name),
  );
  if (unpacked.kind === 'refused') return refused('The document is damaged, or unpacks to more than is read');
  const parts = new Map(unpacked.value);
  const document = parts.get('word/document.xml');
  if (!document) return refused('The document has no text');
  const targets = targetsIn(parts.get('word/_rels/document.xml.rels'));
  const blocks: PageBlock[] = [];
  const images: PageImage[] = [];
  let alt: string | null = null;
  let text = '';
  let style = '';
  let inText = false;
  let number = 0;
  const parser = new XmlParser();
  parser.on('openTag', (name, attributes, decode) => {
    if (name === 'w:p') {
      number += 1;
      text = '';
      style = '';
    }
    if (name === 'w:pStyle') style = attributes()['w:val'] ?? '';
    if (name === 'w:t') inText = true;
    // A picture's own text stands before the picture.
    if (name === 'wp:docPr') alt = decode(attributes().descr ?? '');
    if (name === 'a:blip') {
      const target = targets.get(attributes()['r:embed'] ?? '') ?? '';
      images.push({
        src: target.replace(/^.*\//, ''),
        alt,
        after: blocks.length,
        place: `paragraph ${number}`,
        bytes: parts.get(`word/${target}`) ?? null,
      });
    }
    if (name === 'w:tab' || name === 'w:br') text += ' ';
  });
  parser.on('text', (value, decode) => {
    if (inText) text += decode(value);
  });
  parser.on('closeTag', (name) => {
    if (name === 'w:t') inText = false;
    if (name === 'w:p' && squeezed(text) !== '')
      blocks.push({
        text: squeezed(text),
        isHeading: /^(?:heading|title|berschrift)/i.test(style),
        place: `paragraph ${number}`,
      });
  });
  let isDamaged = false;
  parser.on('error', () => {
    isDamaged = true;
  });
  parser.parse(new TextDecoder().decode(document));
  return isDamaged ? refused('The document is damaged') : ok({ blocks, images });
};

/** The files that a Word document's relationships name, by their ids (ECMA-376, part 2, 9.3). */
const targetsIn = (relationships: Uint8Array | undefined): ReadonlyMap<string, string> => {
  const targets = new Map<string, string>();
  const parser = new XmlParser();
  // Where they cannot be read, the pictures have no file, and are told apart by their texts.
  parser.on('error', () => {});
  parser.on('openTag', (name, attributes) => {
    const { Id, Target } = attributes();
    if (name === 'Relationship' && Id && Target) targets.set(Id, Target);
  });
  parser.parse(new TextDecoder().decode(relationships));
  return targets;
};

/** Characters of a pasted text, and of a file's text, that are checked. */
const longestPage = 500_000;

/** Pictures of one page: each may hold a credential, which is checked. */
const mostPictures = 300;

/** What a page says, whatever it was written in. Heavy work: run it on the pool. */
export const readPage = async (bytes: Uint8Array): Promise<Result<PageText, string>> => {
  const read = await readAny(bytes);
  return read.kind === 'ok' && read.value.images.length > mostPictures
    ? refused(`The page holds more than ${mostPictures} pictures`)
    : read;
};

const readAny = async (bytes: Uint8Array): Promise<Result<PageText, string>> => {
  if (bytes.length === 0) return refused('The file is empty');
  const head = Buffer.from(bytes.subarray(0, 5)).toString('latin1');
  if (head.startsWith('PK')) return readDocx(bytes);
  if (head === '%PDF-') {
    const pdf = await readPdf(bytes);
    if (pdf.kind === 'refused') return refused(pdf.refusal);
    return ok(readText(pdf.value.markdown.slice(0, longestPage)));
  }
  const source = new TextDecoder().decode(bytes);
  if (source.includes('\0')) return refused('The file is none of HTML, Word (DOCX), PDF or text');
  if (source.length > longestPage) return refused('The page is too long: give half a million characters at most');
  return ok(
    /<(?:!doctype|html|body|head|h[1-6]|p|div|section|article|main|img|li|td|span)\b/i.test(source)
      ? readHtml(source)
      : readText(source),
  );
};
