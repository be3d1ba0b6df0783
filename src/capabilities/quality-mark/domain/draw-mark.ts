import { dayWords } from '#kernel/london-time.ts';
import type { Guideline, Scheme } from './mark-rules.ts';
import type { MarkState } from './mark-state.ts';
import { escaped } from './snippets.ts';

/** A line of text as the path of an SVG. */
export type OutlineLine = (
  text: string,
  at: { readonly x: number; readonly baseline: number; readonly size: number; readonly bold: boolean },
) => { readonly path: string; readonly width: number };

/** The official mark as it was loaded: its root's own size and everything inside it. */
export type Artwork = {
  readonly width: number;
  readonly height: number;
  readonly viewBox: string;
  readonly inside: string;
};

export type DrawnMark = {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** Across of the mark itself, in the same units: without the clear space on either side. */
  readonly markWidth: number;
};

/** Units of the drawing: everything else follows from the emblem's side. */
const side = 96;
const large = side * 0.3;
const small = side * 0.15;
const captionSize = side * 0.16;

const number = (value: number): string => String(Math.round(value * 10) / 10);

/** What the mark says of its own state, in lines; the first is drawn large where it does not stand. */
export const stateLines = (state: MarkState): readonly string[] => {
  switch (state.kind) {
    case 'standing':
      return [];
    case 'before-first-teach':
      return [`First teaching on ${dayWords(state.firstTeach)}`];
    case 'withdrawn':
      return [`Approval withdrawn on ${dayWords(state.on)}`];
    case 'not-in-use':
      return ['The mark does not hold here today'];
  }
};

export const placeholderLine = 'Placeholder: not the official mark';

const holds = (state: MarkState): boolean => state.kind === 'standing' || state.kind === 'before-first-teach';

/** Two steps, for levels 4 and 5, under a tick; crossed out where the mark does not hold. */
const emblem = (scheme: Scheme, x: number, y: number, standing: boolean): string => {
  const at = (dx: number, dy: number): string => `${number(x + dx * side)} ${number(y + dy * side)}`;
  const box = `<rect x="${number(x)}" y="${number(y)}" width="${side}" height="${side}" rx="${number(side * 0.12)}" fill="${scheme.ink}"/>`;
  const line = (path: string): string =>
    `<path d="${path}" fill="none" stroke="${scheme.ground}" stroke-width="${number(side * 0.1)}" stroke-linecap="round" stroke-linejoin="round"/>`;
  if (!standing)
    return `${box}${line(`M${at(0.25, 0.25)}L${at(0.75, 0.75)}`)}${line(`M${at(0.75, 0.25)}L${at(0.25, 0.75)}`)}`;
  const bar = (dx: number, top: number): string =>
    `<rect x="${number(x + dx * side)}" y="${number(y + top * side)}" width="${number(side * 0.24)}" height="${number((0.86 - top) * side)}" fill="${scheme.ground}"/>`;
  return `${box}${bar(0.14, 0.62)}${bar(0.46, 0.48)}${line(`M${at(0.2, 0.34)}L${at(0.38, 0.46)}L${at(0.8, 0.14)}`)}`;
};

type Piece = Omit<DrawnMark, 'svg'> & { readonly drawn: string };

const placeholderPiece = (scheme: Scheme, state: MarkState, pad: number, outline: OutlineLine): Piece => {
  const x = pad + side * 1.2;
  const standing = holds(state);
  const lines = [
    ...['Higher Technical', 'Qualification'].map((text, at) => ({
      text,
      size: large,
      bold: true,
      baseline: side * (0.26 + at * 0.32),
    })),
    { text: placeholderLine, size: small, bold: false, baseline: side * 0.82 },
    ...stateLines(state).map((text) => ({ text, size: captionSize, bold: true, baseline: side * 1.02 })),
  ].map(({ text, size, bold, baseline }) => ({ ...outline(text, { x, baseline: pad + baseline, size, bold }), text }));
  const width = x + Math.max(...lines.map((one) => one.width)) + pad;
  const height = 2 * pad + side * (stateLines(state).length > 0 ? 1.06 : 1);
  const paths = lines.map((one) => `<path d="${one.path}" fill="${scheme.text}"/>`).join('');
  return { drawn: `${emblem(scheme, pad, pad, standing)}${paths}`, width, height, markWidth: width - 2 * pad };
};

const officialPiece = (
  scheme: Scheme,
  artwork: Artwork,
  state: MarkState,
  outline: OutlineLine,
  clearSpace: number,
): Piece => {
  const height = side;
  const width = (artwork.width / artwork.height) * side;
  const pad = clearSpace * side;
  // Artwork is shown whole or not at all: where the mark does not hold, words alone stand in its place.
  const picture = holds(state)
    ? `<svg x="${number(pad)}" y="${number(pad)}" width="${number(width)}" height="${number(height)}" viewBox="${escaped(artwork.viewBox)}">${artwork.inside}</svg>`
    : '';
  const lines = stateLines(state).map((text, at) =>
    outline(text, {
      x: pad,
      // Below the clear space, which words must not enter.
      baseline: holds(state)
        ? pad + height + pad + captionSize * (1 + at * 1.3)
        : pad + side * 0.5 + at * captionSize * 1.3,
      size: captionSize,
      bold: true,
    }),
  );
  const paths = lines.map((one) => `<path d="${one.path}" fill="${scheme.text}"/>`).join('');
  const below = holds(state) && lines.length > 0 ? captionSize * 1.6 : 0;
  return {
    drawn: `${picture}${paths}`,
    width: Math.max(width, ...lines.map((one) => one.width)) + 2 * pad,
    height: height + 2 * pad + below,
    markWidth: width,
  };
};

/**
 * Draws the mark from one set of parameters. Its clear space is part of the picture, on its own ground, so that nobody has to
 * remember it; words are paths, so that it looks the same everywhere.
 *
 * @param artwork the official mark for this scheme; `null`: the placeholder, which says that it is one.
 * @param alt what it says to those who do not see it.
 */
export const drawMark = (
  guideline: Guideline,
  scheme: Scheme,
  state: MarkState,
  alt: string,
  artwork: Artwork | null,
  outline: OutlineLine,
): DrawnMark => {
  const piece =
    artwork === null
      ? placeholderPiece(scheme, state, guideline.clearSpace * side, outline)
      : officialPiece(scheme, artwork, state, outline, guideline.clearSpace);
  const width = Math.ceil(piece.width);
  const height = Math.ceil(piece.height);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(alt)}</title>`,
    `<rect width="${width}" height="${height}" fill="${scheme.ground}"/>`,
    piece.drawn,
    '</svg>',
  ].join('\n');
  return { svg, width, height, markWidth: piece.markWidth };
};

/** Pixels across of the smallest picture whose mark is as wide as the guideline wants: the clear space comes on top of that. */
export const leastWidth = ({ minimumWidthPixels }: Guideline, { width, markWidth }: DrawnMark): number =>
  Math.ceil((minimumWidthPixels * width) / markWidth);

/** Pixels across of the pictures that are handed out, the smallest first: none that the guideline forbids. */
export const pictureWidths = (guideline: Guideline, drawn: DrawnMark): readonly number[] => {
  const least = leastWidth(guideline, drawn);
  return [least, ...guideline.widths.filter((one) => one > least)];
};
