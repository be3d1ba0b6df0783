import MarkdownIt, { type Token } from 'markdown-it';
import { slugOf } from '#kernel/slug.ts';

/**
 * What a link or image of a text leads to. Texts may use addresses that only this instance knows (`fact:ofqual`,
 * `ref:criterion/…`, `file:recipients`); whoever renders them says what these stand for on the day.
 */
export type Resolved = {
  /** `null`: nothing, so the words stand there without a link. */
  readonly href: string | null;
  /** Shown where the link has no words of its own. */
  readonly text: string;
};

/** @returns what the address stands for; `undefined`: the address is what it says. */
export type Resolve = (address: string) => Resolved | undefined;

/** Addresses that this instance knows, and not the web. */
export const ownSchemes = ['fact', 'ref', 'file'] as const;
const ownAddress = new RegExp(`^(?:${ownSchemes.join('|')}):[\\w./%-]+$`);
export const isOwnAddress = (address: string): boolean => ownAddress.test(address);

const safeAddress = (address: string): boolean =>
  /^(?:https?:|mailto:|tel:|\/(?!\/)|#)/i.test(address.trim()) || isOwnAddress(address.trim());

export const markdownReader = () => {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
  markdown.validateLink = safeAddress;
  return markdown;
};

/** An attribute as text; empty where there is none. */
export const attribute = (token: Token, name: string): string => String(token.attrGet(name) ?? '');

/** Every address that a text's links and images name, once each, in their order. */
export const addressesIn = (text: string): readonly string[] => {
  const found = new Set<string>();
  for (const token of markdownReader().parse(text, {}))
    for (const child of token.children ?? []) {
      const address = attribute(child, child.type === 'link_open' ? 'href' : 'src');
      if (address) found.add(address);
    }
  return [...found];
};

type TokenMaker = new (type: string, tag: string, nesting: -1 | 0 | 1) => Token;

/** Puts what own addresses stand for into an inline token's children. */
export const resolveChildren = (children: readonly Token[], resolve: Resolve, Make: TokenMaker): Token[] => {
  const written = (words: string): Token => {
    const token = new Make('text', '', 0);
    token.content = words;
    return token;
  };
  const resolved: Token[] = [];
  let unlinked = 0;
  for (const [index, child] of children.entries()) {
    const address = attribute(child, child.type === 'image' ? 'src' : 'href');
    if (child.type === 'link_close' && unlinked > 0) unlinked -= 1;
    else if (child.type !== 'image' && child.type !== 'link_open') resolved.push(child);
    else {
      const found = resolve(address) ?? { href: isOwnAddress(address) ? null : address, text: '' };
      if (found.href !== null) {
        child.attrSet(child.type === 'image' ? 'src' : 'href', found.href);
        resolved.push(child);
      } else if (child.type === 'image') resolved.push(written(child.content));
      else unlinked += 1;
      if (child.type === 'link_open' && children[index + 1]?.type === 'link_close')
        resolved.push(written(found.text || address));
    }
  }
  return resolved;
};

/** An id from a heading's words, told apart with a number where two are alike. */
export const slugger = (): ((text: string) => string) => {
  const taken = new Set<string>();
  return (text) => {
    const plain = slugOf(text) || 'section';
    let id = plain;
    for (let count = 2; taken.has(id); count += 1) id = `${plain}-${count}`;
    taken.add(id);
    return id;
  };
};

export const calloutKinds = { NOTE: 'Note', IMPORTANT: 'Important', WARNING: 'Warning' } as const;
const calloutMark = /^\[!(NOTE|IMPORTANT|WARNING)\][ \t]*/;

/** `> [!IMPORTANT]` as the first words of a quotation make it a callout. */
export const calloutAt = (tokens: readonly Token[], index: number): string | null => {
  if (tokens[index]?.type !== 'blockquote_open') return null;
  const kind = calloutMark.exec(tokens[index + 2]?.content ?? '')?.[1];
  return kind ? calloutKinds[kind as keyof typeof calloutKinds] : null;
};

/** Takes the mark of a callout from its first inline token. */
export const withoutCalloutMark = (inline: Token): void => {
  const [first, second] = inline.children ?? [];
  if (!first) return;
  first.content = first.content.replace(calloutMark, '');
  if (first.content === '' && second?.type === 'softbreak') inline.children?.splice(0, 2);
};

/** A paragraph that is nothing but one image with a title: a figure, whose title is its caption. */
export const figureIn = (inline: Token | undefined): Token | null => {
  const [only] = inline?.children ?? [];
  return inline?.children?.length === 1 && only?.type === 'image' && only.attrGet('title') ? only : null;
};

/** A heading's words, whatever is written into them. */
export const wordsOf = (children: readonly Token[]): string =>
  children.map((child) => (child.type === 'softbreak' ? ' ' : child.content)).join('');
