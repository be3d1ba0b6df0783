import type { Context } from '#platform/context.ts';
import type { Artwork } from '../domain/draw-mark.ts';
import type { Guideline, SchemeId } from '../domain/mark-rules.ts';
import { rulesToday } from './rules.ts';

export type ArtworkNow = {
  readonly isPlaceholder: boolean;
  readonly guideline: Guideline;
  readonly of: (scheme: SchemeId) => Artwork | null;
};

/** What the mark is drawn from today: the official artwork once it was loaded and checked, else the placeholder. */
export const artworkNow = async (ctx: Context): Promise<ArtworkNow> => ({
  isPlaceholder: true,
  guideline: rulesToday(ctx).placeholder,
  of: () => null,
});
