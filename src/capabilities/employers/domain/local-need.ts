import { regions } from '#kernel/region.ts';
import { type Shown, shownThemeRow } from '#kernel/shown-counts.ts';
import { holdBackParts, isSmall } from '#kernel/small-numbers.ts';
import type { Ask } from './employer.ts';
import { comparedName } from './employer-name.ts';

/** What is counted: an ask with the name of the employer, which two organisations may both keep. */
export type CountedAsk = Pick<Ask, 'jobTitle' | 'occupation' | 'ksbs' | 'route' | 'town' | 'region' | 'askedOn'> & {
  readonly employerName: string;
};

/** A thing that employers ask for, and how many do: in all, and in each region of `regionsOf`. */
export type Need = { readonly name: string; readonly count: number; readonly byRegion: readonly Shown[] };

export type RegionNeed = { readonly region: string; readonly employers: Shown; readonly towns: readonly TownNeed[] };
export type TownNeed = { readonly town: string; readonly employers: Shown };

export type RouteNeed = {
  readonly route: string;
  /** Employers, each once in a region; `null`: too few to be counted in public. */
  readonly employers: Shown;
  /** Regions in which anybody asks, in the order of the kernel. */
  readonly regions: readonly RegionNeed[];
  readonly jobTitles: readonly Need[];
  readonly occupations: readonly Need[];
  /** By occupation and code: "ST0116 K4". */
  readonly ksbs: readonly Need[];
  /** Of each kind how many more things are asked for, of which no number is shown. */
  readonly heldBack: { readonly jobTitles: number; readonly occupations: number; readonly ksbs: number };
};

const nothing: Omit<RouteNeed, 'route' | 'employers'> = {
  regions: [],
  jobTitles: [],
  occupations: [],
  ksbs: [],
  heldBack: { jobTitles: 0, occupations: 0, ksbs: 0 },
};

/** Whoever asks in a region: the same name is the same employer, whoever keeps it. */
const askerOf = (one: CountedAsk): string => comparedName(one.employerName);

const titleKey = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A whole of several counts with what is held back of it; all of it where one would tell another. */
const shownParts = (counts: readonly number[]): readonly Shown[] => {
  const held = holdBackParts(counts);
  return counts.map((count, at) => (!held || held[at] ? null : count));
};

/** Employers of one region by the town in which each asked last. */
const townsOf = (asks: readonly CountedAsk[]): readonly { readonly town: string; readonly count: number }[] => {
  const last = new Map<string, CountedAsk>();
  for (const one of asks) {
    const before = last.get(askerOf(one));
    if (!before || before.askedOn < one.askedOn) last.set(askerOf(one), one);
  }
  const counts = new Map<string, { readonly town: string; count: number }>();
  for (const { town } of last.values()) {
    const key = titleKey(town);
    const found = counts.get(key) ?? { town: town === '' ? 'Town not told' : town, count: 0 };
    found.count += 1;
    counts.set(key, found);
  }
  return [...counts.values()].toSorted((one, other) => one.town.localeCompare(other.town, 'en'));
};

type Named = Map<string, { readonly name: string; readonly askers: ReadonlyMap<string, Set<string>> }>;

/** A whole of which things are named by some, region by region. */
type Whole = { readonly of: readonly number[]; readonly held: readonly boolean[] };

/** Who names what, region by region. */
const gather = (
  asks: readonly CountedAsk[],
  places: readonly string[],
  namesOf: (one: CountedAsk) => readonly (readonly [key: string, name: string])[],
): Named => {
  const named: Named = new Map();
  for (const one of asks)
    for (const [key, name] of namesOf(one)) {
      const found = named.get(key) ?? { name, askers: new Map(places.map((place) => [place, new Set<string>()])) };
      found.askers.get(one.region)?.add(askerOf(one));
      named.set(key, found);
    }
  return named;
};

