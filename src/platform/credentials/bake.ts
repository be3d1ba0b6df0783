import { crc32, inflateSync } from 'node:zlib';
import { Parser } from 'saxen';
import { ok, type Result, refused } from '#kernel/result.ts';
import { svgProblem } from '../files/check-svg.ts';

/** Open Badges 3.0, 5.3: where a picture holds its credential. */
const svgNamespace = 'https://purl.imsglobal.org/ob/v3p0';
const pngKeyword = 'openbadgecredential';

/** Characters of a credential that is read; a signed one of ours has about 4,000. */
const longest = 1_000_000;

/** Puts a credential into an SVG, right after its opening tag. @param svg as this house draws it. */
export const bakeSvg = (svg: string, credential: object): string => {
  const at = svg.indexOf('>', svg.indexOf('<svg'));
  // A CDATA section ends at "]]>", which in JSON can stand in a string alone.
  const json = JSON.stringify(credential).replaceAll(']]>', ']]\\u003e');
  return `${svg.slice(0, at)} xmlns:openbadges="${svgNamespace}">\n<openbadges:credential><![CDATA[${json}]]></openbadges:credential>${svg.slice(at + 1)}`;
};

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const chunk = (type: string, data: Uint8Array): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(named));
  return Buffer.concat([head, named, tail]);
};

/** Puts a credential into a PNG as iTXt, uncompressed, after the picture's header (PNG 3rd edition, 11.3.3.4). */
export const bakePng = (png: Uint8Array, credential: object): Uint8Array => {
  const bytes = Buffer.from(png);
  const headerEnd = signature.length + 12 + bytes.readUInt32BE(signature.length);
  const data = Buffer.concat([
    Buffer.from(`${pngKeyword}\0\0\0\0\0`, 'latin1'),
    Buffer.from(JSON.stringify(credential), 'utf8'),
  ]);
  return Buffer.concat([bytes.subarray(0, headerEnd), chunk('iTXt', data), bytes.subarray(headerEnd)]);
};

export const isPng = (bytes: Uint8Array): boolean => signature.equals(Buffer.from(bytes.subarray(0, 8)));

/** @returns the credential's text; `null`: the picture has none. One that is not whole to its end is refused: it was tampered with, or lost. */
const readPng = (png: Uint8Array): Result<string | null, string> => {
  const bytes = Buffer.from(png);
  let found: Result<string | null, string> = ok(null);
  for (let at = signature.length; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) return refused('The picture is cut off');
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'iTXt') {
      const data = bytes.subarray(at + 8, end);
      const keyword = data.toString('latin1', 0, Math.max(0, data.indexOf(0)));
      if (keyword === pngKeyword) {
        if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return refused('The picture is damaged');
        if (found.kind === 'ok' && found.value === null) found = readText(data.subarray(keyword.length + 1));
      }
    }
    if (type === 'IEND') return found;
    at = end + 4;
  }
  return refused('The picture is cut off');
};

/** What follows the keyword of an iTXt chunk: flag, method, language, translated keyword, text. */
const readText = (data: Buffer): Result<string, string> => {
  const language = data.indexOf(0, 2);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (translated < 0) return refused('The picture is damaged');
  const text = data.subarray(translated + 1);
  if (data[0] !== 1) return ok(text.toString('utf8'));
  try {
    return ok(inflateSync(text, { maxOutputLength: longest }).toString('utf8'));
  } catch {
    return refused('The picture is damaged');
  }
};

const readSvg = (svg: string): Result<string | null, string> => {
  // A document type may name a public identifier and nothing more: some tools write it, and nothing here follows it.
  const plain = svg.replace(/<!doctype svg public "[^"<>]*" "[^"<>]*">/i, '');
  const problem = svgProblem(plain);
  if (problem !== null) return refused(`The picture is not opened: ${problem}`);
  // Read by namespace, as browsers do: what stands in a comment is no credential.
  const parser = new Parser().ns({ [svgNamespace]: 'badge', [`${svgNamespace}/`]: 'badge' });
  let held: string | null = null;
  let token = '';
  let inside = false;
  const add = (text: string): void => {
    if (inside) held = (held ?? '') + text;
  };
  parser.on('openTag', (name, attributes) => {
    if (name !== 'badge:credential' || held !== null) return;
    inside = true;
    held = '';
    token = attributes().verify ?? '';
  });
  parser.on('text', (text, decoded) => add(decoded(text)));
  parser.on('cdata', add);
  parser.on('closeTag', (name) => {
    if (name === 'badge:credential') inside = false;
  });
  parser.parse(plain);
  // A token stands in an attribute; a credential as JSON is the element's text.
  return ok(held === '' ? token : held);
};

/**
 * The text of the credential in a file: a baked SVG or PNG, or the JSON itself.
 *
 * @returns refused with the reason, when the file must not be opened or holds none.
 */
export const credentialText = (bytes: Uint8Array): Result<string, string> => {
  if (bytes.length === 0) return refused('The file is empty');
  const read = isPng(bytes) ? readPng(bytes) : readWritten(new TextDecoder().decode(bytes).trim());
  if (read.kind === 'refused') return read;
  if (read.value === null) return refused('No credential is in this picture');
  return read.value.length > longest ? refused('It is too long to be a credential') : ok(read.value.trim());
};

const readWritten = (text: string): Result<string | null, string> => {
  if (text.includes('\0')) return refused('The file is no credential, and no SVG or PNG picture that holds one');
  return text.startsWith('<') ? readSvg(text) : ok(text);
};
