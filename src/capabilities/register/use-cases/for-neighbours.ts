import type { Referred } from '#kernel/reference.ts';
import type { Context } from '#platform/context.ts';
import { daysAfter } from '../domain/day.ts';
import { withdrawalReasons } from '../domain/fact.ts';
import { type Approval, type Entry, isConfirmed, type Offer, type Withdrawal } from '../domain/register-entry.ts';
import { entryPath } from '../paths.ts';
import { factsBelieved, factsHolding, ofKind } from '../store/facts.ts';
import {
  asOfToday,
  entriesForOccupation,
  offersOfProvider,
  readEntries,
  readEntry,
  readProviders,
} from './read-register.ts';

export type OfferFacts = {
  readonly id: string;
  readonly site: string;
  readonly firstTeach: string;
  /** `null`: the awarding organisation has not confirmed it, so it does not count. */
  readonly confirmedBy: string | null;
  readonly confirmedOn: string | null;
};

export type MarkFacts = {
  readonly qualification: {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly level: number;
    readonly awardingOrganisation: string;
    readonly route: string | null;
  };
  readonly occupation: { readonly reference: string; readonly title: string };
  readonly provider: { readonly ukprn: string; readonly name: string };
  /** For this occupation, on this day. */
  readonly approval: { readonly cycle: string; readonly approvedOn: string; readonly firstTeach: string } | null;
  /** The latest withdrawal of this occupation, or of the whole qualification, that had begun by that day. */
  readonly withdrawal: { readonly on: string /** In words. */; readonly reason: string } | null;
  readonly offer: OfferFacts | null;
};

export type MarkQuestion = {
  /** The entry's id in the register. */
  readonly qualification: string;
  readonly ukprn: string;
  /** The standard's reference: `ST0127`. */
  readonly occupation: string;
  /** This very offer of the provider's; without it, one that is confirmed comes before one that is not. */
  readonly offer?: string;
  /** ISO day. */
  readonly on: string;
};

const firstTeachOf = (offer: Offer, approval: Approval | undefined): string =>
  [offer.firstTeach ?? '', approval?.firstTeach ?? ''].toSorted().at(-1) || offer.from;

const withdrawalFor = (entry: Entry, occupation: string, on: string): Withdrawal | undefined =>
  entry.withdrawals
    .filter((one) => one.on <= on && (one.occupation === null || one.occupation === occupation))
    .toSorted((one, other) => other.on.localeCompare(one.on))[0];

/**
 * What the register says, on a day, of a provider's right to call a qualification an HTQ for an occupation. An approval
 * that was given back after a withdrawal stands again: both are told, and the dates say which is the later.
 *
 * @returns `null` when the register has no such qualification, or never heard of such a provider.
 */
export const markFacts = async (ctx: Context, asked: MarkQuestion): Promise<MarkFacts | null> => {
  const asOf = { on: asked.on, known: null };
  const entry = await readEntry(ctx, asOf, asked.qualification);
  const provider = (await readProviders(ctx, asOf, [asked.ukprn])).get(asked.ukprn);
  if (!entry || !provider) return null;
  const approval = entry.approvals.find((one) => one.occupation === asked.occupation);
  const withdrawal = withdrawalFor(entry, asked.occupation, asked.on);
  const offers = entry.offers.filter(
    (one) => one.ukprn === asked.ukprn && (asked.offer === undefined || one.id === asked.offer),
  );
  // A provider that closed offers nothing, whatever became of its offers.
  const isClosed = provider.closedOn !== null && provider.closedOn <= asked.on;
  const offer = isClosed ? undefined : (offers.find((one) => isConfirmed(one, asked.on)) ?? offers[0]);
  return {
    qualification: {
      id: entry.id,
      number: entry.numbers[0] ?? '',
      title: entry.title,
      level: entry.level,
      awardingOrganisation: entry.awardingOrganisation,
      route: entry.route,
    },
    occupation: {
      reference: asked.occupation,
      title: approval?.occupationTitle ?? (await titleOf(ctx, asked.occupation)),
    },
    provider: { ukprn: provider.ukprn, name: provider.name },
    approval: approval
      ? { cycle: approval.cycle, approvedOn: approval.approvedOn, firstTeach: approval.firstTeach }
      : null,
    withdrawal: withdrawal ? { on: withdrawal.on, reason: withdrawalReasons[withdrawal.reason] } : null,
    offer: offer
      ? {
          id: offer.id,
          site: offer.site,
          firstTeach: firstTeachOf(offer, approval),
          confirmedBy: offer.confirmedBy,
          confirmedOn: offer.confirmedOn,
        }
      : null,
  };
};

/** The title an occupation has, whether or not anything is approved for it now. */
const titleOf = async (ctx: Context, occupation: string): Promise<string> =>
  (await ctx.references.find(ctx, { kind: 'standard', id: occupation }))?.title.replace(`${occupation} `, '') ??
  occupation;

