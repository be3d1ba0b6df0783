import type { Answer } from '#web/answer.ts';
import type { DrawnMark } from '../domain/draw-mark.ts';

export type Picture = { readonly src: string; readonly alt: string; readonly width: number; readonly height: number };

export const pictureOf = (src: string, alt: string, drawn: DrawnMark | null): Picture => ({
  src,
  alt,
  width: drawn?.width ?? 0,
  height: drawn?.height ?? 0,
});

/**
 * What other sites may show and programs may read: kept for half a minute at most, so that a mark turns, and a status list says
 * so, within the minute.
 */
export const openToAll: Readonly<Record<string, string>> = {
  'cache-control': 'public, max-age=30, must-revalidate',
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
};

export const svgAnswer = (name: string, drawn: DrawnMark): Answer => ({
  kind: 'file',
  name,
  type: 'image/svg+xml',
  body: drawn.svg,
  inline: true,
  headers: openToAll,
});

export const jsonAnswer = (name: string, type: string, value: object): Answer => ({
  kind: 'file',
  name,
  type,
  body: `${JSON.stringify(value, null, 2)}\n`,
  inline: true,
  headers: openToAll,
});
