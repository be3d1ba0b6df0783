import { decodeHTML } from 'entities';

const blockEnd = /<\/(?:p|div|li|ul|ol|h[1-6]|tr|table)\s*>|<br\s*\/?>/gi;
const listItem = /<li(?:\s[^>]*)?>/gi;
const anyTag = /<\/?[a-z][^>]*>|<!--[\s\S]*?-->/gi;

const withoutTags = (html: string): string =>
  html.replaceAll(listItem, '\n• ').replaceAll(blockEnd, '\n').replaceAll(anyTag, '');

/**
 * The words of a field that may hold HTML, as plain text with line breaks for paragraphs and list items. The feed
 * escapes some of its HTML twice over (`&lt;p&gt;`, `&amp;#39;`), so entities are decoded before the tags are taken
 * out and once more after. What comes out is text, never markup: whoever shows it escapes it.
 */
export const plainText = (value: string): string => {
  if (!value.includes('&') && !value.includes('<') && !value.includes('\u00a0')) return value.trim();
  const text = withoutTags(decodeHTML(withoutTags(decodeHTML(value))));
  return text
    .replaceAll(/[\u00a0\t ]+/g, ' ')
    .replaceAll(/ ?\r?\n ?/g, '\n')
    .replaceAll(/•\s+/g, '• ')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
};
