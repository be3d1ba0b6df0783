import type { Context } from '#platform/context.ts';
import { findCredential, standingCredential } from '../store/credentials.ts';

/** A credential as it was handed out, standing or not. @returns `null`: there never was one of that id. */
export const signedCredential = async (ctx: Context, id: string): Promise<object | null> => {
  const found = await findCredential(ctx, id);
  return found ? (JSON.parse(found.signed) as object) : null;
};

/** When the credential of an offer was issued that stands; `null`: none stands. */
export const issuedOn = async (ctx: Context, offer: string, occupation: string): Promise<Date | null> =>
  (await standingCredential(ctx, offer, occupation))?.issuedAt ?? null;
