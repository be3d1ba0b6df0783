import { z } from 'zod';
import { readUkprn } from './ukprn.ts';

/** What an issuer says of someone, as far as this toolkit listens. */
export type IssuerClaims = {
  /** `null`: it gave none, or one that it has not verified. */
  readonly verifiedAddress: string | null;
  readonly name: string | null;
  /** The provider they work for, by its UKPRN; `null`: it named none. */
  readonly provider: { readonly ukprn: string; readonly name: string } | null;
};

const text = z.string().trim().min(1);

/** DfE Sign-in's organisation claim: an object, or the same as JSON text; `ukprn` is text, a number, or missing. */
const organisation = z.object({ name: text, ukprn: z.union([z.string(), z.number()]) });

const personName = (claims: Readonly<Record<string, unknown>>): string | null => {
  const whole = text.safeParse(claims.name);
  if (whole.success) return whole.data.slice(0, 100);
  const parts = [claims.given_name, claims.family_name].flatMap((part) => text.safeParse(part).data ?? []);
  return parts.length > 0 ? parts.join(' ').slice(0, 100) : null;
};

const provider = (claim: unknown): IssuerClaims['provider'] => {
  let value = claim;
  if (typeof claim === 'string')
    try {
      value = JSON.parse(claim);
    } catch {
      return null;
    }
  const read = organisation.safeParse(value);
  if (!read.success) return null;
  const ukprn = readUkprn(String(read.data.ukprn));
  return ukprn === null ? null : { ukprn, name: read.data.name };
};

/**
 * @param claims of the ID token and the user info together.
 * @param readAddress gives an address its one form, or `null` where it is none.
 */
export const readIssuerClaims = (
  claims: Readonly<Record<string, unknown>>,
  readAddress: (typed: string) => string | null,
): IssuerClaims => ({
  // OpenID Connect Core 5.1: true only where the issuer took steps to see that the address is theirs.
  verifiedAddress:
    claims.email_verified === true && typeof claims.email === 'string' ? readAddress(claims.email) : null,
  name: personName(claims),
  provider: provider(claims.organisation),
});
