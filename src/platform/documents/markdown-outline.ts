import { attribute, markdownReader, slugger, wordsOf } from './parse-markdown.ts';

export type MarkdownOutline = {
  readonly headings: readonly {
    readonly line: number;
    readonly level: number;
    readonly words: string;
    readonly id: string;
  }[];
  readonly links: readonly {
    readonly line: number;
    readonly address: string;
    readonly words: string;
    readonly image: boolean;
  }[];
};

/** The headings, links and images of a text with their lines, counted from 1: what its editor's checks read. */
export const markdownOutline = (text: string): MarkdownOutline => {
  const slug = slugger();
  const headings: MarkdownOutline['headings'][number][] = [];
  const links: MarkdownOutline['links'][number][] = [];
  const tokens = markdownReader().parse(text, {});
  let line = 1;
  tokens.forEach((token, index) => {
    if (token.map) line = token.map[0] + 1;
    if (token.type === 'heading_open') {
      const words = wordsOf(tokens[index + 1]?.children ?? []);
      headings.push({ line, level: Number(token.tag.slice(1)), words, id: slug(words) });
    }
    const children = token.children ?? [];
    children.forEach((child, at) => {
      if (child.type === 'image')
        links.push({ line, address: attribute(child, 'src'), words: child.content, image: true });
      if (child.type !== 'link_open') return;
      const end = children.findIndex((one, place) => place > at && one.type === 'link_close');
      links.push({
        line,
        address: attribute(child, 'href'),
        words: wordsOf(children.slice(at + 1, end)),
        image: false,
      });
    });
  });
  return { headings, links };
};
