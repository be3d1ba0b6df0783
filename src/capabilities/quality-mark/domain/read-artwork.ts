import type { Artwork } from './draw-mark.ts';

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? null;

const pixels = (value: string | null): number | null => {
  const found = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(value ?? '')?.[1];
  return found === undefined || Number(found) === 0 ? null : Number(found);
};

/**
 * An SVG's size and what is inside its root, to be placed into another. The SVG was found to do nothing but draw before.
 *
 * @returns `null` when it has no size.
 */
export const readArtwork = (svg: string): Artwork | null => {
  const root = /<svg\b[^>]*>/.exec(svg);
  const end = svg.lastIndexOf('</svg');
  if (!root || end < root.index) return null;
  const [tag] = root;
  const box = /^\s*([-\d.]+)[\s,]+([-\d.]+)[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)\s*$/.exec(
    attribute(tag, 'viewBox') ?? '',
  );
  const width = pixels(box?.[3] ?? attribute(tag, 'width'));
  const height = pixels(box?.[4] ?? attribute(tag, 'height'));
  if (width === null || height === null) return null;
  // Prefixes that the root declares are used inside it.
  const prefixes = [...tag.matchAll(/\sxmlns:[\w-]+\s*=\s*["'][^"']*["']/g)].map((one) => one[0]).join('');
  const inside = svg.slice(root.index + tag.length, end).replaceAll(/<\?[^>]*\?>/g, '');
  return {
    width,
    height,
    viewBox: box?.[0].trim() ?? `0 0 ${width} ${height}`,
    inside: prefixes === '' ? inside : `<g${prefixes}>${inside}</g>`,
  };
};
