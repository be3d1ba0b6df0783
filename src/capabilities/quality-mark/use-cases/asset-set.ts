import { strToU8, zipSync } from 'fflate';
import type { Context } from '#platform/context.ts';
import { bakePng, bakeSvg } from '#platform/credentials/bake.ts';
import { leastWidth, pictureWidths } from '../domain/draw-mark.ts';
import { adviceOf } from '../domain/guidance.ts';
import { mainScheme } from '../domain/mark-rules.ts';
import { altText, liveAltText, sentenceWithMark } from '../domain/mark-words.ts';
import { emailSignature, htmlSnippet, type SnippetParts } from '../domain/snippets.ts';
import { liveMarkPath, offerPath, verifyPath } from '../paths.ts';
import { standingCredential } from '../store/credentials.ts';
import { type ArtworkNow, artworkNow } from './artwork.ts';
import { drawScheme, type MarkToday, markAsPng, markToday } from './mark-picture.ts';
import { rulesToday } from './rules.ts';

/** Pixels across at which a page shows the mark, unless the guideline wants more. */
const shownWidth = 320;
/** Pixels across of the picture that a credential is baked into, likewise. */
const bakedWidth = 640;

/** What to paste into a page or a mail for a mark that may be used. */
export const snippetParts = (ctx: Context, mark: MarkToday, artwork: ArtworkNow): SnippetParts => {
  const occupation = mark.facts.occupation.reference;
  const drawn = drawScheme(artwork, mainScheme, mark.state, '');
  const width = Math.max(shownWidth, drawn ? leastWidth(artwork.guideline, drawn) : 0);
  return {
    picture: `${ctx.address}${liveMarkPath(mark.offer.id, occupation)}`,
    mailPicture: `${ctx.address}${liveMarkPath(mark.offer.id, occupation, mainScheme, 'png')}`,
    page: `${ctx.address}${offerPath(mark.offer.id)}`,
    alt: liveAltText(mark.facts, mark.state, artwork.isPlaceholder),
    sentence: sentenceWithMark(mark.facts, mark.state),
    width,
    height: drawn ? Math.round((width * drawn.height) / drawn.width) : width,
  };
};

/** The credential of an offer, baked into the mark. @returns `null`: none stands. */
export const bakedCredential = async (
  ctx: Context,
  offer: string,
  occupation: string,
  form: 'json' | 'svg' | 'png',
): Promise<Uint8Array | null> => {
  const standing = await standingCredential(ctx, offer, occupation);
  if (!standing) return null;
  if (form === 'json') return strToU8(standing.signed);
  const mark = await markToday(ctx, offer, occupation);
  if (!mark) return null;
  const artwork = await artworkNow(ctx);
  const drawn = drawScheme(artwork, mainScheme, mark.state, altText(mark.facts, mark.state, artwork.isPlaceholder));
  if (!drawn) return null;
  const credential = JSON.parse(standing.signed) as object;
  return form === 'svg'
    ? strToU8(bakeSvg(drawn.svg, credential))
    : bakePng(await markAsPng(drawn, Math.max(bakedWidth, leastWidth(artwork.guideline, drawn))), credential);
};

const readme = (ctx: Context, mark: MarkToday, artwork: ArtworkNow, advice: ReturnType<typeof adviceOf>): string =>
  [
    `The quality mark for ${mark.facts.qualification.title}, for the occupation ${mark.facts.occupation.title}, at ${mark.facts.provider.name}`,
    '',
    ...(artwork.isPlaceholder
      ? ['THIS IS A PLACEHOLDER, NOT THE OFFICIAL MARK. The official artwork has not been loaded on this site.', '']
      : []),
    sentenceWithMark(mark.facts, mark.state),
    '',
    `Text for people who do not see it: ${altText(mark.facts, mark.state, artwork.isPlaceholder)}`,
    '',
    `These files cannot change. Whether the mark holds today: ${ctx.address}${offerPath(mark.offer.id)}`,
    `Anyone checks the credential: ${ctx.address}${verifyPath}`,
    '',
    ...advice.flatMap((one) => [`DO: ${one.do}`, `DON'T: ${one.dont}`, `Why: ${one.why}`, '']),
    `Colours, clear space and smallest size are from: ${artwork.guideline.source}`,
    '',
  ].join('\r\n');

/**
 * Everything that a provider needs to show the mark, in one file: each scheme as SVG and as PNG in each width, the credential,
 * what to paste, and how to use it.
 *
 * @returns `null` where the mark may not be used today.
 */
export const assetSet = async (ctx: Context, offer: string, occupation: string): Promise<Uint8Array | null> => {
  const mark = await markToday(ctx, offer, occupation);
  if (mark?.entitlement.kind !== 'entitled') return null;
  const artwork = await artworkNow(ctx);
  const rules = rulesToday(ctx);
  const alt = altText(mark.facts, mark.state, artwork.isPlaceholder);
  const parts = snippetParts(ctx, mark, artwork);
  const files: Record<string, Uint8Array> = {
    'READ-ME.txt': strToU8(`\u{feff}${readme(ctx, mark, artwork, adviceOf(rules, artwork.guideline))}`),
    'for-a-web-page.html': strToU8(htmlSnippet(parts)),
    'email-signature.html': strToU8(emailSignature(parts)),
    'text-for-people-who-do-not-see-it.txt': strToU8(`\u{feff}${alt}\r\n`),
  };
  for (const scheme of artwork.guideline.schemes) {
    const drawn = drawScheme(artwork, scheme.id, mark.state, alt);
    if (!drawn) continue;
    files[`mark-${scheme.id}.svg`] = strToU8(drawn.svg);
    for (const width of pictureWidths(artwork.guideline, drawn))
      files[`mark-${scheme.id}-${width}.png`] = await markAsPng(drawn, width);
  }
  for (const form of ['json', 'svg', 'png'] as const) {
    const baked = await bakedCredential(ctx, offer, occupation, form);
    if (baked) files[`credential.${form}`] = baked;
  }
  // Pictures are packed as they are; a fixed date, so that the same set is the same file.
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [name, [bytes, { level: name.endsWith('.png') ? 0 : 6 }]]),
    ),
    { mtime: new Date('2026-01-01T00:00:00Z') },
  );
};
