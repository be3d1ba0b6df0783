import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import type { DocumentToWrite } from './document.ts';
import { markdownBlocks } from './markdown-blocks.ts';
import { linesAsMarkdown } from './pdf-lines.ts';
import { pdfFailings, readPdf } from './read-pdf.ts';
import { writeDocx } from './write-docx.ts';
import { writePdf } from './write-pdf.ts';

const markdown = `## First "part" #one

Some *words*, \`code\` and [a link](/here). $x$ @y \\ end

- one
- two

1. first
2. second

| Fund | Money |
|---|---|
| Growth | £18 million |

> [!IMPORTANT] Mind
> this.
>
> - point one
> - point two

![A red square](file:red "What red is")`;

const documentOf = async (): Promise<DocumentToWrite> => ({
  title: 'A "title" #1',
  summary: 'What it is.',
  publisher: 'HTQ Toolkit',
  address: 'http://localhost/guidance/x',
  stand: 'Version 1',
  date: new Date('2026-11-24T00:00:00Z'),
  contents: true,
  blocks: markdownBlocks(markdown, 'http://localhost', (address) =>
    address === 'file:red' ? { href: address, text: '' } : undefined,
  ),
  images: {
    'file:red': {
      bytes: await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
      type: 'png',
      width: 40,
      height: 20,
    },
  },
});

test('a PDF is tagged, has title and language, and PDF.js reads the same text, headings, lists and table from its tags', async () => {
  const read = await readPdf(writePdf(await documentOf()));
  assert.ok(read.kind === 'ok');
  const { facts, markdown: drawn } = read.value;
  assert.deepEqual(pdfFailings(facts), []);
  assert.equal(facts.title, 'A "title" #1');
  assert.equal(facts.language, 'en-GB');
  assert.match(drawn, /^## First "part" #one$/m);
  assert.match(drawn, /Some words, code and a link\. \$x\$ @y/);
  assert.match(drawn, /^- one\n- two$/m);
  assert.match(drawn, /^1\. first\n2\. second$/m);
  assert.match(drawn, /^\| Fund \| Money \|\n\|---\|---\|\n\| Growth \| £18 million \|$/m);
  assert.match(drawn, /\(Picture: A red square\)/);
});

test('a Word document has its language, headings, header row and text alternative', async () => {
  const parts = unzipSync(await writeDocx(await documentOf()));
  const body = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  assert.match(body, /w:pStyle w:val="Heading2"/);
  assert.match(body, /<w:tblHeader\/>/);
  assert.match(body, /descr="A red square"/);
  for (const words of ['Mind', 'point one', 'point two']) assert.ok(body.includes(words), words);
  assert.match(strFromU8(parts['word/styles.xml'] ?? new Uint8Array()), /<w:lang w:val="en-GB"/);
});

test('an untagged page is read by where its words stand', () => {
  const word = (text: string, x: number, y: number, size = 10) => ({
    text,
    x,
    y,
    size,
    width: text.length * size * 0.5,
  });
  assert.equal(
    linesAsMarkdown([
      word('A large heading', 50, 700, 18),
      word('Some words', 50, 660),
      word('that go on.', 50, 648),
      word('• an item', 50, 620),
      word('• another', 50, 608),
      word('Name', 50, 560),
      word('Sum', 300, 560),
      word('One', 50, 548),
      word('12', 300, 548),
    ]),
    '## A large heading\n\nSome words that go on.\n\n- an item\n- another\n\n| Name | Sum |\n|---|---|\n| One | 12 |',
  );
});

test('what is no PDF, or a broken one, is refused with the reason', async () => {
  const read = await readPdf(new TextEncoder().encode('%PDF-1.7 and then nothing'));
  assert.ok(read.kind === 'refused');
  assert.match(read.refusal, /damaged/);
});
