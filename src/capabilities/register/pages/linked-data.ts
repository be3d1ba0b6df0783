import type { Course, EducationalOccupationalProgram, EducationalOrganization, Graph, Occupation } from 'schema-dts';
import type { Context } from '#platform/context.ts';
import { type Entry, isConfirmed, type Offer, type Provider } from '../domain/register-entry.ts';
import { entryPath, occupationPath, providerPath } from '../paths.ts';
import { stateSentence, stateTag } from './entry-words.ts';

const courseMode: Readonly<Record<Offer['mode'], readonly string[]>> = {
  'full-time': ['full-time', 'onsite'],
  'part-time': ['part-time', 'onsite'],
  either: ['full-time', 'part-time', 'onsite'],
  distance: ['online'],
  'not-said': ['onsite'],
};

const organisation = (ctx: Context, provider: Provider): EducationalOrganization => ({
  '@type': 'EducationalOrganization',
  '@id': `${ctx.address}${providerPath(provider.ukprn)}`,
  name: provider.name,
  identifier: { '@type': 'PropertyValue', propertyID: 'UKPRN', value: provider.ukprn },
  ...(provider.town || provider.postcode
    ? {
        address: {
          '@type': 'PostalAddress',
          ...(provider.town ? { addressLocality: provider.town } : {}),
          ...(provider.postcode ? { postalCode: provider.postcode } : {}),
          addressCountry: 'GB',
        },
      }
    : {}),
});

/** A course as one provider runs it. One that the awarding organisation has not confirmed is left out. */
const course = (ctx: Context, entry: Entry, offer: Offer, provider: Provider): Course => ({
  '@type': 'Course',
  '@id': `${ctx.address}${entryPath(entry.id)}#offer-${offer.id}`,
  name: entry.title,
  courseCode: entry.numbers[0] ?? entry.id,
  description: `${entry.title} at ${offer.site}`,
  provider: organisation(ctx, provider),
  hasCourseInstance: {
    '@type': 'CourseInstance',
    courseMode: [...courseMode[offer.mode]],
    location: {
      '@type': 'Place',
      name: offer.site,
      address: { '@type': 'PostalAddress', postalCode: offer.postcode, addressCountry: 'GB' },
    },
    ...(offer.firstTeach ? { startDate: offer.firstTeach } : {}),
  },
});

/** A qualification in the words of schema.org: the credential, the programmes that lead to it, and the courses that there are. */
export const entryData = (ctx: Context, entry: Entry, providers: ReadonlyMap<string, Provider>, on: string): Graph => {
  const id = `${ctx.address}${entryPath(entry.id)}`;
  const offers = entry.offers.filter((one) => isConfirmed(one, on) && entry.approvals.length > 0);
  const ended = entry.state.kind === 'withdrawn' ? entry.state.on : null;
  const description = stateSentence(entry);
  const program: EducationalOccupationalProgram = {
    '@type': 'EducationalOccupationalProgram',
    '@id': `${id}#programme`,
    name: entry.title,
    url: id,
    description,
    ...(ended === null ? {} : { endDate: ended }),
    identifier: [...entry.numbers],
    educationalCredentialAwarded: { '@id': `${id}#credential` },
    ...(entry.credits === null ? {} : { numberOfCredits: entry.credits }),
    occupationalCategory: entry.approvals.map((one) => `${one.occupation} ${one.occupationTitle}`),
    ...(entry.approvals[0] ? { startDate: entry.approvals[0].firstTeach } : {}),
    hasCourse: offers.map((one) => ({ '@id': `${id}#offer-${one.id}` })),
  };
  return {
    '@context': 'https://schema.org',
    '@graph': [
      program,
      {
        '@type': 'EducationalOccupationalCredential',
        '@id': `${id}#credential`,
        name: entry.title,
        url: id,
        description,
        creativeWorkStatus: stateTag(entry.state.kind).text,
        ...(ended === null ? {} : { expires: ended }),
        credentialCategory: 'Qualification',
        educationalLevel: `Level ${entry.level}`,
        recognizedBy: { '@type': 'Organization', name: entry.awardingOrganisation },
        validIn: { '@type': 'AdministrativeArea', name: 'England' },
        competencyRequired: entry.approvals.map((one) => ({
          '@type': 'DefinedTerm' as const,
          termCode: one.occupation,
          name: one.occupationTitle,
          url: `${ctx.address}${occupationPath(one.occupation)}`,
        })),
      },
      ...offers.flatMap((one) => {
        const provider = providers.get(one.ukprn);
        return provider ? [course(ctx, entry, one, provider)] : [];
      }),
    ],
  };
};

export const providerData = (ctx: Context, provider: Provider, entries: readonly Entry[], on: string): Graph => ({
  '@context': 'https://schema.org',
  '@graph': [
    organisation(ctx, provider),
    ...entries
      .filter((entry) => entry.approvals.length > 0)
      .flatMap((entry) =>
        entry.offers
          .filter((one) => one.ukprn === provider.ukprn && isConfirmed(one, on))
          .map((one) => course(ctx, entry, one, provider)),
      ),
  ],
});

export const occupationData = (
  ctx: Context,
  occupation: { readonly reference: string; readonly title: string },
  entries: readonly Entry[],
): Graph => {
  const own: Occupation = {
    '@type': 'Occupation',
    '@id': `${ctx.address}${occupationPath(occupation.reference)}`,
    name: occupation.title,
    qualifications: entries.map((entry) => ({
      '@type': 'EducationalOccupationalCredential' as const,
      '@id': `${ctx.address}${entryPath(entry.id)}#credential`,
      name: entry.title,
      educationalLevel: `Level ${entry.level}`,
    })),
  };
  return { '@context': 'https://schema.org', '@graph': [own] };
};
