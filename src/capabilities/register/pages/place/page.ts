import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day, listed } from '#web/words.ts';
import { standardPath } from '../../../standards/paths.ts';
import { type Entry, isConfirmed } from '../../domain/register-entry.ts';
import { entryPath, occupationPath, providerDetailsPath, providerPath } from '../../paths.ts';
import { keepRegister } from '../../policy.ts';
import { occupationTitle, placesHeld } from '../../use-cases/occupations.ts';
import { entriesForOccupation, offersOfProvider, readEntries, readProviders } from '../../use-cases/read-register.ts';
import { registerCrumbs } from '../entry/page.ts';
import { type ShownOffer, shownOffer, stateSentence, stateTag, type Tag } from '../entry-words.ts';
import { occupationData, providerData } from '../linked-data.ts';
import { type Band, makeBand, readAsked } from '../register-band.ts';

type ShownEntry = {
  readonly title: string;
  readonly href: string;
  readonly tag: Tag;
  readonly words: string;
  readonly offers: readonly (ShownOffer & { readonly href: string })[];
};

type Model = {
  readonly band: Band;
  readonly path: string;
  readonly caption: string;
  readonly title: string;
  readonly lead: string;
  readonly closed: string;
  readonly details: readonly { readonly key: string; readonly value: string }[];
  readonly entries: readonly ShownEntry[];
  readonly emptyWords: string;
  readonly showsProvider: boolean;
  readonly standardHref: string;
  readonly csvHref: string;
  /** What an editor may do with it. */
  readonly keeping: readonly { readonly text: string; readonly href: string }[];
};

const placeView = view<Model>('capabilities/register/pages/place/page.njk');

const showProvider = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const ukprn = request.params.ukprn ?? '';
  const { asked } = readAsked(ctx, request.query);
  const { on } = asked.asOf;
  const providers = await readProviders(ctx, asked.asOf, [ukprn]);
  const provider = providers.get(ukprn);
  if (!provider) throw notFound('The register holds no provider with this UKPRN on this day.');
  const offers = await offersOfProvider(ctx, asked.asOf, ukprn);
  const entries = await readEntries(ctx, asked.asOf, [...new Set(offers.map((one) => one.qualification))]);
  const path = providerPath(ukprn);
  const query = asked.query.size > 0 ? `?${asked.query}` : '';
  const counting = entries.filter(
    (entry) => entry.approvals.length > 0 && entry.offers.some((one) => one.ukprn === ukprn && isConfirmed(one, on)),
  );
  const isClosed = provider.closedOn !== null && provider.closedOn <= on;
  return page(
    placeView,
    {
      band: await makeBand(ctx, path, request.query),
      path,
      caption: `UKPRN ${ukprn}`,
      title: provider.name,
      lead: isClosed
        ? `${provider.name} delivers no HTQs any more.`
        : `${provider.name} delivers ${counted(counting.length, 'approved and confirmed HTQ')}.`,
      closed: isClosed ? `It closed on ${day(provider.closedOn ?? '')}. Its offers ended on that day.` : '',
      details: [
        { key: 'Kind', value: provider.type ?? 'Not said' },
        { key: 'Town', value: [provider.town, provider.postcode].filter(Boolean).join(', ') || 'Not said' },
        { key: 'Region', value: provider.region ?? 'Not said' },
      ],
      entries: entries.map((entry) => ({
        title: entry.title,
        href: `${entryPath(entry.id)}${query}`,
        tag: stateTag(entry.state.kind),
        words: stateSentence(entry),
        offers: entry.offers
          .filter((one) => one.ukprn === ukprn)
          .map((one) => ({ ...shownOffer(one, provider, on), href: path })),
      })),
      emptyWords: 'It offers nothing that the register holds on this day.',
      showsProvider: false,
      standardHref: '',
      keeping:
        isAllowed(ctx.actor, keepRegister) && asked.isToday
          ? [
              { text: 'Change its details', href: providerDetailsPath(ukprn) },
              ...(isClosed ? [] : [{ text: 'Say that it has closed', href: `${path}/close` }]),
            ]
          : [],
      csvHref: `/register.csv?provider=${encodeURIComponent(ukprn)}${asked.query.size > 0 ? `&${asked.query}` : ''}`,
    },
    {
      title: provider.name,
      crumbs: registerCrumbs,
      description: `The Higher Technical Qualifications that ${provider.name} delivers.`,
      canonicalPath: path,
      linkedData: providerData(ctx, provider, entries, on),
    },
  );
};

const providersOf = (entries: readonly Entry[]): readonly string[] => [
  ...new Set(entries.flatMap((one) => one.offers.map((offer) => offer.ukprn))),
];

const showOccupation = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const reference = (request.params.occupation ?? '').toUpperCase();
  const { asked } = readAsked(ctx, request.query);
  const { on } = asked.asOf;
  const entries = await entriesForOccupation(ctx, asked.asOf, reference);
  const title = await occupationTitle(ctx, reference);
  if (title === null) throw notFound('Neither the register nor the standards here know this occupation.');
  const providers = await readProviders(ctx, asked.asOf, providersOf(entries));
  const path = occupationPath(reference);
  const query = asked.query.size > 0 ? `?${asked.query}` : '';
  const confirmed = new Set(
    entries.flatMap((one) => one.offers.filter((offer) => isConfirmed(offer, on)).map((offer) => offer.ukprn)),
  );
  return page(
    placeView,
    {
      band: await makeBand(ctx, path, request.query),
      path,
      caption: `Occupation ${reference}`,
      title,
      lead:
        entries.length === 0
          ? 'No qualification is approved as an HTQ for this occupation on this day.'
          : `${counted(entries.length, 'qualification is', 'qualifications are')} approved as HTQs for this occupation; ${counted(confirmed.size, 'provider delivers', 'providers deliver')} ${entries.length === 1 ? 'it' : 'them'}.`,
      closed: '',
      details: [],
      entries: entries.map((entry) => {
        const approval = entry.approvals.find((one) => one.occupation === reference);
        return {
          title: entry.title,
          href: `${entryPath(entry.id)}${query}`,
          tag: stateTag(entry.state.kind),
          words: approval
            ? `${listed([entry.awardingOrganisation, `Level ${entry.level}`])}; approved in cycle ${approval.cycle}, first teach ${day(approval.firstTeach)}.`
            : '',
          offers: entry.offers.map((one) => ({
            ...shownOffer(one, providers.get(one.ukprn), on),
            href: `${providerPath(one.ukprn)}${query}`,
          })),
        };
      }),
      emptyWords: 'It will stand here once one is approved.',
      showsProvider: true,
      keeping: [],
      standardHref: (await placesHeld(ctx, reference)) ? standardPath(reference) : '',
      csvHref: `/register.csv?occupation=${encodeURIComponent(reference)}${asked.query.size > 0 ? `&${asked.query}` : ''}`,
    },
    {
      title: `HTQs for ${title}`,
      crumbs: registerCrumbs,
      description: `Higher Technical Qualifications that are approved for ${title}, and who delivers them.`,
      canonicalPath: path,
      linkedData: occupationData(ctx, { reference, title }, entries),
    },
  );
};

export const placeRoutes: readonly Route[] = [
  { method: 'GET', path: '/providers/:ukprn', access: 'anyone', audit: 'register.provider', handle: showProvider },
  {
    method: 'GET',
    path: '/occupations/:occupation',
    access: 'anyone',
    audit: 'register.occupation',
    handle: showOccupation,
  },
];
