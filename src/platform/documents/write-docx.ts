import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableOfContents,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block, DocumentToWrite, Inline } from './document.ts';

type Style = { readonly bold?: boolean; readonly italics?: boolean; readonly style?: string };

const runs = (content: readonly Inline[], style: Style = {}): ParagraphChild[] =>
  content.flatMap((one) => runsOf(one, style));

const runsOf = (one: Inline, style: Style): ParagraphChild[] => {
  switch (one.kind) {
    case 'text':
      return [new TextRun({ text: one.text, ...style })];
    case 'code':
      return [new TextRun({ text: one.text, font: 'Courier New', ...style })];
    case 'break':
      return [new TextRun({ break: 1 })];
    case 'strong':
      return runs(one.content, { ...style, bold: true });
    case 'emphasis':
      return runs(one.content, { ...style, italics: true });
    case 'link':
      return [new ExternalHyperlink({ link: one.href, children: runs(one.content, { ...style, style: 'Hyperlink' }) })];
  }
};

const headings = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4];

/** Points of a page's text width at A4 with the margins below. */
const textWidth = 470;

type Place = { readonly list?: { readonly ordered: boolean; readonly level: number; readonly instance: number } };

/** Numbered lists begin anew: each is an instance of its own. */
type Counter = { lists: number };

const write = (
  all: readonly Block[],
  document: DocumentToWrite,
  counter: Counter,
  place: Place = {},
): (Paragraph | Table)[] => all.flatMap((one, index) => writeBlock(one, index, document, counter, place));

const writeBlock = (
  one: Block,
  index: number,
  document: DocumentToWrite,
  counter: Counter,
  place: Place,
): (Paragraph | Table)[] => {
  // Of a list's item the first block carries the mark, what follows stands below it.
  const marked = index === 0 ? place.list : undefined;
  const listed = marked
    ? { numbering: { reference: marked.ordered ? 'numbers' : 'bullets', ...marked } }
    : place.list
      ? { indent: { left: 360 * (place.list.level + 1) } }
      : {};
  switch (one.kind) {
    case 'heading':
      return [
        new Paragraph({ heading: headings[one.level - 1] ?? HeadingLevel.HEADING_4, children: runs(one.content) }),
      ];
    case 'paragraph':
      return [new Paragraph({ children: runs(one.content), ...listed })];
    case 'list': {
      counter.lists += 1;
      const list = { ordered: one.ordered, level: place.list ? place.list.level + 1 : 0, instance: counter.lists };
      return one.items.flatMap((item) => write(item, document, counter, { list }));
    }
    case 'callout':
      return [
        ...(one.title
          ? [new Paragraph({ style: 'Callout', children: [new TextRun({ text: one.title, bold: true })] })]
          : []),
        ...one.content.flatMap((inner) =>
          inner.kind === 'paragraph'
            ? new Paragraph({ style: 'Callout', children: runs(inner.content) })
            : write([inner], document, counter),
        ),
      ];
    case 'table': {
      const columns = Math.max(one.header.length, ...one.rows.map((row) => row.length), 1);
      const row = (cells: readonly (readonly Inline[])[], head: boolean) =>
        new TableRow({
          tableHeader: head,
          cantSplit: true,
          children: Array.from(
            { length: columns },
            (_, at) =>
              new TableCell({
                margins: { top: 60, bottom: 60, left: 80, right: 80 },
                children: [new Paragraph({ children: runs(cells[at] ?? [], head ? { bold: true } : {}) })],
              }),
          ),
        });
      return [
        ...(one.caption
          ? [new Paragraph({ keepNext: true, children: [new TextRun({ text: one.caption, bold: true })] })]
          : []),
        new Table({
          width: { size: 100, type: WidthType.PERCENTAGE },
          rows: [row(one.header, true), ...one.rows.map((cells) => row(cells, false))],
        }),
        new Paragraph({}),
      ];
    }
    case 'code':
      return one.text
        .split('\n')
        .map((line) => new Paragraph({ children: [new TextRun({ text: line, font: 'Courier New' })] }));
    case 'figure': {
      const image = document.images[one.image];
      if (!image || (image.type !== 'png' && image.type !== 'jpg' && image.type !== 'gif'))
        return [new Paragraph({ children: [new TextRun(one.alt)] })];
      const width = Math.min(image.width, textWidth);
      const altText = { title: one.caption ?? one.alt, description: one.alt, name: one.alt };
      const transformation = { width, height: Math.round((image.height * width) / image.width) };
      return [
        new Paragraph({
          children: [new ImageRun({ type: image.type, data: Buffer.from(image.bytes), transformation, altText })],
        }),
        ...(one.caption ? [new Paragraph({ children: [new TextRun({ text: one.caption, italics: true })] })] : []),
      ];
    }
    case 'rule':
      return [new Paragraph({ border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: '505A5F' } } })];
    case 'page-break':
      return [new Paragraph({ children: [new PageBreak()] })];
  }
};

const level = (at: number, ordered: boolean) => ({
  level: at,
  format: ordered ? LevelFormat.DECIMAL : LevelFormat.BULLET,
  text: ordered ? `%${at + 1}.` : '•',
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 360 * (at + 1), hanging: 360 } } },
});

/** Lists stand in one another at most so deep. */
const listLevels = [0, 1, 2, 3];

/** Writes an Office Open XML document with its language, heading styles, header rows and text alternatives. */
export const writeDocx = async (document: DocumentToWrite): Promise<Uint8Array> => {
  const font = 'Arial';
  const grey = '505A5F';
  const heading = (size: number) => ({
    run: { font, size, bold: true, color: '000000' },
    paragraph: { spacing: { before: 280, after: 140 }, keepNext: true },
  });
  const written = new Document({
    title: document.title,
    description: document.summary,
    creator: document.publisher,
    lastModifiedBy: document.publisher,
    styles: {
      default: {
        document: {
          run: { font, size: 23, language: { value: 'en-GB' } },
          paragraph: { spacing: { after: 160, line: 300 } },
        },
        title: { run: { font, size: 44, bold: true } },
        heading1: heading(40),
        heading2: heading(30),
        heading3: heading(26),
        heading4: heading(24),
        hyperlink: { run: { color: '0B5A5E', underline: {} } },
      },
      paragraphStyles: [
        {
          id: 'Callout',
          name: 'Callout',
          basedOn: 'Normal',
          paragraph: {
            indent: { left: 240 },
            border: { left: { style: BorderStyle.SINGLE, size: 24, space: 8, color: '0B5A5E' } },
          },
        },
      ],
    },
    numbering: {
      config: [
        { reference: 'bullets', levels: listLevels.map((at) => level(at, false)) },
        { reference: 'numbers', levels: listLevels.map((at) => level(at, true)) },
      ],
    },
    sections: [
      {
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                children: [
                  new TextRun({ text: `${document.address}. ${document.stand}. Page `, size: 18, color: grey }),
                  new TextRun({
                    children: [PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
                    size: 18,
                    color: grey,
                  }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(document.title)] }),
          ...(document.summary === '' ? [] : [new Paragraph({ children: [new TextRun(document.summary)] })]),
          ...(document.contents
            ? [new TableOfContents('Contents', { hyperlink: true, headingStyleRange: '2-2' })]
            : []),
          ...write(document.blocks, document, { lists: 0 }),
        ],
      },
    ],
  });
  return Packer.toBuffer(written);
};
