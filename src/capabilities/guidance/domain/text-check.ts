/** Something in a page's text that a reader would stumble over. `error`: it cannot be handed over so. */
export type TextFinding = { readonly line: number; readonly kind: 'error' | 'advice'; readonly text: string };

/** A link or image as it stands in the text. */
export type TextLink = {
  readonly line: number;
  readonly address: string;
  readonly words: string;
  readonly image: boolean;
};

export type TextHeading = {
  readonly line: number;
  readonly level: number;
  readonly words: string;
  readonly id: string;
};

/** What a text holds that can be checked, as `readForCheck` reads it. */
export type CheckedText = { readonly headings: readonly TextHeading[]; readonly links: readonly TextLink[] };

/** Words that say nothing to someone who hears the links alone (WCAG 2.4.4). */
const vague = /^(?:click here|here|this|this page|link|more|read more|this link|see here|download)$/i;

/**
 * Headings in order (WCAG 1.3.1), links that say where they lead (2.4.4), images with words (1.1.1), and addresses of this
 * site that are there.
 *
 * @param isThere whether an address of this site, or one that only this instance knows, leads anywhere.
 */
export const checkText = (text: CheckedText, isThere: (address: string) => boolean): readonly TextFinding[] => {
  const findings: TextFinding[] = [];
  let level = 1;
  for (const heading of text.headings) {
    if (heading.words.trim() === '')
      findings.push({ line: heading.line, kind: 'error', text: 'The heading has no words' });
    if (heading.level === 1)
      findings.push({
        line: heading.line,
        kind: 'advice',
        text: 'The page’s title is its first heading: begin sections with ##',
      });
    else if (heading.level > level + 1)
      findings.push({
        line: heading.line,
        kind: 'error',
        text: `“${heading.words}” is a heading of level ${heading.level} below one of level ${level}: no level may be left out`,
      });
    level = Math.max(2, heading.level);
  }
  const anchors = new Set(text.headings.map((one) => `#${one.id}`));
  for (const link of text.links) {
    if (link.image && link.words.trim() === '')
      findings.push({
        line: link.line,
        kind: 'error',
        text: `The image ${link.address} has no words for those who do not see it`,
      });
    if (!link.image && vague.test(link.words.trim()))
      findings.push({ line: link.line, kind: 'error', text: `The link “${link.words}” does not say where it leads` });
    if (!link.image && /^https?:\/\//.test(link.words.trim()))
      findings.push({
        line: link.line,
        kind: 'advice',
        text: `The link ${link.words} is read out letter by letter: give it words`,
      });
    if (link.address.startsWith('#') ? !anchors.has(link.address) : !isThere(link.address))
      findings.push({ line: link.line, kind: 'error', text: `Nothing is at ${link.address}` });
    if (link.address.startsWith('http://'))
      findings.push({ line: link.line, kind: 'advice', text: `${link.address} is not encrypted: try https` });
  }
  return findings.toSorted((one, other) => one.line - other.line);
};
