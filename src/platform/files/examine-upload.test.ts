import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import sharp from 'sharp';
import { examineUpload } from './examine-upload.ts';

const refusal = async (name: string, bytes: Uint8Array | string): Promise<string> => {
  const answer = await examineUpload({ name, bytes: typeof bytes === 'string' ? strToU8(bytes) : bytes });
  assert.ok(answer.kind === 'refused', `${name} was taken`);
  return answer.refusal;
};
const square = () => sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } });
const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`;

test('a picture is decoded, turned upright and rid of what told of place and camera', async () => {
  const taken = await square()
    .jpeg()
    .withExif({ IFD0: { Make: 'A camera' }, IFD3: { GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  assert.ok((await sharp(taken).metadata()).exif);
  const answer = await examineUpload({ name: 'photo.jpeg', bytes: taken });
  assert.ok(answer.kind === 'ok');
  assert.deepEqual(answer.value.facts, { width: 20, height: 40 });
  assert.equal((await sharp(answer.value.bytes).metadata()).exif, undefined);
});

test('a file is what is in it, whatever it is called', async () => {
  const zip = zipSync({ 'a.txt': strToU8('hello') });
  assert.match(await refusal('picture.png', zip), /called \.png, and what is in it is a file of the kind \.zip/);
  assert.match(await refusal('picture.zip', zip), /none of PNG/);
  assert.match(
    await refusal('a.jpg', await square().png().toBuffer()),
    /called \.jpg, and what is in it is a PNG picture/,
  );
  assert.match(await refusal('a.exe', Uint8Array.from([0x4d, 0x5a, 0, 0, 1, 2, 3])), /none of/);
  assert.match(await refusal('a.html', '<!doctype html><p>x'), /none of/);
  assert.match(await refusal('a.png', ''), /empty/);
  assert.match(await refusal('a.png', (await square().png().toBuffer()).subarray(0, 60)), /damaged/);
  assert.match(await refusal('a.pdf', '%PDF-1.7 nothing'), /damaged/);
});

test('a picture of too many pixels is refused before it is unfolded', async () => {
  const huge = await sharp({ create: { width: 6000, height: 6000, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  assert.match(await refusal('huge.png', huge), /more than 20 million pixels/);
});

test('an SVG only draws', async () => {
  for (const [inner, reason] of [
    ['<script>alert(1)</script>', /holds <script>/],
    ['<rect onload="x()"/>', /the attribute onload/],
    ['<foreignObject><p/></foreignObject>', /holds <foreignObject>/],
    ['<image href="http://evil.example/x.png"/>', /links to something outside/],
    ['<a href="javascript:x"><rect/></a>', /holds <a>/],
    ['<style>@import url(http://evil.example)</style>', /styles fetch something/],
    ['<style><![CDATA[@import "http://evil.example";]]></style>', /styles fetch something/],
    ['<style>@im&#112;ort "http://evil.example";</style>', /styles fetch something/],
    ['<style>rect { fill: u\\72l(http://evil.example) }</style>', /styles fetch something/],
    ['<rect fill="u&#114;l(http://evil.example#a)"/>', /links to something outside/],
    [
      '<image xmlns:y="http://www.w3.org/1999/xlink" y:href="http://evil.example/x.png"/>',
      /links to something outside/,
    ],
    ['<y:iframe xmlns:y="http://www.w3.org/1999/xhtml" src="http://evil.example"/>', /holds <iframe>/],
    ['<y:set xmlns:y="http://www.w3.org/2000/svg" attributeName="x" to="1"/>', /holds <set>/],
    ['<rect', /not well-formed/],
  ] as const)
    assert.match(await refusal('a.svg', svg(inner)), reason);
  assert.match(await refusal('a.svg', `<!DOCTYPE svg [<!ENTITY x "y">]>${svg('&x;')}`), /none of|document type/);
  const drawn = await examineUpload({ name: 'a.svg', bytes: strToU8(svg('<rect width="5" height="5" fill="red"/>')) });
  assert.ok(drawn.kind === 'ok' && drawn.value.type === 'image/svg+xml');
});

test('an office document loses the names of its makers, and one with macros is refused', async () => {
  const docx = (more: Record<string, Uint8Array> = {}) =>
    zipSync({
      '[Content_Types].xml': strToU8(
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ),
      'word/document.xml': strToU8('<w:document/>'),
      'docProps/core.xml': strToU8(
        '<cp:coreProperties><dc:creator>A Person</dc:creator><dc:title>T</dc:title></cp:coreProperties>',
      ),
      ...more,
    });
  const answer = await examineUpload({ name: 'a.docx', bytes: docx() });
  assert.ok(answer.kind === 'ok', JSON.stringify(answer));
  const core = strFromU8(unzipSync(answer.value.bytes)['docProps/core.xml'] ?? new Uint8Array());
  assert.doesNotMatch(core, /A Person/);
  assert.match(core, /<dc:title>T</);
  const damaged = docx({ 'word/long.xml': strToU8('<w:p/>'.repeat(5000)) });
  damaged.fill(0xff, damaged.length >> 1, (damaged.length >> 1) + 40);
  assert.match(await refusal('a.docx', damaged), /damaged/);
  assert.match(await refusal('a.docx', docx({ 'word/vbaProject.bin': strToU8('x') })), /macros/);
});

test('a table names its columns, each once, and has rows', async () => {
  assert.match(await refusal('a.csv', 'A,A\n1,2\n'), /Two columns of the table are called “A”/);
  assert.match(await refusal('a.csv', 'A,\n1,2\n'), /Column 2 of the table has no name/);
  assert.match(await refusal('a.csv', 'A,B\n'), /no rows/);
  const answer = await examineUpload({ name: 'a.csv', bytes: strToU8('A,B\n1,2\n3,4\n') });
  assert.ok(answer.kind === 'ok');
  assert.deepEqual(answer.value.facts, { rows: 2 });
});
