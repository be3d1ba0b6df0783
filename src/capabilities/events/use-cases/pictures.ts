import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { encodeQR } from 'qr';
import sharp, { type OverlayOptions } from 'sharp';
import type { Context } from '#platform/context.ts';
import type { HeldEvent } from '../domain/event.ts';
import { whenWords } from '../domain/event-words.ts';
import { type Box, layoutOf, type Shape, shapes } from '../domain/picture.ts';
import { eventsPath } from '../paths.ts';

/** A typeface that comes with the toolkit, so that a picture is the same on every machine. */
const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/atkinson-hyperlegible/package.json'));
const faces = {
  bold: { name: 'Atkinson Hyperlegible Bold', file: join(fonts, '700Bold/AtkinsonHyperlegible_700Bold.ttf') },
  regular: { name: 'Atkinson Hyperlegible', file: join(fonts, '400Regular/AtkinsonHyperlegible_400Regular.ttf') },
} as const;

/** The brand's two tones, dark enough for white text on either (WCAG 2.2, 1.4.3). */
const ground = '#0b5a5e';
const band = '#07393c';

/** Pango's markup is XML: what was typed is escaped. */
const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Words as large as fit into a box, broken between words. */
const fitted = async (words: string, face: keyof typeof faces, box: Box): Promise<OverlayOptions> => {
  const text = await sharp({
    text: {
      text: `<span foreground="white">${escaped(words)}</span>`,
      font: faces[face].name,
      fontfile: faces[face].file,
      width: box.width,
      height: box.height,
      rgba: true,
      align: 'left',
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  // Rounding may make it larger than its box by a pixel or two.
  const { width, height } = text.info;
  const input =
    width > box.width || height > box.height
      ? await sharp(text.data).resize({ width: box.width, height: box.height, fit: 'inside' }).png().toBuffer()
      : text.data;
  return { input, left: box.left, top: box.top };
};

/** As it is read off a picture and typed. */
const signUpAt = (ctx: Context): string => `${new URL(ctx.address).host}${eventsPath}`;

/** What the picture says, for those who do not see it. */
export const pictureWords = (ctx: Context, event: HeldEvent, how: string): string =>
  `${event.text.title}. ${whenWords(event.time, event.month)}. ${how}. Sign up: ${signUpAt(ctx)}`;

/** A picture of an event for social media, made from what the event says of itself. */
export const eventPicture = async (ctx: Context, event: HeldEvent, shape: Shape, how: string): Promise<Uint8Array> => {
  const { width, height } = shapes[shape];
  const boxes = layoutOf(shape);
  const bandTop = Math.round(height * 0.59);
  const texts = [
    fitted('Higher Technical Qualifications', 'regular', boxes.kicker),
    fitted(event.text.title, 'bold', boxes.title),
    fitted(whenWords(event.time, event.month), 'bold', boxes.when),
    fitted(how || 'All welcome', 'regular', boxes.how),
    fitted(`Sign up: ${signUpAt(ctx)}`, 'regular', boxes.foot),
  ];
  const background = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${ground}"/><rect y="${bandTop}" width="${width}" height="${height - bandTop}" fill="${band}"/></svg>`,
  );
  return sharp(background)
    .composite(await Promise.all(texts))
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
};

/** A QR code that holds a link; a quarter of it may be damaged, as on a poster. */
export const qrSvg = (address: string): string => encodeQR(address, 'svg', { ecc: 'quartile', border: 4 });

const qrPixels = 1000;

export const qrPng = (address: string): Promise<Uint8Array> =>
  sharp(Buffer.from(qrSvg(address)), { density: 300 })
    .resize({ width: qrPixels, height: qrPixels, kernel: 'nearest' })
    .flatten({ background: 'white' })
    .png()
    .toBuffer();
