import {
  findRegisterOffers,
  type RegisterKind,
  type RegisterOffer,
  registerKind,
  registerOccupations,
} from '#cap/register';
import { londonDay } from '#kernel/london-time.ts';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { Referred } from '#kernel/reference.ts';
import { regions } from '#kernel/region.ts';
import { slugOf } from '#kernel/slug.ts';
import type { Context } from '#platform/context.ts';
import { type Need, type RouteNeed, routeNeed } from '../domain/local-need.ts';
import { localNeedOfPath } from '../paths.ts';
import { listAllAsks } from '../store/asks.ts';
import { askedStandard, type KnownStandard } from './asked-standard.ts';

/** The kind of reference to what employers ask for in a route; its id is the route's slug, or that and a region's: `digital/north-west`. */
export const localNeedKind = 'local-need';

/**
 * Days for which an ask counts. The toolkit's own choice: three years, as long as who came to events is kept as evidence of what
 * employers want (`events`, privacy page); what was asked before may hold no more.
 */
const askDays = 1095;

/** The day from which asks count. */
export const countedSince = (ctx: Context): string => londonDay(new Date(ctx.clock().getTime() - askDays * 86_400_000));

/** The route that an address means, by its slug. */
export const routeOfSlug = (slug: string): string | null =>
  occupationalRoutes.find((route) => slugOf(route) === slug) ?? null;

/** Every route with how many employers ask in it. */
export const needByRoute = async (ctx: Context): Promise<readonly RouteNeed[]> => {
  const asks = await listAllAsks(ctx, countedSince(ctx));
  return occupationalRoutes.map((route) => routeNeed(route, asks));
};

/** Who teaches what in a region, by the register. */
export type RegionSupply = { readonly region: string; readonly providers: number; readonly offers: number };

export type OccupationNeed = Need & {
  readonly title: string;
  /** Whether something is approved for it today. */
  readonly approved: boolean;
  /** Providers that teach something approved for it today, and in which regions. */
  readonly providers: number;
  readonly taughtIn: readonly string[];
};

export type KsbNeed = Need & { readonly occupation: string; readonly code: string; readonly text: string };

export type LocalNeed = Omit<RouteNeed, 'occupations' | 'ksbs'> & {
  readonly since: string;
  readonly on: string;
  readonly register: RegisterKind;
  /** Regions in which employers ask or providers teach. */
  readonly supply: readonly RegionSupply[];
  readonly occupations: readonly OccupationNeed[];
  readonly ksbs: readonly KsbNeed[];
};

const providersOf = (offers: readonly RegisterOffer[]): number => new Set(offers.map((one) => one.provider.ukprn)).size;

const regionOf = (offer: RegisterOffer): string => offer.provider.region ?? 'Region not known';

/** What employers ask for in a route, beside what is taught in it today. */
export const localNeed = async (ctx: Context, route: string): Promise<LocalNeed> => {
  const since = countedSince(ctx);
  const on = londonDay(ctx.clock());
  const need = routeNeed(route, await listAllAsks(ctx, since));
  const offers = await findRegisterOffers(ctx, { route, on });
  const approved = new Map((await registerOccupations(ctx, on)).map((one) => [one.reference, one.title]));
  const known = new Map<string, KnownStandard | null>();
  for (const reference of [
    ...need.occupations.map((one) => one.name),
    ...need.ksbs.map((one) => one.name.split(' ')[0] ?? ''),
  ])
    if (!known.has(reference)) known.set(reference, await askedStandard(ctx, reference));
  return {
    ...need,
    since,
    on,
    register: await registerKind(ctx),
    supply: [...new Set([...need.regions.map((one) => one.region), ...offers.map(regionOf)])].map((region) => {
      const there = offers.filter((one) => regionOf(one) === region);
      return { region, providers: providersOf(there), offers: there.length };
    }),
    occupations: need.occupations.map((one) => {
      const taught = offers.filter((offer) => offer.occupations.some((each) => each.reference === one.name));
      return {
        ...one,
        title: known.get(one.name)?.title ?? approved.get(one.name) ?? '',
        approved: approved.has(one.name),
        providers: providersOf(taught),
        taughtIn: [...new Set(taught.map(regionOf))].toSorted(),
      };
    }),
    ksbs: need.ksbs.map((one) => {
      const [occupation = '', code = ''] = one.name.split(' ');
      return { ...one, occupation, code, text: known.get(occupation)?.textOf.get(code) ?? '' };
    }),
  };
};

const askWords = ({ employers, regions, jobTitles }: RouteNeed, region: string | null): string => {
  if (employers === 0) return 'no employer has asked yet';
  // Where so few ask, no region is told of.
  if (employers === null) return 'fewer than five employers ask';
  const there = regions.find((one) => one.region === region);
  return [
    `${employers} employers ask`,
    ...(region === null
      ? []
      : there
        ? [
            there.employers === null
              ? `a number that is held back of them in ${region}`
              : `${there.employers} of them in ${region}`,
          ]
        : [`none of them in ${region}`]),
    ...(jobTitles[0] ? [`most often for: ${jobTitles[0].name}`] : []),
  ].join(', ');
};

/** What a reference to local need leads to, its title with the numbers that everyone may see; `null`: there is no such route. */
export const referredLocalNeed = async (ctx: Context, id: string): Promise<Referred | null> => {
  const [slug = '', regionSlug = ''] = id.split('/');
  const route = routeOfSlug(slug);
  if (!route) return null;
  const region = regions.find((one) => slugOf(one) === regionSlug) ?? null;
  const need = routeNeed(route, await listAllAsks(ctx, countedSince(ctx)));
  return { title: `What employers ask for in ${route}: ${askWords(need, region)}`, href: localNeedOfPath(slug) };
};
