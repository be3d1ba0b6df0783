import sharp from 'sharp';
import type { Context } from '#platform/context.ts';
import { outlineText } from '#platform/documents/outline-text.ts';
import { type DrawnMark, drawMark } from '../domain/draw-mark.ts';
import type { Entitlement } from '../domain/entitlement.ts';
import { entitlementOn } from '../domain/entitlement.ts';
import type { MarkFacts } from '../domain/mark-facts.ts';
import { type MarkState, markStateOf } from '../domain/mark-state.ts';
import { altText, markName } from '../domain/mark-words.ts';
import { acceptanceNow } from './accept-terms.ts';
import { type ArtworkNow, artworkNow } from './artwork.ts';
import { factsOf, findOffer, type OfferSeen } from './register-facts.ts';
import { rulesToday, today } from './rules.ts';

/** One offer for one occupation, as it stands today. */
export type MarkToday = {
  readonly offer: OfferSeen;
  readonly facts: MarkFacts;
  readonly entitlement: Entitlement;
  readonly state: MarkState;
};

/** @returns `null` where the register has no such offer, or the qualification is not named for that occupation. */
export const markToday = async (ctx: Context, offerId: string, occupation: string): Promise<MarkToday | null> => {
  const offer = await findOffer(ctx, offerId, today(ctx));
  if (!offer?.occupations.some((one) => one.reference === occupation)) return null;
  const on = today(ctx);
  const facts = await factsOf(ctx, offer, occupation, on);
  const entitlement = entitlementOn(facts, {
    accepted: (await acceptanceNow(ctx, offer.ukprn)) !== null,
    titleRule: rulesToday(ctx).title,
    on,
  });
  return { offer, facts, entitlement, state: markStateOf(entitlement) };
};

/** Draws the mark in one of its schemes. @returns `null`: there is no such scheme. */
export const drawScheme = (artwork: ArtworkNow, schemeId: string, state: MarkState, alt: string): DrawnMark | null => {
  const scheme = artwork.guideline.schemes.find((one) => one.id === schemeId);
  if (!scheme) return null;
  return drawMark(artwork.guideline, scheme, state, alt, artwork.of(scheme.id), outlineText);
};

/** The mark as it is today, drawn when it is asked for: a page that shows it turns when the register does. */
export const liveMark = async (
  ctx: Context,
  offer: string,
  occupation: string,
  scheme: string,
): Promise<DrawnMark | null> => {
  const mark = await markToday(ctx, offer, occupation);
  if (!mark) return null;
  const artwork = await artworkNow(ctx);
  return drawScheme(artwork, scheme, mark.state, altText(mark.facts, mark.state, artwork.isPlaceholder));
};

/** The mark for no offer at all: what guidance shows. */
export const sampleMark = async (ctx: Context, scheme: string, state: MarkState): Promise<DrawnMark | null> => {
  const artwork = await artworkNow(ctx);
  return drawScheme(artwork, scheme, state, markName(artwork.isPlaceholder));
};

/** @param width in pixels. */
export const markAsPng = async (mark: DrawnMark, width: number): Promise<Uint8Array> =>
  sharp(Buffer.from(mark.svg), { density: (72 * width) / mark.width })
    .resize({ width })
    .png({ compressionLevel: 9 })
    .toBuffer();
