import { slugOf } from '#kernel/slug.ts';
import { type EditKind, lines, type Typed } from './edit-forms.ts';
import { type Assertion, approvalSubject, type Body, noKeys, type WithdrawalReason } from './fact.ts';
import type { Entry, Offer, Provider } from './register-entry.ts';

/** What a form without faults says. */
export const editAssertions = (
  kind: EditKind | 'new',
  typed: Typed,
  about: {
    readonly id: string;
    readonly entry: Entry | null;
    readonly offer: Offer | null;
    readonly occupationTitle: string;
    readonly confirmer: string;
    readonly fictional: boolean;
    readonly formId: string;
    readonly knownProvider: boolean;
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
      return [
        {
          kind: 'approval',
          subject: approvalSubject(about.id, occupation),
          keys: { ...keys, occupation },
          from: body.approvedOn,
          to: null,
          body,
        },
      ];
    }
    case 'offer':
      return offerAssertions(typed, about);
    case 'confirm':
      return about.offer
        ? [
            {
              kind: 'offer',
              subject: about.offer.id,
              keys: { ...keys, ukprn: about.offer.ukprn },
              from: about.offer.from,
              to: null,
              body: {
                ...bodyOf(about.offer),
                confirmedBy: about.confirmer,
                confirmedOn: value('confirmedOn'),
                confirmedWith: value('confirmedWith'),
              },
            },
          ]
        : [];
    case 'change':
      return [
        {
          kind: 'change',
          subject: `${about.id}-change-${about.formId}`,
          keys,
          from: value('proposedOn'),
          to: null,
          body: {
            size: value('size') === 'major' ? 'major' : 'minor',
            what: value('what'),
            proposedOn: value('proposedOn'),
            answer: value('answer') as Body<'change'>['answer'],
            answeredOn: orNull('answeredOn'),
            words: value('words'),
          },
        },
      ];
    case 'withdrawal':
      return withdrawalAssertions(typed, about.entry);
  }
};

const bodyOf = ({ id: _, qualification: __, ukprn: ___, from: ____, ...body }: Offer): Body<'offer'> => body;

const offerAssertions = (
  typed: Typed,
  about: {
    readonly id: string;
    readonly offer: Offer | null;
    readonly knownProvider: boolean;
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
  if (about.knownProvider) return [offer, ...ends];
  return [
    {
      kind: 'provider',
      subject: ukprn,
      keys: { ...noKeys, ukprn },
      from: value('from'),
      to: null,
      body: { name: value('providerName'), type: null, region: null, town: null, postcode: null, closedOn: null },
    },
    offer,
    ...ends,
  ];
};

/** Approval ends for one occupation, or for all; with the last of them the offers end too. */
export const withdrawalAssertions = (typed: Typed, entry: Entry | null): readonly Assertion[] => {
  if (!entry) return [];
  const on = typed.on ?? '';
  const occupation = (typed.occupation ?? '').toUpperCase() || null;
  const keys = { ...noKeys, qualification: entry.id };
  const concerned = entry.approvals.filter((one) => occupation === null || one.occupation === occupation);
  const isWhole = concerned.length === entry.approvals.length;
  return [
    {
      kind: 'withdrawal',
      subject: isWhole ? entry.id : approvalSubject(entry.id, occupation ?? ''),
      keys: { ...keys, occupation: isWhole ? null : occupation },
      from: on,
      to: null,
      body: { reason: typed.reason as WithdrawalReason, note: typed.note ?? '' },
    },
    ...concerned.map((one) => ({
      kind: 'approval' as const,
      subject: approvalSubject(entry.id, one.occupation),
      keys: { ...keys, occupation: one.occupation },
      from: on,
      to: null,
      body: null,
    })),
    ...(isWhole ? entry.offers : []).map((one) => ({
      kind: 'offer' as const,
      subject: one.id,
      keys: { ...keys, ukprn: one.ukprn },
      from: on > one.from ? on : one.from,
      to: null,
      body: null,
    })),
  ];
};

/** A provider closes: what it offers ends on that day, and its facts stay. */
export const closingAssertions = (
  { ukprn, ...body }: Provider,
  offers: readonly Offer[],
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
  ...offers.map((one) => ({
    kind: 'offer' as const,
    subject: one.id,
    keys: { ...noKeys, qualification: one.qualification, ukprn },
    from: closedOn > one.from ? closedOn : one.from,
    to: null,
    body: null,
  })),
];
