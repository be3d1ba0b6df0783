import { type Entry, isConfirmed } from './register-entry.ts';

/** What a list says of an entry. */
export type ListedEntry = {
  readonly id: string;
  readonly title: string;
  /** The one it goes by first; empty: it has none. */
  readonly number: string;
  readonly level: number;
  readonly awardingOrganisation: string;
  readonly route: string | null;
  readonly occupationTitles: readonly string[];
  /** The first of its approvals'; `null`: it has none. */
  readonly firstTeach: string | null;
  /** How many deliver it, by the awarding organisation's word. */
  readonly providers: number;
  /** How many more say so, and wait for that word: they do not count. */
  readonly unconfirmed: number;
  readonly state: Entry['state']['kind'];
  readonly fictional: boolean;
};

/** Who delivers an entry on a day, by UKPRN: those that the awarding organisation confirmed, and those that wait for it. */
export const providersOf = (
  entry: Pick<Entry, 'offers'>,
  on: string,
): { readonly confirmed: readonly string[]; readonly unconfirmed: readonly string[] } => {
  const confirmed = new Set(entry.offers.filter((one) => isConfirmed(one, on)).map((one) => one.ukprn));
  const all = new Set(entry.offers.map((one) => one.ukprn));
  return { confirmed: [...confirmed], unconfirmed: [...all].filter((one) => !confirmed.has(one)) };
};

export const asListed = (entry: Entry, on: string): ListedEntry => ({
  id: entry.id,
  title: entry.title,
  number: entry.numbers[0] ?? '',
  level: entry.level,
  awardingOrganisation: entry.awardingOrganisation,
  route: entry.route,
  occupationTitles: entry.approvals.map((one) => one.occupationTitle),
  firstTeach: entry.approvals.map((one) => one.firstTeach).toSorted()[0] ?? null,
  providers: providersOf(entry, on).confirmed.length,
  unconfirmed: providersOf(entry, on).unconfirmed.length,
  state: entry.state.kind,
  fictional: entry.fictional,
});
