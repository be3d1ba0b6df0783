import { slugOf } from '#kernel/slug.ts';
import { type EditKind, lines, type Typed } from './edit-forms.ts';
import {
  type Assertion,
  approvalSubject,
  type Body,
  type Fact,
  type Keys,
  noKeys,
  type WithdrawalReason,
} from './fact.ts';
import type { Approval, Change, Entry, Offer, Provider, Withdrawal } from './register-entry.ts';

/** What a form without faults says. */
export const editAssertions = (
  kind: EditKind | 'new',
  typed: Typed,
  about: {
    readonly id: string;
    readonly entry: Entry | null;
    readonly offer: Offer | null;
    /** The change that is answered; `null`: a new one. */
    readonly change: Change | null;
    /** Approvals and offers that are true on the day of a withdrawal or later: they end with it. */
    readonly ending: readonly Fact[];
    /** The withdrawal that is reviewed, and what stands again if it is taken back. */
    readonly withdrawal: Withdrawal | null;
    readonly again: readonly Fact[];
    readonly occupationTitle: string;
    readonly confirmer: string;
    readonly fictional: boolean;
    readonly formId: string;
    /** What is known of a provider that the register does not have yet; `null`: it has it. */
    readonly newProvider: Body<'provider'> | null;
  },
): readonly Assertion[] => {
  const value = (name: string): string => typed[name] ?? '';
  const orNull = (name: string): string | null => value(name) || null;
  const keys = { ...noKeys, qualification: about.id };
  switch (kind) {
    case 'new':
    case 'details':
      return [
        {
          kind: 'qualification',
          subject: about.id,
          keys,
          from: value('from'),
          to: null,
          body: {
            title: value('title'),
            numbers: [...lines(value('numbers'), /[;,]/)],
            level: Number(value('level')),
            awardingOrganisation: value('awardingOrganisation'),
            route: orNull('route'),
            credits: value('credits') === '' ? null : Number(value('credits')),
            fictional: about.fictional,
          },
        },
      ];
    case 'approval': {
      const occupation = value('occupation').toUpperCase();
      const body: Body<'approval'> = {
        occupationTitle: about.occupationTitle,
        option: orNull('option'),
        standardVersion: orNull('standardVersion'),
        cycle: value('cycle'),
        approvedOn: value('approvedOn'),
        firstTeach: value('firstTeach'),
        nextReview: orNull('nextReview'),
      };
      return approvalAssertions(
        about.id,
        occupation,
        body,
        about.entry?.approvals.find((one) => one.occupation === occupation),
      );
    }
    case 'offer':
      return offerAssertions(typed, about);
    case 'confirm':
      return about.offer
        ? [
            confirmedAssertion(about.offer, {
              by: about.confirmer,
              on: value('confirmedOn'),
              with: value('confirmedWith'),
            }),
          ]
        : [];
    case 'change':
      return changeAssertions(about.change?.id ?? `${about.id}-change-${about.formId}`, keys, {
        size: value('size') === 'major' ? 'major' : 'minor',
        what: value('what'),
        proposedOn: value('proposedOn'),
        answer: value('answer') as Body<'change'>['answer'],
        answeredOn: orNull('answeredOn'),
        words: value('words'),
      });
    case 'withdrawal':
      return withdrawalAssertions(typed, about.id, about.ending);
    case 'review':
      return about.withdrawal ? reviewAssertions(typed, about.id, about.withdrawal, about.again) : [];
  }
};

const bodyOf = ({ id: _, qualification: __, ukprn: ___, from: ____, until: _____, ...body }: Offer): Body<'offer'> =>
  body;

/** The awarding organisation's word for an offer as it stands: all else of it stays, its end too. */
export const confirmedAssertion = (
  offer: Offer,
  word: { readonly by: string; readonly on: string; readonly with: string },
): Assertion => ({
  kind: 'offer',
  subject: offer.id,
  keys: { ...noKeys, qualification: offer.qualification, ukprn: offer.ukprn },
  from: offer.from,
  to: offer.until,
  body: { ...bodyOf(offer), confirmedBy: word.by, confirmedOn: word.on, confirmedWith: word.with },
});

/**
 * What an approval for an occupation says. In the cycle of the one that stands it puts that one right: days before its
 * day are days without approval then, and the day on which it ends, where one is told, stays. In another cycle it is
 * a new approval, and the old one stays true until its day.
 */
export const approvalAssertions = (
  qualification: string,
  occupation: string,
  body: Body<'approval'>,
  standing: Approval | undefined,
): readonly Assertion[] => {
  const about = {
    kind: 'approval' as const,
    subject: approvalSubject(qualification, occupation),
    keys: { ...noKeys, qualification, occupation },
  };
  const from = body.approvedOn;
  const corrected =
    standing?.cycle === body.cycle && (standing.until === null || standing.until > from) ? standing : undefined;
  return [
    ...(corrected && corrected.approvedOn < from
      ? [{ ...about, body: null, from: corrected.approvedOn, to: from }]
      : []),
    { ...about, body, from, to: corrected?.until ?? null },
  ];
};

/** A change that was answered later than it was proposed waited until then. */
const changeAssertions = (subject: string, keys: Keys, body: Body<'change'>): readonly Assertion[] => {
  const about = { kind: 'change' as const, subject, keys };
  const { proposedOn, answeredOn } = body;
  if (answeredOn === null || answeredOn === proposedOn) return [{ ...about, from: proposedOn, to: null, body }];
  return [
    {
      ...about,
      from: proposedOn,
      to: answeredOn,
      body: { ...body, answer: 'waiting', answeredOn: null, words: '' },
    },
    { ...about, from: answeredOn, to: null, body },
  ];
};

