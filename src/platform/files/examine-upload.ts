import { strFromU8, strToU8, zipSync } from 'fflate';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { ok, type Result, refused } from '#kernel/result.ts';
import { type PdfFacts, readPdf } from '../documents/read-pdf.ts';
import { readCsv } from '../sheets/read-csv.ts';
import { listParts, unpack } from '../sheets/unpack.ts';
import { svgProblem } from './check-svg.ts';

export type UploadKind = 'image' | 'table' | 'document';

export type Upload = {
  readonly kind: UploadKind;
  readonly type: string;
  readonly ending: string;
  /** The file without what told of its maker: place and camera of a picture, author of a document. */
  readonly bytes: Uint8Array;
  readonly facts: UploadFacts;
};

export type UploadFacts = {
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly rows?: number;
  readonly pdf?: PdfFacts;
};

type Known = { readonly type: string; readonly name: string };
const pictures: Readonly<Record<string, Known>> = {
  png: { type: 'image/png', name: 'a PNG picture' },
  jpg: { type: 'image/jpeg', name: 'a JPEG picture' },
  gif: { type: 'image/gif', name: 'a GIF picture' },
  webp: { type: 'image/webp', name: 'a WebP picture' },
};
const office: Readonly<Record<string, Known>> = {
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    name: 'a Word document',
  },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name: 'an Excel workbook' },
  pptx: {
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    name: 'a PowerPoint presentation',
  },
  odt: { type: 'application/vnd.oasis.opendocument.text', name: 'an OpenDocument text' },
  ods: { type: 'application/vnd.oasis.opendocument.spreadsheet', name: 'an OpenDocument spreadsheet' },
  odp: { type: 'application/vnd.oasis.opendocument.presentation', name: 'an OpenDocument presentation' },
};

/** What may be uploaded, in words for the form. */
export const uploadsTaken = 'PNG, JPEG, GIF, WebP, SVG, CSV, TXT, PDF, Word, Excel, PowerPoint or OpenDocument';

/** Pixels of a picture: more than a page of A3 at 300 dots an inch has. */
const mostPixels = 20_000_000;

const endingOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
const sameEnding = (one: string): string => (one === 'jpeg' || one === 'jpe' ? 'jpg' : one);

/** Decodes and writes the picture again: what is not a picture fails, and what told of place and camera stays behind. */
const picture = async (ending: string, bytes: Uint8Array): Promise<Result<Upload, string>> => {
  const { type } = pictures[ending] ?? { type: '' };
  try {
    const read = sharp(bytes, { limitInputPixels: mostPixels, animated: ending === 'gif' || ending === 'webp' });
    const { data, info } = await read.autoOrient().toBuffer({ resolveWithObject: true });
    const height = info.pageHeight ?? info.height;
    return ok({ kind: 'image', type, ending, bytes: data, facts: { width: info.width, height } });
  } catch (error) {
    return refused(
      /pixel limit/i.test(String(error))
        ? `The picture has more than ${mostPixels / 1_000_000} million pixels. Make it smaller`
        : 'The picture is damaged and cannot be read',
    );
  }
};

/** Elements of the parts in which office documents name their makers (ECMA-376 part 2, ODF 1.3 part 3). */
const makers = /<(dc:creator|cp:lastModifiedBy|meta:initial-creator|meta:printed-by|Company|Manager)>[^<]*<\/\1>/g;

const officeDocument = (ending: string, bytes: Uint8Array): Result<Upload, string> => {
  const listed = listParts(bytes);
  if (listed.kind === 'refused') return refused('The document is damaged, or unpacks to more than is read');
  if (
    listed.value.some(
      (part) => /vbaProject|\.bin$|Basic\/.*\.xml$/i.test(part.name) && !/printerSettings/i.test(part.name),
    )
  )
    return refused('The document holds macros. Save it without them');
  const unpacked = unpack(bytes, () => true);
  if (unpacked.kind === 'refused') return refused('The document is damaged: one of its parts cannot be unpacked');
  const parts = Object.fromEntries(unpacked.value);
  for (const name of ['docProps/core.xml', 'docProps/app.xml', 'meta.xml']) {
    const part = parts[name];
    if (part) parts[name] = strToU8(strFromU8(part).replaceAll(makers, '<$1></$1>'));
  }
  const written = zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, [part, { level: name === 'mimetype' ? 0 : 6 }]]),
    ),
  );
  const { type } = office[ending] ?? { type: '' };
  return ok({ kind: 'document', type, ending, bytes: written, facts: {} });
};

const text = (ending: string, bytes: Uint8Array): Result<Upload, string> => {
  if (bytes.includes(0)) return refused(`The file is none of ${uploadsTaken}`);
  if (
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype svg|svg)/i.test(
      new TextDecoder().decode(bytes.subarray(0, 4096)),
    )
  ) {
    const source = new TextDecoder().decode(bytes);
    const problem = svgProblem(source);
    if (problem) return refused(`The SVG cannot be taken: ${problem}`);
    return ok({ kind: 'image', type: 'image/svg+xml', ending: 'svg', bytes, facts: {} });
  }
  if (ending === 'csv') {
    const sheet = readCsv('table', bytes);
    if (sheet.kind === 'refused') return refused(sheet.refusal.message);
    const [head, ...rows] = sheet.value.rows;
    if (!head || rows.length === 0) return refused('The table has no rows: its first row names the columns');
    const names = head.map((cell) => String(cell ?? '').trim());
    const missing = names.indexOf('');
    if (missing >= 0) return refused(`Column ${missing + 1} of the table has no name in the first row`);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) return refused(`Two columns of the table are called “${twice}”`);
    return ok({ kind: 'table', type: 'text/csv', ending: 'csv', bytes, facts: { rows: rows.length } });
  }
  if (ending === 'txt') return ok({ kind: 'document', type: 'text/plain', ending: 'txt', bytes, facts: {} });
  return refused(`The file is none of ${uploadsTaken}`);
};

/**
 * Says what an uploaded file is by its content, and makes it fit to be kept. Decoding is heavy work: run it on the pool.
 *
 * @returns refused with the reason, for whoever sent it.
 */
export const examineUpload = async ({
  name,
  bytes,
}: {
  readonly name: string;
  readonly bytes: Uint8Array;
}): Promise<Result<Upload, string>> => {
  if (bytes.length === 0) return refused('The file is empty');
  const named = sameEnding(endingOf(name));
  const found = await fileTypeFromBuffer(bytes);
  // file-type tells text formats by little; those are read below.
  const ending = found && found.ext !== 'xml' ? sameEnding(found.ext) : '';
  if (ending === '') return text(named, bytes);
  const known = pictures[ending] ?? office[ending] ?? (ending === 'pdf' ? { name: 'a PDF' } : null);
  if (named !== '' && named !== ending)
    return refused(
      `The file is called .${named}, and what is in it is ${known?.name ?? `a file of the kind .${ending}`}`,
    );
  if (pictures[ending]) return picture(ending, bytes);
  if (office[ending]) return officeDocument(ending, bytes);
  if (ending !== 'pdf') return refused(`The file is none of ${uploadsTaken}`);
  const read = await readPdf(bytes);
  if (read.kind === 'refused') return refused(read.refusal);
  return ok({ kind: 'document', type: 'application/pdf', ending, bytes, facts: { pdf: read.value.facts } });
};
