import { slugOf } from '#kernel/slug.ts';
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

export type DeliveryPlan = {
  readonly assertions: readonly Assertion[];
  readonly matched: readonly {
    readonly row: DeliveryRow;
    readonly ukprn: string;
    readonly entry: string;
    readonly isNew: boolean;
  }[];
  readonly unmatched: readonly DeliveryRow[];
  /** Offers of an earlier list that this one does not have. */
  readonly removed: readonly Offer[];
  readonly standing: number;
};

export const offerFromList = (
  row: Pick<DeliveryRow, 'postcode'>,
  provider: KnownProvider,
  entry: Pick<Entry, 'id' | 'approvals'>,
  asAt: string,
  confirmedBy: string | null,
): readonly Assertion[] => [
  {
    kind: 'provider',
    subject: provider.ukprn,
    keys: { ...noKeys, ukprn: provider.ukprn },
    from: asAt,
    to: null,
    body: {
      name: provider.name,
      type: provider.type,
      region: provider.region,
      town: provider.town,
      postcode: provider.postcode,
      closedOn: null,
    },
  },
  {
    kind: 'offer',
    subject: listOfferId(entry.id, provider.ukprn, row.postcode),
    keys: { ...noKeys, qualification: entry.id, ukprn: provider.ukprn },
    from: asAt,
    to: null,
    body: {
      site: row.postcode || provider.town || provider.name,
      postcode: row.postcode,
      mode: 'not-said',
      entryRoutes: [],
      units: [],
      firstTeach: null,
      confirmedBy,
      confirmedOn: confirmedBy === null ? null : asAt,
      confirmedWith: confirmedBy === null ? null : 'The list of who delivers what',
    },
  },
];

/**
 * Which provider and which entry each row of the list means. One that means several, or none, is left for a person:
 * nothing is guessed.
 *
 * @param inRegister UKPRNs of providers that the register holds already: their facts are not written anew.
 */
export const matchDelivery = (
  rows: readonly DeliveryRow[],
  providers: readonly KnownProvider[],
  entries: readonly Entry[],
  inRegister: ReadonlySet<string>,
  asAt: string,
  confirmedBy: string | null,
): DeliveryPlan => {
  const byName = Map.groupBy(providers, (one) => nameKey(one.name));
  const byTitle = Map.groupBy(entries, (one) => titleKey(one.title));
  const byNumber = new Map(entries.flatMap((one) => one.numbers.map((number) => [numberKey(number), one] as const)));
  const assertions: Assertion[] = [];
  const matched: DeliveryPlan['matched'][number][] = [];
  const unmatched: DeliveryRow[] = [];
  const kept = new Set<string>();
  const known = new Set(inRegister);
  for (const row of rows) {
    const named = byName.get(nameKey(row.provider)) ?? [];
    const near = named.filter((one) => postcodeKey(one.postcode) === postcodeKey(row.postcode));
    const provider = named.length === 1 ? named[0] : near.length === 1 ? near[0] : undefined;
    const number = /\b\d{3}\/?\d{4}\/?[\dX]\b/i.exec(row.qualification)?.[0];
    const titled = byTitle.get(titleKey(row.qualification)) ?? [];
    const entry =
      (number ? byNumber.get(numberKey(number)) : undefined) ?? (titled.length === 1 ? titled[0] : undefined);
    if (!provider || !entry) {
      unmatched.push(row);
      continue;
    }
    const there = entry.offers.find(
      (one) =>
        one.ukprn === provider.ukprn &&
        (row.postcode === '' || postcodeKey(one.postcode) === postcodeKey(row.postcode)),
    );
    kept.add(there?.id ?? listOfferId(entry.id, provider.ukprn, row.postcode));
    matched.push({ row, ukprn: provider.ukprn, entry: entry.id, isNew: there === undefined });
    if (there) continue;
    assertions.push(
      ...offerFromList(row, provider, entry, asAt, confirmedBy).filter(
        (one) => one.kind !== 'provider' || !known.has(provider.ukprn),
      ),
    );
    known.add(provider.ukprn);
  }
  const fromLists = entries.flatMap((one) => one.offers.filter(isFromList));
  const removed = fromLists.filter((one) => !kept.has(one.id));
  for (const one of removed)
    assertions.push({
      kind: 'offer',
      subject: one.id,
      keys: { ...noKeys, qualification: one.qualification, ukprn: one.ukprn },
      body: null,
      from: asAt > one.from ? asAt : one.from,
      to: null,
    });
  return { assertions, matched, unmatched, removed, standing: fromLists.length };
};
