import { ok, type Result } from '#kernel/result.ts';
import type { SheetProblem } from './sheet.ts';
import { refusedAs } from './sheet-limits.ts';
import { listParts, textOfPart, unpack } from './unpack.ts';

export type FileKind = 'xlsx' | 'ods' | 'json' | 'text';

const begins = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** UTF-16 as it lies in an OLE file's directory. */
const holdsUtf16 = (bytes: Uint8Array, text: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(text, 'utf16le'));

/** Bytes looked at to tell text from something else. */
const sampleBytes = 4096;

/**
 * Says what a file is by what is in it; a name can lie, and names get lost.
 *
 * @returns refused for what is none of them, in words that say what to do about it.
 */
export const fileKind = (bytes: Uint8Array): Result<FileKind, SheetProblem> => {
  if (bytes.length === 0) return refusedAs('not-a-workbook', 'The file is empty.');
  if (begins(bytes, 0x50, 0x4b, 0x03, 0x04)) return kindOfZip(bytes);
  if (begins(bytes, 0x50, 0x4b)) return refusedAs('not-a-workbook', 'The file is an empty zip, not a workbook.');
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1))
    return holdsUtf16(bytes, 'EncryptedPackage')
      ? refusedAs('encrypted', 'The workbook is protected by a password: save it without one.')
      : refusedAs('old-format', 'The file is an old Excel or Office file (such as .xls): save it as .xlsx or .ods.');
  if (begins(bytes, 0x25, 0x50, 0x44, 0x46))
    return refusedAs('not-a-workbook', 'The file is a PDF: expected a workbook (XLSX or ODS), JSON or CSV.');
  const sample = bytes.subarray(0, sampleBytes);
  const utf16 = begins(bytes, 0xff, 0xfe) || begins(bytes, 0xfe, 0xff);
  if (!utf16 && sample.includes(0))
    return refusedAs('not-a-workbook', 'The file is neither a workbook (XLSX or ODS) nor text.');
  const start = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(sample).trimStart();
  if (start === '') return refusedAs('not-a-workbook', 'The file has nothing in it but blanks.');
  if (/^<(?:!doctype|html|\?xml|table)/i.test(start))
    return refusedAs(
      'not-a-workbook',
      'The file is a web page or XML: expected a workbook (XLSX or ODS), JSON or CSV.',
    );
  // A CSV of ours begins a part with its name in brackets: `[Structure]`. No JSON list of ours begins with a letter.
  return ok(/^[{]|^\[\s*(?:["{[\d\]-]|$)/.test(start) ? 'json' : 'text');
};

const kindOfZip = (bytes: Uint8Array): Result<FileKind, SheetProblem> => {
  const listed = listParts(bytes);
  if (listed.kind === 'refused') return listed;
  const paths = new Set(listed.value.map((part) => part.name));
  if (paths.has('xl/workbook.xml')) return ok('xlsx');
  if (paths.has('xl/workbook.bin'))
    return refusedAs('old-format', 'The file is a binary Excel workbook (.xlsb): save it as .xlsx or .ods.');
  const unpacked = unpack(bytes, (path) => path === 'mimetype' || path === 'META-INF/manifest.xml');
  if (unpacked.kind === 'refused') return unpacked;
  const mimetype = textOfPart(unpacked.value, 'mimetype').trim();
  if (!/^application\/vnd\.oasis\.opendocument\.spreadsheet/.test(mimetype))
    return refusedAs('not-a-workbook', 'The file is a zip, but neither an XLSX nor an ODS workbook.');
  return /<[\w:]*encryption-data/.test(textOfPart(unpacked.value, 'META-INF/manifest.xml'))
    ? refusedAs('encrypted', 'The workbook is protected by a password: save it without one.')
    : ok('ods');
};
