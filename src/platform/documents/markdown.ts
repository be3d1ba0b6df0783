import MarkdownIt from 'markdown-it';
import nunjucks from 'nunjucks';

/** HTML that this module made, and that a view may show as it is. */
export type Markup = { readonly toString: () => string };

export type Heading = { readonly id: string; readonly text: string };

export type RenderedMarkdown = {
  readonly markup: Markup;
  /** Headings of the second level, in order: the contents list. */
  readonly headings: readonly Heading[];
};

/** An id from a heading's words, told apart with a number where two are alike. */
const slugger = (): ((text: string) => string) => {
  const taken = new Set<string>();
  return (text) => {
    const plain =
      text
        .toLowerCase()
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-+|-+$/g, '') || 'section';
    let id = plain;
    for (let count = 2; taken.has(id); count += 1) id = `${plain}-${count}`;
    taken.add(id);
    return id;
  };
};

const classes: Readonly<Record<string, string>> = {
  paragraph_open: 'govuk-body',
  bullet_list_open: 'govuk-list govuk-list--bullet',
  ordered_list_open: 'govuk-list govuk-list--number',
  blockquote_open: 'govuk-inset-text',
  table_open: 'govuk-table',
  thead_open: 'govuk-table__head',
  tbody_open: 'govuk-table__body',
  tr_open: 'govuk-table__row',
  th_open: 'govuk-table__header',
  td_open: 'govuk-table__cell',
  link_open: 'govuk-link',
  hr: 'govuk-section-break govuk-section-break--m govuk-section-break--visible',
};

const headingClasses: Readonly<Record<string, string>> = {
  h2: 'govuk-heading-m',
  h3: 'govuk-heading-s',
  h4: 'govuk-heading-s',
};

/**
 * Renders Markdown (CommonMark and tables) as a page of the Design System. HTML in the text is shown as text, and a link with
 * a scheme other than http, https or mailto is none, so what comes out is safe whatever went in.
 *
 * @param idPrefix put before the headings' ids, where several texts stand on one page.
 */
export const renderMarkdown = (text: string, idPrefix = ''): RenderedMarkdown => {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
  markdown.validateLink = (address) => /^(?:https?:|mailto:|\/(?!\/)|#)/i.test(address.trim());
  const headings: Heading[] = [];
  const slug = slugger();
  markdown.core.ruler.push('design-system', (state) => {
    state.tokens.forEach((token, index) => {
      for (const one of [token, ...(token.children ?? [])]) {
        const name = classes[one.type];
        // A paragraph in a tight list item has no tag of its own.
        if (name && !one.hidden) one.attrJoin('class', name);
        if (one.type === 'th_open') one.attrSet('scope', 'col');
      }
      if (token.type !== 'heading_open') return;
      // The page's own title is its first-level heading.
      if (token.tag === 'h1') token.tag = 'h2';
      const words = (state.tokens[index + 1]?.children ?? []).map((child) => child.content).join('');
      const id = `${idPrefix}${slug(words)}`;
      token.attrSet('id', id);
      token.attrJoin('class', headingClasses[token.tag] ?? 'govuk-heading-s');
      if (token.tag === 'h2') headings.push({ id, text: words });
      const close = state.tokens[index + 2];
      if (close) close.tag = token.tag;
    });
  });
  // A wide table scrolls inside a frame of its own, which the keyboard reaches.
  let tables = 0;
  markdown.renderer.rules.table_open = (tokens, index, options, _env, self) => {
    tables += 1;
    return `<div class="htq-scroll" role="region" aria-label="${idPrefix === '' ? '' : `${idPrefix.replaceAll('-', ' ').trim()}: `}table ${tables}" tabindex="0">${self.renderToken(tokens, index, options)}`;
  };
  markdown.renderer.rules.table_close = (tokens, index, options, _env, self) =>
    `${self.renderToken(tokens, index, options)}</div>`;
  const html = markdown.render(text);
  return { markup: new nunjucks.runtime.SafeString(html), headings };
};
