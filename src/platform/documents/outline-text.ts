import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse } from 'opentype.js/dist/opentype.mjs';

export type Outline = { readonly path: string; readonly width: number };
/** Draws a line of text from (x, baseline) at a size. */
export type OutlineText = (
  text: string,
  at: { readonly x: number; readonly baseline: number; readonly size: number; readonly bold: boolean },
) => Outline;

const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/atkinson-hyperlegible'));

const font = (file: string) => {
  const bytes = readFileSync(join(folder, file));
  return parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
};
let fonts: { readonly bold: ReturnType<typeof font>; readonly regular: ReturnType<typeof font> } | null = null;

/**
 * Text as the path of an SVG, in the typeface that the project brings with it: a picture of it looks the same on a machine
 * that has no typefaces at all.
 */
export const outlineText: OutlineText = (text, { x, baseline, size, bold }) => {
  fonts ??= {
    bold: font('700Bold/AtkinsonHyperlegible_700Bold.ttf'),
    regular: font('400Regular/AtkinsonHyperlegible_400Regular.ttf'),
  };
  const chosen = bold ? fonts.bold : fonts.regular;
  // The library's own writer of paths gives NaN for numbers such as 257.99999999999994.
  const path = chosen
    .getPath(text, x, baseline, size)
    .commands.map(
      ({ type, x1, y1, x2, y2, x: endX, y: endY }) =>
        type +
        [x1, y1, x2, y2, endX, endY]
          .filter((one) => one !== undefined)
          .map((one) => String(Math.round(one * 10) / 10))
          .join(' '),
    )
    .join('');
  return { path, width: chosen.getAdvanceWidth(text, size) };
};
