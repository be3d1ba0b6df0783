import { dayWords, londonTime } from '#kernel/london-time.ts';
import { firstTeachOf } from './entitlement.ts';
import type { MarkFacts } from './mark-facts.ts';

/** Where a credential's parts stand. */
export type CredentialPlaces = {
  readonly id: string;
  readonly issuer: string;
  readonly issuerName: string;
  /** The page of the offer. */
  readonly offer: string;
  readonly image: string;
  readonly provider: string;
  readonly standard: string;
  readonly statusList: string;
  readonly statusIndex: number;
  readonly contexts: readonly string[];
};

/** What a credential states; where one of these changes, a new one takes the place of the old. */
export type Statement = {
  readonly number: string;
  readonly title: string;
  readonly level: number;
  readonly awardingOrganisation: string;
  readonly route: string;
  readonly occupation: string;
  readonly occupationTitle: string;
  readonly ukprn: string;
  readonly provider: string;
  readonly site: string;
  readonly cycle: string;
  readonly approvedOn: string;
  readonly firstTeach: string;
};

/** @returns `null` where there is nothing to state: no approval, or nothing offered. */
export const statementOf = (facts: MarkFacts): Statement | null => {
  const { qualification, occupation, provider, approval, offer } = facts;
  const firstTeach = firstTeachOf(facts);
  if (approval === null || offer === null || firstTeach === null) return null;
  return {
    number: qualification.number,
    title: qualification.title,
    level: qualification.level,
    awardingOrganisation: qualification.awardingOrganisation,
    route: qualification.route ?? '',
    occupation: occupation.reference,
    occupationTitle: occupation.title,
    ukprn: provider.ukprn,
    provider: provider.name,
    site: offer.site,
    cycle: approval.cycle,
    approvedOn: approval.approvedOn,
    firstTeach,
  };
};

export const sameStatement = (one: Statement, other: Statement): boolean =>
  (Object.keys(one) as (keyof Statement)[]).every((key) => one[key] === other[key]);

const second = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

/**
 * An Open Badges 3.0 credential, unsigned, for an offer: the subject is the provider, the achievement that this qualification,
 * taught there, is an HTQ for this occupation. Only words of the two contexts are used, since a verifier may be offline.
 */
export const credentialOf = (statement: Statement, places: CredentialPlaces, issuedAt: Date): object => {
  const firstTeachAt = londonTime(`${statement.firstTeach} 00:00`) ?? new Date(statement.firstTeach);
  return {
    '@context': places.contexts,
    id: places.id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: `Higher Technical Qualification: ${statement.title}`,
    description: `${statement.title}, at ${statement.provider}, is an HTQ for the occupation ${statement.occupationTitle}, taught as one from ${dayWords(statement.firstTeach)} on.`,
    issuer: { id: places.issuer, type: ['Profile'], name: places.issuerName },
    validFrom: second(issuedAt),
    credentialSubject: {
      id: places.provider,
      type: ['AchievementSubject'],
      identifier: [
        { type: 'IdentityObject', identityHash: statement.provider, hashed: false, identityType: 'name' },
        { type: 'IdentityObject', identityHash: statement.ukprn, hashed: false, identityType: 'ext:ukprn' },
      ],
      // The first day on which it is taught as an HTQ here.
      activityStartDate: second(firstTeachAt),
      achievement: {
        id: places.offer,
        type: ['Achievement'],
        achievementType: 'QualityAssuranceCredential',
        name: statement.title,
        humanCode: statement.number,
        otherIdentifier: [
          { type: 'IdentifierEntry', identifier: statement.number, identifierType: 'ext:qualificationNumber' },
        ],
        ...(statement.route === '' ? {} : { fieldOfStudy: statement.route }),
        specialization: statement.occupationTitle,
        description: `Level ${statement.level} qualification of ${statement.awardingOrganisation}, taught at ${statement.provider}${statement.site === '' ? '' : ` (${statement.site})`}.`,
        criteria: {
          narrative: `Approved in cycle ${statement.cycle} on ${dayWords(statement.approvedOn)} as meeting the occupational standard ${statement.occupation}, ${statement.occupationTitle}; taught as an HTQ from ${dayWords(statement.firstTeach)} on; delivery confirmed by the awarding organisation.`,
        },
        image: { id: places.image, type: 'Image', caption: 'The quality mark as it stands today' },
        alignment: [
          {
            type: ['Alignment'],
            targetName: statement.occupationTitle,
            targetUrl: places.standard,
            targetCode: statement.occupation,
            targetFramework: 'Occupational standards',
          },
        ],
      },
    },
    credentialStatus: {
      id: `${places.statusList}#${places.statusIndex}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(places.statusIndex),
      statusListCredential: places.statusList,
    },
  };
};
