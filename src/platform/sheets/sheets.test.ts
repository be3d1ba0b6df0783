import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { writeOds as otherOds } from 'hucre/ods';
import { readXlsx as otherReader } from 'hucre/xlsx';
import { asMeant, neutralised } from './csv-formula.ts';
import { readSheets } from './read-sheets.ts';
import { type Cell, columnLetters, columnNumber, placeWords } from './sheet.ts';
import type { BookToWrite, SheetToWrite } from './sheet-to-write.ts';
import { writeCsv } from './write-csv.ts';
import { writeOds } from './write-ods.ts';
import { writeXlsx } from './write-xlsx.ts';

const sheet = (name: string, rows: readonly (readonly Cell[])[], more: Partial<SheetToWrite> = {}): SheetToWrite => ({
  name,
  rows,
  looks: [],
  columns: [{ width: 12 }, { width: 40, asText: true }, { width: 10 }],
  frozen: { rows: 1, columns: 1 },
  choices: [],
  readyRows: 0,
  ...more,
});
const book = (...sheets: readonly SheetToWrite[]): BookToWrite => ({ title: 'A book', sheets });

const awkward: readonly (readonly Cell[])[] = [
  ['Code', 'Words', 'Number'],
  ['001', 'plain', 15],
  ['=1+1', '+44', -3],
  ["'=1+1", "''@x", 0.1],
  [],
  ['  two  blanks  ', 'line one\nline two\n\nline four', null],
  ['a\tb', '<b>&amp;"quoted"</b> _x0041_ ]]>', true],
  ['é ü — “ ” 漢字 🎓', 'K1, K2; K3', null],
];

const trimmed = (rows: readonly (readonly Cell[])[]) =>
  rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== null) + 1));

const read = async (bytes: Uint8Array) => {
  const answer = await readSheets('file', bytes);
  assert.equal(answer.kind, 'ok', JSON.stringify(answer));
  return answer.kind === 'ok' ? answer.value : assert.fail();
};
const refusal = async (bytes: Uint8Array) => {
  const answer = await readSheets('file', bytes);
  return answer.kind === 'refused' ? answer.refusal : assert.fail('it was read');
};

describe('what is written comes back', () => {
  for (const [format, write] of [
    ['xlsx', writeXlsx],
    ['ods', writeOds],
  ] as const)
    it(format, async () => {
      const bytes = await write(book(sheet('First & "only"', awkward), sheet('Lists', [['x']], { hidden: true })));
      const file = await read(bytes);
      assert.equal(file.format, format);
      assert.deepEqual(
        file.sheets.map(({ name }) => name),
        ['First & "only"', 'Lists'],
      );
      assert.deepEqual(
        trimmed(file.sheets[0]?.rows ?? []),
        awkward.map((row) => [...(trimmed([row])[0] ?? [])]),
      );
    });

  it('csv, where everything is text', async () => {
    const file = await read(writeCsv(awkward));
    assert.equal(file.format, 'csv');
    assert.deepEqual(
      trimmed(file.sheets[0]?.rows ?? []),
      trimmed(awkward).map((row) => row.map((cell) => (cell === true ? 'TRUE' : cell === null ? null : String(cell)))),
    );
  });

  it('in the eyes of another reader of XLSX', async () => {
    const other = await otherReader(
      await writeXlsx(
        book(
          sheet('One', [
            ['a', 1],
            ['=b', true],
          ]),
        ),
      ),
    );
    assert.deepEqual(
      other.sheets[0]?.rows.slice(0, 2).map((row) => row.slice(0, 2)),
      [
        ['a', 1],
        ['=b', true],
      ],
    );
  });

  it('from another writer of ODS', async () => {
    const file = await read(
      await otherOds({ sheets: [{ name: 'One', rows: [['a', null, 3], [], ['b', new Date('2026-11-23')]] }] }),
    );
    assert.deepEqual(file.sheets, [{ name: 'One', rows: [['a', null, 3], [], ['b', '2026-11-23']] }]);
  });
});

describe('formulas in a CSV', () => {
  it('are neutralised, and never twice the same', () => {
    for (const text of ['=1+1', '+1', '-1', '@a', '\tx', '\rx', '＝1', "'=1", "''=1", "'", "it's", '', 'x=1', ' =1']) {
      const written = neutralised(text);
      assert.doesNotMatch(written, /^[=+\-@\t\r＝＋－＠]/);
      assert.equal(asMeant(written), text);
    }
  });

  it('cannot hide behind another delimiter', () => {
    const text = new TextDecoder().decode(writeCsv([['a;=cmd()', 1]]));
    assert.equal(text, '"a;=cmd()",1\r\n');
  });
});

describe('CSV of other makers', () => {
  const rows = async (bytes: Uint8Array) => (await read(bytes)).sheets[0]?.rows;
  it('with semicolons, commas inside', async () => {
    assert.deepEqual(await rows(strToU8('code;words;n\nA;"K1, K2";1\nB;x, y;2\n')), [
      ['code', 'words', 'n'],
      ['A', 'K1, K2', '1'],
      ['B', 'x, y', '2'],
    ]);
  });
  it('in Windows-1252', async () => {
    assert.deepEqual(await rows(Uint8Array.from([0x63, 0x61, 0x66, 0xe9, 0x2c, 0x93, 0x94])), [['café', '“”']]);
  });
  it('in UTF-16 with tabs, as Excel saves Unicode text', async () => {
    const text = Buffer.from('\ufeffa\tb\r\nç\td\r\n', 'utf16le');
    assert.deepEqual(await rows(text), [
      ['a', 'b'],
      ['ç', 'd'],
    ]);
  });
  it('with a sep= line, which counts as a row; ragged; blank rows kept', async () => {
    assert.deepEqual(await rows(strToU8('sep=;\r\na;b\r\n\r\nc\r\n')), [[], ['a', 'b'], [null], ['c']]);
  });
  it('with a quotation mark left open: the line is told', async () => {
    const problem = await refusal(strToU8('a,b\nc,"d\n'));
    assert.equal(problem.kind, 'damaged');
    assert.match(problem.message, /line \d.*never closed/);
  });
});

