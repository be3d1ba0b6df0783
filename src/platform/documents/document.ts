/** A document as PDF and Word know it: blocks of text, without the markup they came from. */

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly content: readonly Inline[] }
  | { readonly kind: 'break' };

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'callout'; readonly title: string | null; readonly content: readonly Block[] }
  | {
      readonly kind: 'table';
      readonly caption: string | null;
      readonly header: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'figure'; readonly image: string; readonly alt: string; readonly caption: string | null }
  | { readonly kind: 'rule' }
  | { readonly kind: 'page-break' };

export type DocumentImage = {
  readonly bytes: Uint8Array;
  readonly type: 'png' | 'jpg' | 'svg' | 'webp' | 'gif';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
};

export type DocumentToWrite = {
  readonly title: string;
  /** One sentence below the title; empty: none. */
  readonly summary: string;
  /** Who publishes it: the instance. */
  readonly publisher: string;
  /** The address at which it is read, for the footer. */
  readonly address: string;
  /** The version or state in words: "Version 3 of 24 November 2026". */
  readonly stand: string;
  /** The day it says it is of. */
  readonly date: Date;
  /** A list of contents is written for documents of several parts. */
  readonly contents: boolean;
  readonly blocks: readonly Block[];
  /** By the name that figures give. */
  readonly images: Readonly<Record<string, DocumentImage>>;
};

export const text = (words: string): Inline => ({ kind: 'text', text: words });

const inlineWords = (one: Inline): string => {
  switch (one.kind) {
    case 'text':
    case 'code':
      return one.text;
    case 'break':
      return ' ';
    default:
      return plainWords(one.content);
  }
};

/** The words alone, for titles and searches. */
export const plainWords = (content: readonly Inline[]): string => content.map(inlineWords).join('');

const wordsOfBlock = (one: Block): string => {
  switch (one.kind) {
    case 'heading':
    case 'paragraph':
      return plainWords(one.content);
    case 'list':
      return one.items.map(blockWords).join('\n');
    case 'callout':
      return blockWords(one.content);
    case 'table':
      return [one.header, ...one.rows].map((row) => row.map(plainWords).join(' ')).join('\n');
    case 'code':
      return one.text;
    case 'figure':
      return one.caption ?? one.alt;
    default:
      return '';
  }
};

/** All words of some blocks, a line each: what a search reads. */
export const blockWords = (blocks: readonly Block[]): string => blocks.map(wordsOfBlock).filter(Boolean).join('\n');
