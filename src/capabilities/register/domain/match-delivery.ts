import { slugOf } from '#kernel/slug.ts';
import { confirmedAssertion } from './edit-assertions.ts';
import { type Assertion, noKeys } from './fact.ts';
import type { Entry, Offer } from './register-entry.ts';
import { type DeliveryRow, numberKey, titleKey } from './register-file.ts';

/** A provider that a row of the list can mean. */
export type KnownProvider = {
  readonly ukprn: string;
  readonly name: string;
  readonly type: string | null;
  readonly region: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
};

/** What a name says without the words that lists leave out or add. */
export const nameKey = (name: string): string =>
  titleKey(name)
    .split(' ')
    .filter((word) => !['the', 'limited', 'ltd', 'plc', 'of', 'group'].includes(word))
    .join(' ');

export const postcodeKey = (text: string | null): string => (text ?? '').toUpperCase().replaceAll(/\s/g, '');

/** Offers that came from such a list: those alone does a newer list end. */
export const isFromList = (offer: Pick<Offer, 'id'>): boolean => offer.id.startsWith('list-');

export const listOfferId = (entry: string, ukprn: string, postcode: string): string =>
  `list-${entry}-${ukprn}${postcode ? `-${slugOf(postcodeKey(postcode))}` : ''}`;

/** What a list says of a row in words, by which a decision about it is found again. */
export const rowKey = (row: Pick<DeliveryRow, 'provider' | 'postcode' | 'qualification'>): string =>
  JSON.stringify([row.provider, row.postcode, row.qualification]);

/** What a person said that a row means; `null`: it is left out. */
export type RowDecision = { readonly ukprn: string; readonly entry: string } | null;

export type MatchedRow = {
  /** The offer's id. */
  readonly id: string;
  readonly row: Pick<DeliveryRow, 'postcode'>;
  readonly ukprn: string;
  readonly entry: string;
  /** `confirmed`: the offer stood already, and the list brings the word that it waited for. */
  readonly what: 'new' | 'confirmed' | 'same';
  readonly assertions: readonly Assertion[];
};

export type DeliveryPlan = {
  readonly assertions: readonly Assertion[];
  readonly matched: readonly MatchedRow[];
  readonly unmatched: readonly DeliveryRow[];
  /** Offers of an earlier list that this one does not have. */
  readonly removed: readonly Offer[];
  readonly standing: number;
};

const listWords = 'The list of who delivers what';

/**
 * What a row says whose provider and entry are known. An offer that stands there already is left as it is, and confirmed
 * where it waited for that and the list brings it.
 *
 * @param isKnown whether the register holds the provider already: its facts are not written anew.
 */
export const offerFromList = (
  row: Pick<DeliveryRow, 'postcode'>,
  provider: KnownProvider,
  entry: Pick<Entry, 'id' | 'offers'>,
  {
    asAt,
    confirmedBy,
    isKnown,
  }: { readonly asAt: string; readonly confirmedBy: string | null; readonly isKnown: boolean },
): MatchedRow => {
  const { ukprn, name, type, region, town, postcode } = provider;
  const about = { row, ukprn, entry: entry.id };
  const there = entry.offers.find(
    (one) => one.ukprn === ukprn && (row.postcode === '' || postcodeKey(one.postcode) === postcodeKey(row.postcode)),
  );
  if (there)
    return confirmedBy === null || there.confirmedBy !== null
      ? { ...about, id: there.id, what: 'same', assertions: [] }
      : {
          ...about,
          id: there.id,
          what: 'confirmed',
          assertions: [confirmedAssertion(there, { by: confirmedBy, on: asAt, with: listWords })],
        };
  const id = listOfferId(entry.id, ukprn, row.postcode);
  return {
    ...about,
    id,
    what: 'new',
    assertions: [
      ...(isKnown
        ? []
        : [
            {
              kind: 'provider' as const,
              subject: ukprn,
              keys: { ...noKeys, ukprn },
              from: asAt,
              to: null,
              body: { name, type, region, town, postcode, closedOn: null },
            },
          ]),
      {
        kind: 'offer',
        subject: id,
        keys: { ...noKeys, qualification: entry.id, ukprn },
        from: asAt,
        to: null,
        body: {
          site: row.postcode || town || name,
          postcode: row.postcode,
          mode: 'not-said',
          entryRoutes: [],
          units: [],
          firstTeach: null,
          confirmedBy,
          confirmedOn: confirmedBy === null ? null : asAt,
          confirmedWith: confirmedBy === null ? null : listWords,
        },
      },
    ],
  };
};

/**
 * Which provider and which entry each row of the list means. One that means several, or none, is left for a person:
 * nothing is guessed. What a person decided about the same words holds, as long as what they chose is there.
 *
 * @param held what a row can mean, and what was decided before, by `rowKey`.
 */
export const matchDelivery = (
  rows: readonly DeliveryRow[],
  held: {
    readonly providers: readonly KnownProvider[];
    readonly entries: readonly Entry[];
    /** UKPRNs of providers that the register holds already. */
    readonly inRegister: ReadonlySet<string>;
    readonly decided: ReadonlyMap<string, RowDecision>;
  },
  asAt: string,
  confirmedBy: string | null,
): DeliveryPlan => {
  const { providers, entries, decided } = held;
  const byName = Map.groupBy(providers, (one) => nameKey(one.name));
  const byUkprn = new Map(providers.map((one) => [one.ukprn, one]));
  const byTitle = Map.groupBy(entries, (one) => titleKey(one.title));
  const byNumber = new Map(entries.flatMap((one) => one.numbers.map((number) => [numberKey(number), one] as const)));
  const byId = new Map(entries.map((one) => [one.id, one]));
  const matched = new Map<string, MatchedRow>();
  const unmatched: DeliveryRow[] = [];
  const known = new Set(held.inRegister);
  for (const row of rows) {
    const before = decided.get(rowKey(row));
    if (before === null) continue;
    const named = byName.get(nameKey(row.provider)) ?? [];
    const near = named.filter((one) => postcodeKey(one.postcode) === postcodeKey(row.postcode));
    const number = /\b\d{3}\/?\d{4}\/?[\dX]\b/i.exec(row.qualification)?.[0];
    const titled = byTitle.get(titleKey(row.qualification)) ?? [];
    const provider = before
      ? byUkprn.get(before.ukprn)
      : named.length === 1
        ? named[0]
        : near.length === 1
          ? near[0]
          : undefined;
    const entry = before
      ? byId.get(before.entry)
      : ((number ? byNumber.get(numberKey(number)) : undefined) ?? (titled.length === 1 ? titled[0] : undefined));
    if (!provider || !entry) {
      unmatched.push(row);
      continue;
    }
    const one = offerFromList(row, provider, entry, { asAt, confirmedBy, isKnown: known.has(provider.ukprn) });
    if (!matched.has(one.id)) matched.set(one.id, one);
    known.add(provider.ukprn);
  }
  const fromLists = entries.flatMap((one) => one.offers.filter(isFromList));
  const removed = fromLists.filter((one) => !matched.has(one.id));
  return {
    assertions: [
      ...[...matched.values()].flatMap((one) => one.assertions),
      ...removed.map((one) => ({
        kind: 'offer' as const,
        subject: one.id,
        keys: { ...noKeys, qualification: one.qualification, ukprn: one.ukprn },
        body: null,
        from: asAt,
        to: null,
      })),
    ],
    matched: [...matched.values()],
    unmatched,
    removed,
    standing: fromLists.length,
  };
};