const offerAssertions = (
  typed: Typed,
  about: {
    readonly id: string;
    readonly offer: Offer | null;
    /** What is known of a provider that the register does not have yet; `null`: it has it. */
    readonly newProvider: Body<'provider'> | null;
    readonly formId: string;
  },
): readonly Assertion[] => {
  const value = (name: string): string => typed[name] ?? '';
  const ukprn = value('ukprn');
  const before = about.offer;
  const site = value('site');
  // What the awarding organisation confirmed was this site and these units: another one waits for its word again.
  const units = lines(value('units'), /[;,\s]+/);
  const stands =
    before !== null && before.site === site && before.ukprn === ukprn && before.units.join() === units.join();
  const offer: Assertion = {
    kind: 'offer',
    subject: before?.id ?? `${about.id}-${ukprn}-${slugOf(site).slice(0, 40)}-${about.formId.slice(0, 8)}`,
    keys: { ...noKeys, qualification: about.id, ukprn },
    from: value('from'),
    to: value('until') || null,
    body: {
      site,
      postcode: value('postcode').toUpperCase(),
      mode: value('mode') as Body<'offer'>['mode'],
      entryRoutes: [...lines(value('entryRoutes'), /\n/)],
      units: [...units],
      firstTeach: value('firstTeach') || null,
      confirmedBy: stands ? before.confirmedBy : null,
      confirmedOn: stands ? before.confirmedOn : null,
      confirmedWith: stands ? before.confirmedWith : null,
    },
  };
  const ends: readonly Assertion[] = offer.to === null ? [] : [{ ...offer, body: null, from: offer.to, to: null }];
  if (about.newProvider === null) return [offer, ...ends];
  return [
    {
      kind: 'provider',
      subject: ukprn,
      keys: { ...noKeys, ukprn },
      from: value('from'),
      to: null,
      body: about.newProvider,
    },
    offer,
    ...ends,
  ];
};

/** Each of what is true on a day or later ends on that day; what was to begin later never does. */
export const endingOn = (facts: readonly Fact[], day: string): readonly Assertion[] =>
  [...new Map(facts.map((one) => [one.subject, one])).values()].map(
    ({ kind, subject, keys }) => ({ kind, subject, keys, from: day, to: null, body: null }) as Assertion,
  );

/**
 * Approval ends for one occupation, or for all; with the last of them the offers end too.
 *
 * @param ending approvals and offers of the qualification that are true on that day or later.
 */
export const withdrawalAssertions = (typed: Typed, id: string, ending: readonly Fact[]): readonly Assertion[] => {
  const on = typed.on ?? '';
  const occupation = (typed.occupation ?? '').toUpperCase() || null;
  const approvals = ending.filter((one) => one.kind === 'approval');
  const concerned = approvals.filter((one) => occupation === null || one.keys.occupation === occupation);
  const isLast = concerned.length === approvals.length;
  return [
    {
      kind: 'withdrawal',
      subject: occupation === null ? id : approvalSubject(id, occupation),
      keys: { ...noKeys, qualification: id, occupation },
      from: on,
      to: null,
      body: { reason: typed.reason as WithdrawalReason, note: typed.note ?? '', review: null },
    },
    ...endingOn(concerned, on),
    ...(isLast
      ? endingOn(
          ending.filter((one) => one.kind === 'offer'),
          on,
        )
      : []),
  ];
};

/** What a procedural review asked and brought: the withdrawal stands, with its review; or it never was. */
const reviewAssertions = (
  typed: Typed,
  qualification: string,
  { subject, on, occupation, ...body }: Withdrawal,
  again: readonly Fact[],
): readonly Assertion[] => {
  const about = {
    kind: 'withdrawal' as const,
    subject,
    keys: { ...noKeys, qualification, occupation },
    from: on,
    to: null,
  };
  if (typed.outcome === 'taken-back')
    return [
      { ...about, body: null },
      ...again.map(
        ({ kind, subject: of, keys, body: was, from, to }) =>
          ({ kind, subject: of, keys, body: was, from, to }) as Assertion,
      ),
    ];
  const review = {
    askedOn: typed.askedOn ?? '',
    answeredOn: typed.answeredOn || null,
    outcome: typed.outcome === 'upheld' ? ('upheld' as const) : ('waiting' as const),
    words: typed.words ?? '',
  };
  return [{ ...about, body: { ...body, review } }];
};

/**
 * What a provider is called and where it is, from a day on. That it closes, on a day that is told already, stays.
 *
 * @param facts those of the provider that are true on that day or later, the earliest first.
 */
export const providerAssertions = (
  ukprn: string,
  details: Omit<Body<'provider'>, 'closedOn'>,
  facts: readonly Fact[],
  from: string,
): readonly Assertion[] => {
  const about = { kind: 'provider' as const, subject: ukprn, keys: { ...noKeys, ukprn } };
  const [first] = facts;
  return [
    ...(first && from < first.from ? [{ ...about, from, to: first.from, body: { ...details, closedOn: null } }] : []),
    ...facts.map((one) => ({
      ...about,
      from: from > one.from ? from : one.from,
      to: one.to,
      body: { ...details, closedOn: (one.body as Body<'provider'>).closedOn },
    })),
  ];
};

/**
 * A provider closes: what it offers ends on that day, and its facts stay.
 *
 * @param ending offers of it that are true on that day or later.
 */
export const closingAssertions = (
  { ukprn, ...body }: Provider,
  ending: readonly Fact[],
  closedOn: string,
): readonly Assertion[] => [
  {
    kind: 'provider',
    subject: ukprn,
    keys: { ...noKeys, ukprn },
    from: closedOn,
    to: null,
    body: { ...body, closedOn },
  },
  ...endingOn(ending, closedOn),
];
