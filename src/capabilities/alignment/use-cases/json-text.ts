import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** Line and column of a place in a text, counted from 1. */
export type TextPlace = { readonly line: number; readonly column: number };

export const textPlace = (text: string, offset: number): TextPlace => {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
};

export type JsonFault = TextPlace & { readonly message: string };

/** What stands at a fault, in plain words. */
const faultWords: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no JSON',
  InvalidNumberFormat: 'this is no number as JSON writes them',
  PropertyNameExpected: 'expected a key in double quotation marks',
  ValueExpected: 'expected a value',
  ColonExpected: 'expected a colon between key and value',
  CommaExpected: 'expected a comma',
  CloseBraceExpected: 'expected a closing brace }',
  CloseBracketExpected: 'expected a closing bracket ]',
  EndOfFileExpected: 'the JSON has ended, and more follows',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'the text is not closed with a quotation mark',
  UnexpectedEndOfNumber: 'this number is not finished',
  InvalidUnicode: 'this \\u escape is not finished',
  InvalidEscapeCharacter: 'a backslash is followed by something that cannot follow it',
  InvalidCharacter: 'a line break or control character stands within text',
};

/** @returns the text as UTF-8, or `null` when it is something else. */
export const utf8Text = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** Lists and objects within one another; JSON of ours has seven, and a parser that calls itself ends at some thousands. */
const deepest = 200;

const tooDeep = (text: string): boolean => {
  let depth = 0;
  for (const [bracket] of text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > deepest) return true;
  }
  return false;
};

/** Reads JSON with the place of what is wrong with it; the first fault alone, since the others follow from it. */
export const readJsonText = (
  text: string,
):
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'faulty'; readonly faults: readonly JsonFault[] } => {
  if (tooDeep(text))
    return {
      kind: 'faulty',
      faults: [{ line: 1, column: 1, message: `there are more than ${deepest} lists and objects within one another` }],
    };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first || !tree) {
    const code = first ? printParseErrorCode(first.error) : '';
    return {
      kind: 'faulty',
      faults: [{ ...textPlace(text, first?.offset ?? 0), message: faultWords[code] ?? 'this is no JSON' }],
    };
  }
  const repeated = repeatedKeys(tree).map((key) => ({
    ...textPlace(text, key.offset),
    message: `the key ${JSON.stringify(key.value)} stands here for the second time in the same object`,
  }));
  return repeated.length > 0 ? { kind: 'faulty', faults: repeated } : { kind: 'ok', value: JSON.parse(text) };
};

/** JSON.parse keeps the last of them in silence. */
const repeatedKeys = (node: Node): readonly Node[] => {
  const seen = new Set<unknown>();
  const here = (node.type === 'object' ? (node.children ?? []) : []).flatMap((property): readonly Node[] => {
    const key = property.children?.[0];
    if (!key) return [];
    if (seen.has(key.value)) return [key];
    seen.add(key.value);
    return [];
  });
  return [...here, ...(node.children ?? []).flatMap(repeatedKeys)];
};

/**
 * Finds where paths such as `rules.choose[0].from[3]` stand in a JSON text: at the key of a property, at the item of a
 * list; for what is not there, at the nearest thing above it that is.
 */
export const jsonPlaces = (text: string): ((path: string) => TextPlace) => {
  const tree = parseTree(text);
  return (path) => textPlace(text, tree ? offsetOf(tree, path) : 0);
};

const offsetOf = (root: Node, path: string): number => {
  let node = root;
  let offset = root.offset;
  let rest = path;
  while (rest !== '') {
    const index = /^\[(\d+)\]/.exec(rest);
    if (index && node.type === 'array') {
      const item = node.children?.[Number(index[1])];
      if (!item) return offset;
      node = item;
      offset = item.offset;
      rest = rest.slice(index[0].length);
    } else {
      const words = rest.startsWith('.') ? rest.slice(1) : rest;
      // A key may hold dots and brackets itself: the longest that fits is meant.
      const property = (node.type === 'object' ? (node.children ?? []) : [])
        .filter((one) => {
          const key = String(one.children?.[0]?.value);
          return words === key || (words.startsWith(key) && /^[.[]/.test(words.slice(key.length)));
        })
        .toSorted((one, other) => (other.children?.[0]?.length ?? 0) - (one.children?.[0]?.length ?? 0))[0];
      const [key, value] = property?.children ?? [];
      if (!key) return offset;
      offset = key.offset;
      rest = words.slice(String(key.value).length);
      if (!value) return offset;
      node = value;
    }
  }
  return offset;
};