/** An offer with what it is an offer of. */
export type RegisterOffer = OfferFacts & {
  readonly qualification: MarkFacts['qualification'];
  readonly occupations: readonly { readonly reference: string; readonly title: string }[];
  readonly provider: {
    readonly ukprn: string;
    readonly name: string;
    readonly region: string | null;
    readonly town: string | null;
    readonly postcode: string | null;
  };
  readonly postcode: string;
  readonly mode: string;
  /** Codes of the units that it runs; empty: not said. */
  readonly units: readonly string[];
};

const asRegisterOffers = async (
  ctx: Context,
  on: string,
  entries: readonly Entry[],
  wanted: (offer: Offer) => boolean,
): Promise<readonly RegisterOffer[]> => {
  const asOf = { on, known: null };
  const offers = entries.flatMap((entry) => entry.offers.filter(wanted).map((offer) => ({ entry, offer })));
  const providers = await readProviders(ctx, asOf, [...new Set(offers.map(({ offer }) => offer.ukprn))]);
  return offers.map(({ entry, offer }) => {
    const provider = providers.get(offer.ukprn);
    return {
      id: offer.id,
      site: offer.site,
      // The first of its occupations that may be taught.
      firstTeach: firstTeachOf(offer, entry.approvals.toSorted((a, b) => a.firstTeach.localeCompare(b.firstTeach))[0]),
      confirmedBy: offer.confirmedBy,
      confirmedOn: offer.confirmedOn,
      postcode: offer.postcode,
      mode: offer.mode,
      units: offer.units,
      qualification: {
        id: entry.id,
        number: entry.numbers[0] ?? '',
        title: entry.title,
        level: entry.level,
        awardingOrganisation: entry.awardingOrganisation,
        route: entry.route,
      },
      occupations: entry.approvals.map((one) => ({ reference: one.occupation, title: one.occupationTitle })),
      provider: {
        ukprn: offer.ukprn,
        name: provider?.name ?? offer.ukprn,
        region: provider?.region ?? null,
        town: provider?.town ?? null,
        postcode: provider?.postcode ?? null,
      },
    };
  });
};

/** What a provider offers on a day, confirmed or not, with its qualifications and the occupations they are approved for. */
export const offersOf = async (ctx: Context, ukprn: string, on: string): Promise<readonly RegisterOffer[]> => {
  const asOf = { on, known: null };
  const ids = [...new Set((await offersOfProvider(ctx, asOf, ukprn)).map((one) => one.qualification))];
  return asRegisterOffers(ctx, on, await readEntries(ctx, asOf, ids), (one) => one.ukprn === ukprn);
};

/** UKPRNs of those who offer a qualification on a day, confirmed or not. */
export const offering = async (ctx: Context, qualification: string, on: string): Promise<readonly string[]> => [
  ...new Set((await readEntry(ctx, { on, known: null }, qualification))?.offers.map((one) => one.ukprn)),
];

/** One offer by its id, as it stands on a day; `null`: there is none then. */
export const findRegisterOffer = async (ctx: Context, id: string, on: string): Promise<RegisterOffer | null> => {
  const asOf = { on, known: null };
  const [fact] = ofKind(await factsHolding(ctx, asOf, { kinds: ['offer'], subjects: [id] }), 'offer');
  const entry = fact ? await readEntry(ctx, asOf, fact.keys.qualification ?? '') : null;
  return entry ? ((await asRegisterOffers(ctx, on, [entry], (one) => one.id === id))[0] ?? null) : null;
};

/**
 * One offer that does not stand on a day, as it stood on the last day before on which it did, or as it will on its first.
 *
 * @returns `null`: the register never held such an offer.
 */
export const findPastOffer = async (ctx: Context, id: string, on: string): Promise<RegisterOffer | null> => {
  const facts = await factsBelieved(ctx, { on, known: null }, { kinds: ['offer'], subjects: [id] });
  const last = facts.findLast((one) => one.from <= on) ?? facts[0];
  if (!last) return null;
  return findRegisterOffer(ctx, id, last.to === null || last.from > on ? last.from : daysAfter(last.to, -1));
};

/** Offers of qualifications that are approved on a day: who already teaches it, and where. */
export const findRegisterOffers = async (
  ctx: Context,
  asked: {
    readonly occupation?: string;
    readonly route?: string;
    readonly region?: string;
    readonly on: string;
  },
): Promise<readonly RegisterOffer[]> => {
  const asOf = { on: asked.on, known: null };
  const entries =
    asked.occupation === undefined
      ? await readEntries(
          ctx,
          asOf,
          ofKind(await factsHolding(ctx, asOf, { kinds: ['qualification'] }), 'qualification')
            .filter((one) => asked.route === undefined || one.body.route === asked.route)
            .map((one) => one.subject),
        )
      : await entriesForOccupation(ctx, asOf, asked.occupation);
  const offers = await asRegisterOffers(
    ctx,
    asked.on,
    entries.filter((one) => one.approvals.length > 0 && (asked.route === undefined || one.route === asked.route)),
    () => true,
  );
  return offers.filter((one) => asked.region === undefined || one.provider.region === asked.region);
};

/** What a reference to an entry leads to; `null`: there is none. */
export const referredEntry = async (ctx: Context, id: string): Promise<Referred | null> => {
  const entry = await readEntry(ctx, asOfToday(ctx), id);
  return entry ? { title: entry.title, href: entryPath(id) } : null;
};
