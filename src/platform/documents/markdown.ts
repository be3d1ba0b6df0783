import nunjucks from 'nunjucks';
import {
  attribute,
  calloutAt,
  figureIn,
  markdownReader,
  type Resolve,
  resolveChildren,
  slugger,
  withoutCalloutMark,
  wordsOf,
} from './parse-markdown.ts';

/** HTML that this module made, and that a view may show as it is. */
export type Markup = { readonly toString: () => string };

export type Heading = { readonly id: string; readonly text: string };

export type RenderedMarkdown = {
  readonly markup: Markup;
  /** Headings of the second level, in order: the contents list. */
  readonly headings: readonly Heading[];
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
  image: 'htq-image',
  hr: 'govuk-section-break govuk-section-break--m govuk-section-break--visible',
};

const headingClasses: Readonly<Record<string, string>> = {
  h2: 'govuk-heading-m',
  h3: 'govuk-heading-s',
  h4: 'govuk-heading-s',
};

/**
 * Renders Markdown (CommonMark and tables) as a page of the Design System. HTML in the text is shown as text, and a link with
 * a scheme other than http, https, mailto, tel or this instance's own is none, so what comes out is safe whatever went in.
 * `> [!NOTE]`, `[!IMPORTANT]` and `[!WARNING]` begin a callout; an image that stands alone and has a title is a figure.
 *
 * @param idPrefix put before the headings' ids, where several texts stand on one page.
 * @param resolve what this instance's own addresses stand for.
 */
export const renderMarkdown = (text: string, idPrefix = '', resolve: Resolve = () => undefined): RenderedMarkdown => {
  const markdown = markdownReader();
  const headings: Heading[] = [];
  const slug = slugger();
  markdown.core.ruler.push('own-addresses', (state) => {
    for (const token of state.tokens)
      if (token.children) token.children = resolveChildren(token.children, resolve, state.Token);
  });
  markdown.core.ruler.push('design-system', (state) => {
    state.tokens.forEach((token, index) => {
      for (const one of [token, ...(token.children ?? [])]) {
        const name = classes[one.type];
        // A paragraph in a tight list item has no tag of its own.
        if (name && !one.hidden) one.attrJoin('class', name);
        if (one.type === 'th_open') one.attrSet('scope', 'col');
      }
      const callout = calloutAt(state.tokens, index);
      const inline = state.tokens[index + 2];
      if (callout && inline) {
        withoutCalloutMark(inline);
        token.meta = { callout };
        token.attrJoin('class', 'htq-callout');
      }
      if (token.type === 'paragraph_open' && figureIn(state.tokens[index + 1])) {
        token.tag = 'figure';
        token.attrSet('class', 'htq-figure');
        const close = state.tokens[index + 2];
        if (close) close.tag = 'figure';
        const image = figureIn(state.tokens[index + 1]);
        if (image) image.meta = { figure: true };
      }
      if (token.type !== 'heading_open') return;
      // The page's own title is its first-level heading.
      if (token.tag === 'h1') token.tag = 'h2';
      const words = wordsOf(state.tokens[index + 1]?.children ?? []);
      const id = `${idPrefix}${slug(words)}`;
      token.attrSet('id', id);
      token.attrJoin('class', headingClasses[token.tag] ?? 'govuk-heading-s');
      if (token.tag === 'h2') headings.push({ id, text: words });
      const close = state.tokens[index + 2];
      if (close) close.tag = token.tag;
    });
  });
  const { rules } = markdown.renderer;
  // A wide table scrolls inside a frame of its own, which the keyboard reaches.
  let tables = 0;
  rules.table_open = (tokens, index, options, _env, self) => {
    tables += 1;
    return `<div class="htq-scroll" role="region" aria-label="${idPrefix === '' ? '' : `${idPrefix.replaceAll('-', ' ').trim()}: `}table ${tables}" tabindex="0">${self.renderToken(tokens, index, options)}`;
  };
  rules.table_close = (tokens, index, options, _env, self) => `${self.renderToken(tokens, index, options)}</div>`;
  rules.blockquote_open = (tokens, index, options, _env, self) =>
    `${self.renderToken(tokens, index, options)}${
      tokens[index]?.meta
        ? `<p class="govuk-heading-s htq-callout__kind">${String(tokens[index]?.meta?.callout)}</p>\n`
        : ''
    }`;
  const image = rules.image;
  rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const caption = token?.meta?.figure ? attribute(token, 'title') : '';
    if (caption !== '' && token) token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'title');
    const tag = image?.(tokens, index, options, env, self) ?? '';
    return caption === ''
      ? tag
      : `${tag}<figcaption class="govuk-body-s">${markdown.utils.escapeHtml(caption)}</figcaption>`;
  };
  const html = markdown.render(text);
  return { markup: new nunjucks.runtime.SafeString(html), headings };
};
