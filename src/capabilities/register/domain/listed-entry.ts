import type { Entry } from './register-entry.ts';

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
  /** How many deliver it. */
  readonly providers: number;
  readonly state: Entry['state']['kind'];
  readonly fictional: boolean;
};

export const asListed = (entry: Entry): ListedEntry => ({
  id: entry.id,
  title: entry.title,
  number: entry.numbers[0] ?? '',
  level: entry.level,
  awardingOrganisation: entry.awardingOrganisation,
  route: entry.route,
  occupationTitles: entry.approvals.map((one) => one.occupationTitle),
  firstTeach: entry.approvals.map((one) => one.firstTeach).toSorted()[0] ?? null,
  providers: new Set(entry.offers.map((one) => one.ukprn)).size,
  state: entry.state.kind,
  fictional: entry.fictional,
});
