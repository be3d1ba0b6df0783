import { JSONParser } from '@streamparser/json';

/** The source is not the JSON it should be. The message names the source and the place, and stands alone. */
export class SourceProblem extends Error {
  override readonly name = 'SourceProblem';
}

export type JsonRecord = {
  readonly value: unknown;
  /** Counted from 1 within the source. */
  readonly number: number;
  /** Bytes of the source read so far, for progress. */
  readonly bytes: number;
};

/** Strings are gathered in a buffer of this size: with the parser's default of none a feed takes twice the time. */
const stringBuffer = 64 * 1024;

const beginning = (chunk: Uint8Array): string => Buffer.from(chunk.subarray(0, 256)).toString('utf8').trimStart();

const withoutByteOrderMark = (chunk: Uint8Array): Uint8Array =>
  chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;

/**
 * Reads the records of a JSON source one after the other, without ever holding the whole of it: the elements of
 * one array, or one object, or objects one after another (newline-delimited JSON).
 *
 * @param name how messages call the source.
 * @throws SourceProblem when it is empty, is HTML, is cut off, or breaks the grammar; records before that have been given.
 */
export async function* readJsonRecords(name: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRecord> {
  let parser: JSONParser | null = null;
  let whole = 0;
  let bytes = 0;
  let ready: unknown[] = [];
  let failure: unknown = null;
  const attempt = (act: () => void) => {
    try {
      act();
    } catch (error) {
      failure = error;
    }
  };
  for await (const chunk of source) {
    const piece = bytes === 0 ? withoutByteOrderMark(chunk) : chunk;
    bytes += chunk.length;
    const current: JSONParser | null = parser ?? parserFor(name, beginning(piece), (value) => ready.push(value));
    if (!current) continue;
    parser = current;
    attempt(() => current.write(piece));
    for (const value of ready) yield { value, number: ++whole, bytes };
    ready = [];
    if (failure) break;
  }
  const ended = parser;
  if (!ended) throw new SourceProblem(`${name} is empty: expected a record or an array of records as JSON.`);
  if (!failure && !ended.isEnded) attempt(() => ended.end());
  for (const value of ready) yield { value, number: ++whole, bytes };
  if (failure) throw asSourceProblem(name, failure, { whole, bytes });
}

/** The parser tells its position in words only; what it says else is kept short and in ours. */
const asSourceProblem = (
  name: string,
  error: unknown,
  at: { readonly whole: number; readonly bytes: number },
): SourceProblem => {
  const said = error instanceof Error ? error.message : String(error);
  const place = `in record ${at.whole + 1}${at.whole > 0 ? ` (the ${at.whole} before it are whole)` : ''}`;
  if (/mid-parsing|ended in/i.test(said))
    return new SourceProblem(`${name} is cut off: it ends after ${at.bytes} bytes, ${place}.`);
  const byte = /absolute position "(\d+)"/.exec(said)?.[1];
  const found = /Unexpected (.+?)(?: at chunk| in state)/.exec(said)?.[1];
  return new SourceProblem(
    `${name} is not JSON ${place}${byte ? `, at byte ${byte}` : ''}${found ? `: unexpected ${found}` : ''}.`,
  );
};

/** @returns `null` while there was nothing but white space. */
const parserFor = (name: string, start: string, take: (value: unknown) => void): JSONParser | null => {
  if (start === '') return null;
  const first = start[0];
  if (first === '<')
    throw new SourceProblem(`${name} is a web page, not JSON: it begins with ${JSON.stringify(start.slice(0, 40))}.`);
  if (first !== '[' && first !== '{')
    throw new SourceProblem(
      `${name} is not JSON: it begins with ${JSON.stringify(start.slice(0, 40))}; expected [ or {.`,
    );
  const parser = new JSONParser({
    stringBufferSize: stringBuffer,
    keepStack: false,
    ...(first === '[' ? { paths: ['$.*'] } : { paths: ['$'], separator: '' }),
  });
  parser.onValue = ({ value }) => take(value);
  return parser;
};
