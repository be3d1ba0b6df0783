import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import type { Block, DocumentToWrite, Inline } from './document.ts';

/** Atkinson Hyperlegible, drawn by the Braille Institute so that letters are told apart; in four styles. */
const fontFolder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/atkinson-hyperlegible'));
const fontPaths = readdirSync(fontFolder, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map((one) => join(fontFolder, one.name));

/** A string of Typst: what stands in it is text and never markup. */
const quoted = (words: string): string =>
  `"${words.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '')}"`;

const inlinePart = (one: Inline): string => {
  switch (one.kind) {
    case 'text':
      return `#${quoted(one.text)};`;
    case 'code':
      return `#raw(${quoted(one.text)});`;
    case 'break':
      return '#linebreak();';
    case 'strong':
      return `#strong[${inline(one.content)}];`;
    case 'emphasis':
      return `#emph[${inline(one.content)}];`;
    case 'link':
      return `#link(${quoted(one.href)})[${inline(one.content)}];`;
  }
};

const inline = (content: readonly Inline[]): string => content.map(inlinePart).join('');

const imageName = (name: string, document: DocumentToWrite): string | null => {
  const image = document.images[name];
  return image ? `/images/${Object.keys(document.images).indexOf(name)}.${image.type}` : null;
};

const block = (one: Block, document: DocumentToWrite): string => {
  switch (one.kind) {
    case 'heading':
      return `#heading(level: ${one.level})[${inline(one.content)}]`;
    case 'paragraph':
      return `#par[${inline(one.content)}]`;
    case 'list':
      return `#${one.ordered ? 'enum' : 'list'}(${one.items.map((item) => `[${blocks(item, document)}]`).join(', ')})`;
    case 'callout':
      return `#block(inset: (left: 12pt, y: 4pt), stroke: (left: 4pt + rgb("#0b5a5e")), width: 100%)[${
        one.title ? `#strong[#${quoted(one.title)};]#parbreak()` : ''
      }${blocks(one.content, document)}]`;
    case 'table': {
      const columns = Math.max(one.header.length, ...one.rows.map((row) => row.length), 1);
      const cells = (row: readonly (readonly Inline[])[]) =>
        Array.from({ length: columns }, (_, index) => `[${inline(row[index] ?? [])}]`).join(', ');
      const table = `table(columns: (${'1fr, '.repeat(columns)}), align: left, inset: 6pt, stroke: (x, y) => (bottom: 0.5pt + rgb("#505a5f")), table.header(${cells(one.header.map((cell) => [{ kind: 'strong', content: cell }]))}), ${one.rows.map(cells).join(', ')})`;
      return one.caption
        ? `#figure(${table}, kind: table, supplement: none, numbering: none, caption: figure.caption(position: top)[#${quoted(one.caption)};])`
        : `#${table}`;
    }
    case 'code':
      return `#raw(${quoted(one.text)}, block: true)`;
    case 'figure': {
      const name = imageName(one.image, document);
      if (!name) return `#par[#${quoted(one.alt)};]`;
      const image = `image(${quoted(name)}, alt: ${quoted(one.alt || one.caption || document.title)}, width: auto)`;
      return one.caption
        ? `#figure(${image}, supplement: none, numbering: none, caption: [#${quoted(one.caption)};])`
        : `#${image}`;
    }
    case 'rule':
      return '#line(length: 100%, stroke: 0.5pt)';
    case 'page-break':
      return '#pagebreak(weak: true)';
  }
};

const blocks = (all: readonly Block[], document: DocumentToWrite): string =>
  all.map((one) => block(one, document)).join('\n\n');

const source = (document: DocumentToWrite): string => `
#set document(title: ${quoted(document.title)}, author: ${quoted(document.publisher)}, date: datetime(year: ${document.date.getUTCFullYear()}, month: ${document.date.getUTCMonth() + 1}, day: ${document.date.getUTCDate()}))
#set text(lang: "en", region: "gb", font: "Atkinson Hyperlegible", size: 11.5pt, hyphenate: false)
#set par(justify: false, leading: 0.75em, spacing: 1.3em)
#set page(paper: "a4", margin: (x: 2.2cm, top: 2.2cm, bottom: 2.4cm), footer: context [
  #set text(size: 9pt, fill: rgb("#505a5f"))
  #grid(columns: (1fr, auto), column-gutter: 12pt, [#${quoted(document.address)};#linebreak()#${quoted(document.stand)};], [#counter(page).display("1 of 1", both: true)])
])
#show heading: set block(above: 1.6em, below: 0.8em)
#show heading.where(level: 1): set text(size: 22pt)
#show heading.where(level: 2): set text(size: 16pt)
#show heading.where(level: 3): set text(size: 13pt)
#show link: set text(fill: rgb("#0b5a5e"))
#show link: underline
#heading(level: 1, outlined: false)[#${quoted(document.title)};]
${document.summary === '' ? '' : `#text(size: 13pt)[#${quoted(document.summary)};]`}

${document.contents ? '#heading(level: 2, outlined: false)[Contents]\n#outline(title: none, depth: 2)' : ''}

${blocks(document.blocks, document)}
`;

/**
 * Writes a tagged PDF (PDF/UA-1: structure, language, title, text alternatives) by Typst, which refuses to write one that
 * breaks what the standard demands and a machine can see. Runs on a worker: `pdfWork`.
 */
export const writePdf = (document: DocumentToWrite): Uint8Array => {
  const compiler = NodeCompiler.create({ workspace: fontFolder, fontArgs: [{ fontPaths }] });
  for (const name of Object.keys(document.images)) {
    const path = imageName(name, document);
    const image = document.images[name];
    if (path && image) compiler.mapShadow(join(fontFolder, path), Buffer.from(image.bytes));
  }
  try {
    return compiler.pdf({ mainFileContent: source(document) }, { pdfStandard: PdfStandard.UA_1 });
  } catch (error) {
    // Its errors have their words in `code` alone.
    throw new Error(`Typst could not write “${document.title}”: ${(error as { readonly code?: string }).code}`);
  } finally {
    // Typst keeps what it worked out for the next time; nothing of a document is wanted twice.
    compiler.evictCache(0);
  }
};
