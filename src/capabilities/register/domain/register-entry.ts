import type { Body, Fact } from './fact.ts';

/** What is asked: what was true on a day, by what was known at an instant; `null`: by what is known now. */
export type AsOf = { readonly on: string; readonly known: Date | null };

export type Approval = Body<'approval'> & { readonly occupation: string; readonly until: string | null };
export type Offer = Body<'offer'> & {
  readonly id: string;
  readonly qualification: string;
  readonly ukprn: string;
  readonly from: string;
  /** First day on which it is offered no longer, where that is known already. */
  readonly until: string | null;
};
export type Provider = Body<'provider'> & { readonly ukprn: string };
export type Withdrawal = Body<'withdrawal'> & {
  /** What it is a fact about: one subject may be withdrawn, approved again, and withdrawn again. */
  readonly subject: string;
  readonly on: string;
  /** The occupation that it is withdrawn for; `null`: for all. */
  readonly occupation: string | null;
};
export type Change = Body<'change'> & { readonly id: string };

export type EntryState =
  | { readonly kind: 'approved' }
  /** Approved, but nobody may teach it as an HTQ yet. */
  | { readonly kind: 'approved-not-yet-taught'; readonly firstTeach: string }
  | { readonly kind: 'withdrawn'; readonly on: string }
  | { readonly kind: 'not-approved' };

/** A qualification with everything that the register says of it at one time. */
export type Entry = Body<'qualification'> & {
  readonly id: string;
  readonly state: EntryState;
  readonly approvals: readonly Approval[];
  readonly withdrawals: readonly Withdrawal[];
  readonly offers: readonly Offer[];
  readonly changes: readonly Change[];
  readonly source: string;
  readonly retrievedOn: string;
  readonly recordedAt: Date;
};

/** @param coming withdrawals of a later day are known too, and do not count yet. */
export const stateOf = (on: string, approvals: readonly Approval[], withdrawals: readonly Withdrawal[]): EntryState => {
  if (approvals.length > 0) {
    const firsts = approvals.map((one) => one.firstTeach).toSorted();
    const [first = ''] = firsts;
    return first > on ? { kind: 'approved-not-yet-taught', firstTeach: first } : { kind: 'approved' };
  }
  const latest = withdrawals.filter((one) => one.on <= on).toSorted((a, b) => b.on.localeCompare(a.on))[0];
  return latest ? { kind: 'withdrawn', on: latest.on } : { kind: 'not-approved' };
};

/** An offer counts once the awarding organisation has confirmed it. */
export const isConfirmed = (offer: Pick<Offer, 'confirmedBy' | 'confirmedOn'>, on: string): boolean =>
  offer.confirmedBy !== null && offer.confirmedOn !== null && offer.confirmedOn <= on;

export const asApproval = (fact: Fact<'approval'>): Approval => ({
  ...fact.body,
  occupation: fact.keys.occupation ?? '',
  until: fact.to,
});

export const asOffer = (fact: Fact<'offer'>): Offer => ({
  ...fact.body,
  id: fact.subject,
  qualification: fact.keys.qualification ?? '',
  ukprn: fact.keys.ukprn ?? '',
  from: fact.from,
  until: fact.to,
});

export const asWithdrawal = (fact: Fact<'withdrawal'>): Withdrawal => ({
  ...fact.body,
  // Facts that are older than reviews have none.
  review: fact.body.review ?? null,
  subject: fact.subject,
  on: fact.from,
  occupation: fact.keys.occupation,
});

/** Tells a withdrawal of a qualification from its others, in an address. */
export const withdrawalKey = ({ occupation, on }: Pick<Withdrawal, 'occupation' | 'on'>): string =>
  `${on}${occupation === null ? '' : `-${occupation}`}`;

export const modeWords: Readonly<Record<Body<'offer'>['mode'], string>> = {
  'full-time': 'Full time',
  'part-time': 'Part time',
  either: 'Full time or part time',
  distance: 'At a distance',
  'not-said': 'Not said',
};
