import type { Body } from './fact.ts';

/** What a reader narrows the register to. A part that is null narrows nothing. */
export type RegisterFilters = {
  readonly words: string | null;
  readonly route: string | null;
  readonly level: number | null;
  /** A standard's reference. */
  readonly occupation: string | null;
  readonly awardingOrganisation: string | null;
  /** A UKPRN, or a part of a name. */
  readonly provider: string | null;
  readonly region: string | null;
  readonly town: string | null;
  readonly mode: Body<'offer'>['mode'] | null;
  /** May be taught as an HTQ by this day. */
  readonly firstTeachBy: string | null;
  readonly state: 'approved' | 'withdrawn' | null;
};

export const noFilters: RegisterFilters = {
  words: null,
  route: null,
  level: null,
  occupation: null,
  awardingOrganisation: null,
  provider: null,
  region: null,
  town: null,
  mode: null,
  firstTeachBy: null,
  state: null,
};
