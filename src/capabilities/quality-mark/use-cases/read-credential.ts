import type { Context } from '#platform/context.ts';
import type { Verdict } from '../domain/verdict.ts';
import { credentialIdPath } from '../paths.ts';
import { findCredential, type StoredCredential, standingCredential } from '../store/credentials.ts';

/** A credential as it was handed out, standing or not. @returns `null`: there never was one of that id. */
export const signedCredential = async (ctx: Context, id: string): Promise<object | null> => {
  const found = await findCredential(ctx, id);
  return found ? (JSON.parse(found.signed) as object) : null;
};

/** When the credential of an offer was issued that stands; `null`: none stands. */
export const issuedOn = async (ctx: Context, offer: string, occupation: string): Promise<Date | null> =>
  (await standingCredential(ctx, offer, occupation))?.issuedAt ?? null;

/** The offer and occupation that a credential was issued for, by its verdict; `null`: it is none of this site's. */
export const offerOfCredential = async (
  ctx: Context,
  verdict: Verdict,
): Promise<{ readonly offer: string; readonly occupation: string } | null> => {
  const id = verdict.kind === 'unreadable' ? null : verdict.said.id;
  const found = id === null ? null : await findCredentialAt(ctx, id);
  return found ? { offer: found.offer, occupation: found.occupation } : null;
};

/** A credential by its own address; `null`: it is none of this site's. */
export const findCredentialAt = async (ctx: Context, address: string): Promise<StoredCredential | null> => {
  const prefix = `${ctx.address}${credentialIdPath('')}`;
  return address.startsWith(prefix) ? findCredential(ctx, address.slice(prefix.length)) : null;
};
