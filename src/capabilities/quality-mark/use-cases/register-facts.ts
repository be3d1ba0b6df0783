import {
  findPastOffer,
  findRegisterOffer,
  markFacts,
  offering,
  offersOf,
  type RegisterOffer,
  registerKind,
} from '#cap/register';
import { dayWords } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import type { MarkFacts } from '../domain/mark-facts.ts';
import { endedOfProvider, lastOfOffer, type StoredCredential } from '../store/credentials.ts';

export { offering, registerKind };

/** Of what the register is a copy, and as at when; empty: it is the source. */
export const copyWords = async (ctx: Context): Promise<string> => {
  const kind = await registerKind(ctx);
  return kind.kind === 'authority'
    ? ''
    : `The register of this site is a copy of ${kind.of}, as at ${dayWords(kind.asAt)}. The source may say something newer.`;
};

/** An offer as the mark sees it: one qualification at one provider, and the occupations that it is named for. */
export type OfferSeen = {
  readonly id: string;
  readonly ukprn: string;
  readonly provider: string;
  readonly qualification: MarkFacts['qualification'];
  readonly occupations: readonly { readonly reference: string; readonly title: string }[];
};

const seen = (one: RegisterOffer): OfferSeen => ({
  id: one.id,
  ukprn: one.provider.ukprn,
  provider: one.provider.name,
  qualification: one.qualification,
  occupations: one.occupations,
});

/** The offer that a credential was issued for, also when the register holds it no more. */
export const seenIn = (one: StoredCredential): OfferSeen => ({
  id: one.offer,
  ukprn: one.ukprn,
  provider: one.statement.provider,
  qualification: { ...one.statement, id: one.qualification },
  occupations: [{ reference: one.occupation, title: one.statement.occupationTitle }],
});

const withOccupationsOf = (one: OfferSeen, other: OfferSeen): OfferSeen => ({
  ...one,
  occupations: [
    ...one.occupations,
    ...other.occupations.filter((each) => !one.occupations.some((there) => there.reference === each.reference)),
  ],
});

/**
 * What a provider offers on a day, and what it once had a credential for: an offer that ended, and an occupation whose approval
 * was withdrawn, stand in the register no more, and are what the mark has to say something about.
 */
export const offersOfProvider = async (ctx: Context, ukprn: string, on: string): Promise<readonly OfferSeen[]> => {
  const all = new Map<string, OfferSeen>();
  for (const one of [
    ...(await offersOf(ctx, ukprn, on)).map(seen),
    ...(await endedOfProvider(ctx, ukprn)).map(seenIn),
  ]) {
    const before = all.get(one.id);
    all.set(one.id, before ? withOccupationsOf(before, one) : one);
  }
  return [...all.values()];
};

export const findOffer = async (ctx: Context, id: string, on: string): Promise<OfferSeen | null> => {
  const now = await findRegisterOffer(ctx, id, on);
  const issued = (await lastOfOffer(ctx, id)).map(seenIn);
  const all = [...(now ? [seen(now)] : []), ...issued];
  if (all.length > 0) return all.reduce(withOccupationsOf);
  // One that ended and never had a credential: what happened is told all the same.
  const past = await findPastOffer(ctx, id, on);
  return past ? seen(past) : null;
};

/** The facts for one occupation of an offer; where the register holds them no more, what it was. */
export const factsOf = async (ctx: Context, offer: OfferSeen, reference: string, on: string): Promise<MarkFacts> => {
  const { id, ukprn, provider, qualification, occupations } = offer;
  const found = await markFacts(ctx, {
    qualification: qualification.id,
    ukprn,
    occupation: reference,
    offer: id,
    on,
  });
  if (found) return found;
  return {
    isGone: true,
    qualification,
    occupation: occupations.find((one) => one.reference === reference) ?? { reference, title: reference },
    provider: { ukprn, name: provider },
    approval: null,
    withdrawal: null,
    offer: null,
  };
};