describe('what is no workbook', () => {
  it('nothing, blanks, a web page, a PDF, noise', async () => {
    assert.match((await refusal(new Uint8Array())).message, /is empty/);
    assert.match((await refusal(strToU8(' \n '))).message, /nothing in it/);
    assert.match((await refusal(strToU8('<!DOCTYPE html><html>'))).message, /web page/);
    assert.match((await refusal(strToU8('%PDF-1.7'))).message, /PDF/);
    assert.match((await refusal(Uint8Array.from([1, 0, 2]))).message, /neither a workbook/);
  });
  it('another zip', async () => {
    assert.equal((await refusal(zipSync({ 'a.txt': strToU8('a') }))).kind, 'not-a-workbook');
  });
  it('a workbook under a password', async () => {
    const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    const xlsx = Buffer.concat([Buffer.from(ole), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]);
    assert.equal((await refusal(xlsx)).kind, 'encrypted');
    assert.equal((await refusal(Buffer.concat([Buffer.from(ole), Buffer.alloc(600)]))).kind, 'old-format');
    const manifest = '<manifest:manifest><manifest:encryption-data/></manifest:manifest>';
    const ods = zipSync({
      mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
      'META-INF/manifest.xml': strToU8(manifest),
    });
    assert.equal((await refusal(ods)).kind, 'encrypted');
  });
  it('one that is cut off, and one with a broken part', async () => {
    const whole = await writeXlsx(book(sheet('One', awkward)));
    assert.equal((await refusal(whole.subarray(0, whole.length - 200))).kind, 'damaged');
    const parts = unzipSync(writeOds(book(sheet('One', awkward))));
    const broken = zipSync({ ...parts, 'content.xml': strToU8('<office:document-content><office:body>') });
    assert.equal((await refusal(broken)).kind, 'damaged');
  });
});

describe('what would fill the memory', () => {
  it('a zip bomb is refused from its directory alone', async () => {
    const bomb = zipSync({
      'xl/workbook.xml': strToU8('<x/>'),
      'xl/worksheets/sheet1.xml': new Uint8Array(80_000_000),
    });
    assert.ok(bomb.length < 200_000);
    const problem = await refusal(bomb);
    assert.equal(problem.kind, 'too-large');
    assert.match(problem.message, /81 MB/);
  });
  it('a zip whose directory lies about a size', async () => {
    const bytes = zipSync({
      'xl/workbook.xml': strToU8('<x/>'),
      'xl/worksheets/sheet1.xml': new Uint8Array(10_000_000),
    });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 4 < bytes.length; at += 1)
      if (view.getUint32(at, true) === 10_000_000) view.setUint32(at, 10, true);
    assert.equal((await refusal(bytes)).kind, 'damaged');
  });
  it('two cells in opposite corners', async () => {
    const parts = unzipSync(await writeXlsx(book(sheet('One', [['a']]))));
    const path = 'xl/worksheets/sheet1.xml';
    const xml = new TextDecoder().decode(parts[path]).replace('r="A1"', 'r="XFD1048576"');
    assert.equal((await refusal(zipSync({ ...parts, [path]: strToU8(xml) }))).kind, 'too-large');
  });
  it('blanks and values repeated to the end of an ODS', async () => {
    const parts = unzipSync(writeOds(book(sheet('One', [['a']]))));
    const content = new TextDecoder().decode(parts['content.xml']);
    const blank =
      '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:style-name="plain" table:number-columns-repeated="16384"/></table:table-row></table:table>';
    const blanks = await read(zipSync({ ...parts, 'content.xml': strToU8(content.replace('</table:table>', blank)) }));
    assert.deepEqual(blanks.sheets[0]?.rows, [['a']]);
    const full = blank.replace('/></table:table-row>', '><text:p>x</text:p></table:table-cell></table:table-row>');
    const problem = await refusal(
      zipSync({ ...parts, 'content.xml': strToU8(content.replace('</table:table>', full)) }),
    );
    assert.equal(problem.kind, 'too-large');
  });
});

it('a formula that has failed is no empty cell', async () => {
  const file = await read(await writeXlsx(book(sheet('One', [['é', '#REF!']]))));
  assert.deepEqual(trimmed(file.sheets[0]?.rows ?? []), [['é', '#REF!']]);
});

describe('an ODS as LibreOffice saves it', () => {
  it('has rows in header groups, spans, comments, and text in runs', async () => {
    const parts = unzipSync(writeOds(book(sheet('One', []))));
    const rows =
      '<table:table-header-rows><table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation><text:p>He<text:span>ad</text:span></text:p>\n <text:p>er<text:s text:c="2"/>x</text:p></table:table-cell></table:table-row></table:table-header-rows>' +
      '<table:table-row><table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell></table:table-row>';
    const content = new TextDecoder().decode(parts['content.xml']).replace('</table:table>', `${rows}</table:table>`);
    const file = await read(zipSync({ ...parts, 'content.xml': strToU8(content) }));
    assert.deepEqual(file.sheets[0]?.rows, [['Head\ner  x'], [null, null, 0.5]]);
  });
});

it('says where a cell is', () => {
  for (const column of [1, 26, 27, 52, 702, 703, 16384]) assert.equal(columnNumber(columnLetters(column)), column);
  assert.equal(placeWords({ sheet: 'KSB mapping', row: 12, column: 6 }), 'KSB mapping, row 12, column F');
});
