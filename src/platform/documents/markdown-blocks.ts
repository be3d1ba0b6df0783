import type { Token } from 'markdown-it';
import type { Block, Inline } from './document.ts';
import {
  attribute,
  calloutAt,
  markdownReader,
  type Resolve,
  resolveChildren,
  withoutCalloutMark,
} from './parse-markdown.ts';

type Reading = {
  readonly tokens: readonly Token[];
  /** Where the reading stands; grows as blocks are read. */
  at: number;
  /** Puts the site's address before links of this site: a file is read elsewhere. */
  readonly outside: (href: string) => string;
};

const inlines = (children: readonly Token[], outside: Reading['outside']): Inline[] => {
  const stack: { kind: 'strong' | 'emphasis' | 'link' | 'root'; href: string; content: Inline[] }[] = [
    { kind: 'root', href: '', content: [] },
  ];
  const put = (one: Inline) => stack.at(-1)?.content.push(one);
  for (const child of children)
    switch (child.type) {
      case 'text':
        if (child.content !== '') put({ kind: 'text', text: child.content });
        break;
      case 'softbreak':
        put({ kind: 'text', text: ' ' });
        break;
      case 'hardbreak':
        put({ kind: 'break' });
        break;
      case 'code_inline':
        put({ kind: 'code', text: child.content });
        break;
      case 'image':
        put({ kind: 'text', text: child.content });
        break;
      case 'strong_open':
        stack.push({ kind: 'strong', href: '', content: [] });
        break;
      case 'em_open':
        stack.push({ kind: 'emphasis', href: '', content: [] });
        break;
      case 'link_open':
        stack.push({ kind: 'link', href: outside(attribute(child, 'href')), content: [] });
        break;
      case 'strong_close':
      case 'em_close':
      case 'link_close': {
        const { kind, href, content } = stack.pop() ?? { kind: 'root', href: '', content: [] };
        if (kind === 'link') put({ kind, href, content });
        else if (kind !== 'root') put({ kind, content });
        break;
      }
    }
  return stack[0]?.content ?? [];
};

/** Reads until the token that closes what was opened, and steps past it. */
const until = (reading: Reading, close: string): Block[] => {
  const blocks: Block[] = [];
  while (reading.at < reading.tokens.length && reading.tokens[reading.at]?.type !== close) {
    const block = blockAt(reading);
    if (block) blocks.push(block);
  }
  reading.at += 1;
  return blocks;
};

const tableAt = (reading: Reading): Block => {
  const rows: Inline[][][] = [];
  for (; reading.tokens[reading.at]?.type !== 'table_close'; reading.at += 1) {
    const token = reading.tokens[reading.at];
    if (token?.type === 'tr_open') rows.push([]);
    if (token?.type === 'inline') rows.at(-1)?.push(inlines(token.children ?? [], reading.outside));
  }
  reading.at += 1;
  const [header = [], ...rest] = rows;
  return { kind: 'table', caption: null, header, rows: rest };
};

const blockAt = (reading: Reading): Block | null => {
  const index = reading.at;
  const token = reading.tokens[index];
  reading.at += 1;
  switch (token?.type) {
    case 'heading_open': {
      const content = inlines(reading.tokens[index + 1]?.children ?? [], reading.outside);
      reading.at = index + 3;
      // The document's own title is its first-level heading.
      return { kind: 'heading', level: Math.min(4, Math.max(2, Number(token.tag.slice(1)))) as 2 | 3 | 4, content };
    }
    case 'paragraph_open': {
      const children = reading.tokens[index + 1]?.children ?? [];
      reading.at = index + 3;
      const [only] = children;
      if (children.length === 1 && only?.type === 'image')
        return {
          kind: 'figure',
          image: attribute(only, 'src'),
          alt: only.content,
          caption: attribute(only, 'title') || null,
        };
      return { kind: 'paragraph', content: inlines(children, reading.outside) };
    }
    case 'bullet_list_open':
    case 'ordered_list_open': {
      const ordered = token.type === 'ordered_list_open';
      const close = ordered ? 'ordered_list_close' : 'bullet_list_close';
      const items: Block[][] = [];
      while (reading.tokens[reading.at]?.type === 'list_item_open') {
        reading.at += 1;
        items.push(until(reading, 'list_item_close'));
      }
      if (reading.tokens[reading.at]?.type === close) reading.at += 1;
      return { kind: 'list', ordered, items };
    }
    case 'blockquote_open': {
      const title = calloutAt(reading.tokens, index);
      const inline = reading.tokens[index + 2];
      if (title && inline) withoutCalloutMark(inline);
      return { kind: 'callout', title, content: until(reading, 'blockquote_close') };
    }
    case 'table_open':
      return tableAt(reading);
    case 'fence':
    case 'code_block':
      return { kind: 'code', text: token.content.replace(/\n$/, '') };
    case 'hr':
      return { kind: 'rule' };
    default:
      return null;
  }
};

/**
 * Reads Markdown as the blocks that PDF, Word and the search are made from.
 *
 * @param siteAddress put before links of this site.
 */
export const markdownBlocks = (
  markdown: string,
  siteAddress: string,
  resolve: Resolve = () => undefined,
): readonly Block[] => {
  const reader = markdownReader();
  reader.core.ruler.push('own-addresses', (state) => {
    for (const token of state.tokens)
      if (token.children) token.children = resolveChildren(token.children, resolve, state.Token);
  });
  const outside = (href: string) => (href.startsWith('/') || href.startsWith('#') ? `${siteAddress}${href}` : href);
  return until({ tokens: reader.parse(markdown, {}), at: 0, outside }, 'end');
};
