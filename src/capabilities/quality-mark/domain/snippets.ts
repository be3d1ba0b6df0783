/** A text within markup, HTML or SVG, or within its attributes. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export type SnippetParts = {
  /** Address of the picture that this instance serves and that turns by itself. */
  readonly picture: string;
  /** The same picture as PNG: Outlook and Gmail show no SVG. */
  readonly mailPicture: string;
  /** Address of the offer's page, where anyone sees what holds today. */
  readonly page: string;
  readonly alt: string;
  readonly sentence: string;
  readonly width: number;
  readonly height: number;
};

/** For a page of the provider: the picture is served live, so it turns when the approval does. No script, nothing else fetched. */
export const htmlSnippet = ({ picture, page, alt, sentence, width, height }: SnippetParts): string =>
  [
    '<p>',
    `  <a href="${escaped(page)}"><img src="${escaped(picture)}" alt="${escaped(alt)}" width="${width}" height="${height}"></a><br>`,
    `  ${escaped(sentence)}`,
    '</p>',
    '',
  ].join('\n');

/** For mails: a table, since mail programs know little else; readable where pictures are switched off. */
export const emailSignature = ({ mailPicture, page, alt, sentence, width, height }: SnippetParts): string =>
  [
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0">',
    '  <tr>',
    `    <td style="padding: 0 12px 0 0"><a href="${escaped(page)}"><img src="${escaped(mailPicture)}" alt="${escaped(alt)}" width="${width}" height="${height}" style="display: block; border: 0"></a></td>`,
    `    <td style="font-family: Arial, sans-serif; font-size: 14px; color: #0b0c0c">${escaped(sentence)} <a href="${escaped(page)}" style="color: #0b0c0c">Check it</a></td>`,
    '  </tr>',
    '</table>',
    '',
  ].join('\n');