/**
 * Those of which a number can be shown, the most wanted first; of the others only how many there are.
 *
 * @param wholesOf what each is a part of: a number is shown where it can be beside all of them.
 */
const needsOf = (
  named: Named,
  places: readonly string[],
  wholesOf: (key: string) => readonly Whole[],
): { readonly needs: readonly Need[]; readonly heldBack: number } => {
  const all = [...named].map(([key, { name, askers }]) => {
    const counts = places.map((place) => askers.get(place)?.size ?? 0);
    const rows = wholesOf(key).map((whole) => shownThemeRow(counts, whole.of, whole.held));
    const everywhere = rows.every((row) => row.count !== null);
    return {
      name,
      count: everywhere ? (rows[0]?.count ?? null) : null,
      byRegion: counts.map((count, at) => (rows.every((row) => row.by[at] !== null) ? count : null)),
    };
  });
  const needs = all.flatMap((one) => (one.count === null ? [] : [{ ...one, count: one.count }]));
  return {
    needs: needs.toSorted((one, other) => other.count - one.count || one.name.localeCompare(other.name, 'en')),
    heldBack: all.length - needs.length,
  };
};

/**
 * What employers ask for in one route. Employers are counted, never named, and a number from one to four is held back with whatever
 * it could be worked out from: docs/algorithms/small-numbers.md. Each route stands by itself: no sum over routes is told anywhere,
 * since an employer may ask in several.
 */
export const routeNeed = (route: string, all: readonly CountedAsk[]): RouteNeed => {
  const asks = all.filter((one) => one.route === route);
  const places = regions.filter((region) => asks.some((one) => one.region === region));
  const inRegion = (region: string) => asks.filter((one) => one.region === region);
  const of = places.map((region) => new Set(inRegion(region).map(askerOf)).size);
  const total = of.reduce((sum, one) => sum + one, 0);
  if (total === 0) return { route, employers: 0, ...nothing };
  if (isSmall(total)) return { route, employers: null, ...nothing };
  const byRegion = shownParts(of);
  const regionHeld = byRegion.map((one) => one === null);
  const askers: Whole = { of, held: regionHeld };
  const titles = needsOf(
    gather(asks, places, (one) => (one.jobTitle === '' ? [] : [[titleKey(one.jobTitle), one.jobTitle]])),
    places,
    () => [askers],
  );
  const byOccupation = gather(asks, places, (one) =>
    one.occupation === null ? [] : [[one.occupation, one.occupation]],
  );
  const occupations = needsOf(byOccupation, places, () => [askers]);
  const ksbs = needsOf(
    gather(asks, places, (one) => one.ksbs.map((code) => [`${one.occupation} ${code}`, `${one.occupation} ${code}`])),
    places,
    // Whoever asks for a KSB asks for its occupation, whose number less this one is those who leave it out.
    (key) => {
      const occupation = key.split(' ')[0] ?? '';
      const told = occupations.needs.find((one) => one.name === occupation);
      if (!told) return [askers];
      const counts = byOccupation.get(occupation)?.askers;
      return [
        askers,
        { of: places.map((place) => counts?.get(place)?.size ?? 0), held: told.byRegion.map((one) => one === null) },
      ];
    },
  );
  return {
    route,
    employers: total,
    regions: places.map((region, at) => {
      const towns = townsOf(inRegion(region));
      const shown = regionHeld[at] ? [] : shownParts(towns.map((one) => one.count));
      return {
        region,
        employers: byRegion[at] ?? null,
        // Where no town can be told apart, naming them would say where the few are.
        towns: towns.flatMap(({ town }, index) => {
          const employers = shown[index] ?? null;
          return employers === null ? [] : [{ town, employers }];
        }),
      };
    }),
    jobTitles: titles.needs,
    occupations: occupations.needs,
    ksbs: ksbs.needs,
    heldBack: { jobTitles: titles.heldBack, occupations: occupations.heldBack, ksbs: ksbs.heldBack },
  };
};
