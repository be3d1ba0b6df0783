import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { Shown } from '#kernel/shown-counts.ts';
import { slugOf } from '#kernel/slug.ts';
import { smallest } from '#kernel/small-numbers.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day, listed, thousands } from '#web/words.ts';
import { standardPath } from '../../../standards/paths.ts';
import { localNeedOfPath, localNeedPath } from '../../paths.ts';
import { countedSince, type LocalNeed, localNeed, needByRoute, routeOfSlug } from '../../use-cases/local-need.ts';
import { localNeedCsv, localNeedJson, localNeedXlsx } from '../../use-cases/local-need-files.ts';
import { crumbs } from '../opened.ts';

type Bar = {
  readonly text: string;
  readonly href: string;
  readonly words: string;
  readonly held: boolean;
  /** Width, of the longest bar. */
  readonly percent: number;
};
type Choice = { readonly value: string; readonly text: string; readonly selected: boolean };
type OverviewModel = {
  readonly routes: readonly Choice[];
  readonly action: string;
  readonly since: string;
  readonly small: string;
  readonly bars: readonly Bar[];
};
type Row = {
  readonly name: string;
  readonly href: string;
  readonly words: string;
  readonly note: string;
  readonly gap: boolean;
  readonly bar: Bar;
  readonly cells: readonly string[];
};
type Table = {
  readonly id: string;
  readonly title: string;
  readonly first: string;
  readonly rows: readonly Row[];
  readonly more: string;
};
type RouteModel = {
  readonly routes: readonly Choice[];
  readonly regionChoices: readonly Choice[];
  readonly action: string;
  readonly route: string;
  readonly sentence: string;
  readonly small: string;
  readonly register: string;
  readonly enough: boolean;
  readonly regions: readonly {
    readonly region: string;
    readonly bar: Bar;
    readonly towns: string;
    readonly providers: string;
    readonly offers: string;
  }[];
  readonly places: readonly string[];
  readonly tables: readonly Table[];
  readonly downloads: readonly { readonly text: string; readonly href: string }[];
  readonly registerHref: string;
};
const overviewView = view<OverviewModel>('capabilities/employers/pages/local-need/overview.njk');
const routeView = view<RouteModel>('capabilities/employers/pages/local-need/route.njk');

const shown = (count: Shown): string => (count === null ? 'Held back' : thousands(count));

const barOf = (text: string, href: string, count: Shown, most: number): Bar => ({
  text,
  href,
  words: shown(count),
  held: count === null,
  percent: most === 0 ? 0 : Math.round(((count ?? 0) / most) * 1000) / 10,
});

const smallWords = `A number under ${smallest} is held back, and with it whatever it could be worked out from. No employer is named.`;

const routeChoices = (chosen: string): readonly Choice[] => [
  { value: '', text: 'All routes', selected: chosen === '' },
  ...occupationalRoutes.map((route) => ({ value: slugOf(route), text: route, selected: route === chosen })),
];

const showOverview = async (ctx: Context): Promise<Answer> => {
  const needs = await needByRoute(ctx);
  const most = Math.max(0, ...needs.map((one) => one.employers ?? 0));
  return page(
    overviewView,
    {
      routes: routeChoices(''),
      action: localNeedPath,
      since: day(countedSince(ctx)),
      small: smallWords,
      bars: needs
        .filter((one) => one.employers !== 0)
        .toSorted((one, other) => (other.employers ?? 0) - (one.employers ?? 0))
        .map((one) => barOf(one.route, localNeedOfPath(slugOf(one.route)), one.employers, most)),
    },
    {
      title: 'What employers ask for, by place',
      crumbs,
      description:
        'Job titles, occupations and KSBs that employers ask for, by route and region, beside what is taught there.',
      canonicalPath: localNeedPath,
    },
  );
};

const registerWords = (need: LocalNeed): string =>
  need.register.kind === 'copy'
    ? `What is taught is told by the register here, a copy of ${need.register.of} as at ${day(need.register.asAt)}.`
    : `What is taught is told by the register here, on ${day(need.on)}.`;

const showRoute = async (ctx: Context, route: string, region: string): Promise<Answer> => {
  const need = await localNeed(ctx, route);
  const places: readonly string[] = need.regions.map((one) => one.region);
  const chosen = places.indexOf(region);
  const columns = places.flatMap((_, at) => (chosen < 0 || at === chosen ? [at] : []));
  const mostRegion = Math.max(0, ...need.regions.map((one) => one.employers ?? 0));
  const table = (
    id: string,
    title: string,
    first: string,
    rows: readonly (Pick<LocalNeed['jobTitles'][number], 'count' | 'byRegion'> &
      Pick<Row, 'name' | 'href' | 'words' | 'note' | 'gap'>)[],
    heldBack: number,
    more: readonly [string, string],
  ): Table => {
    const most = Math.max(0, ...rows.map((one) => one.count));
    return {
      id,
      title,
      first,
      rows: rows.map(({ count, byRegion, ...row }) => ({
        ...row,
        bar: barOf(row.name, row.href, count, most),
        cells: columns.map((at) => shown(byRegion[at] ?? null)),
      })),
      more: heldBack === 0 ? '' : `${counted(heldBack, ...more)} held back: few employers asked, or nearly all did.`,
    };
  };
  const supply = need.supply.filter((one) => chosen < 0 || one.region === region);
  return page(
    routeView,
    {
      routes: routeChoices(route),
      regionChoices: [
        { value: '', text: 'All regions', selected: chosen < 0 },
        ...places.map((one) => ({ value: one, text: one, selected: one === region })),
      ],
      action: localNeedPath,
      route,
      sentence:
        need.employers === null
          ? `Fewer than ${smallest} employers have asked for anything in this route since ${day(need.since)}, so nothing is counted here.`
          : need.employers === 0
            ? `No employer has asked for anything in this route since ${day(need.since)}.`
            : `${counted(need.employers, 'employer')} asked for people in this route since ${day(need.since)}, each counted once in a region.`,
      small: smallWords,
      register: registerWords(need),
      enough: need.employers !== null && need.employers > 0,
      regions: supply.map((one) => {
        const found = need.regions.find((each) => each.region === one.region);
        const asked = need.employers === null ? null : found ? found.employers : 0;
        return {
          region: one.region,
          bar: barOf(one.region, '', asked, mostRegion),
          towns: (found?.towns ?? []).map((town) => `${town.town} ${shown(town.employers)}`).join(', '),
          providers: thousands(one.providers),
          offers: thousands(one.offers),
        };
      }),
      places: columns.map((at) => places[at] ?? ''),
      tables: [
        table(
          'occupations',
          'Occupations asked for',
          'Occupation',
          need.occupations.map((one) => ({
            ...one,
            name: one.title === '' ? one.name : `${one.title} (${one.name})`,
            href: standardPath(one.name),
            words: '',
            note: one.approved
              ? one.providers === 0
                ? 'Approved qualifications, and nobody teaches one here today'
                : `${counted(one.providers, 'provider')} ${one.providers === 1 ? 'teaches' : 'teach'} it: ${listed(one.taughtIn)}`
              : 'No approved qualification in the register here',
            gap: one.providers === 0,
          })),
          need.heldBack.occupations,
          ['occupation is', 'occupations are'],
        ),
        table(
          'job-titles',
          'Job titles asked for',
          'Job title',
          need.jobTitles.map((one) => ({ ...one, href: '', words: '', note: '', gap: false })),
          need.heldBack.jobTitles,
          ['job title is', 'job titles are'],
        ),
        table(
          'ksbs',
          'Knowledge, skills and behaviours asked for',
          'KSB',
          need.ksbs.map((one) => ({ ...one, href: '', words: one.text, note: '', gap: false })),
          need.heldBack.ksbs,
          ['KSB is', 'KSBs are'],
        ),
      ].filter((one) => one.rows.length > 0 || one.more !== ''),
      downloads: formats.map((format) => ({
        text: format.toUpperCase(),
        href: `${localNeedPath}.${format}?${new URLSearchParams({ route: slugOf(route) })}`,
      })),
      registerHref: `/register?${new URLSearchParams({ route })}`,
    },
    {
      title: `What employers ask for: ${route}`,
      crumbs: [...crumbs, { text: 'Local need', href: localNeedPath }],
      description: `Job titles, occupations and KSBs that employers ask for in ${route}, beside what is taught.`,
      canonicalPath: localNeedOfPath(slugOf(route)),
      wide: true,
    },
  );
};

/** The route of the address, by its slug or its name; `null`: none. */
const routeAsked = (request: PageRequest): string | null => {
  const asked = request.query.get('route') ?? '';
  if (asked === '') return null;
  const route = routeOfSlug(asked) ?? routeOfSlug(slugOf(asked));
  if (!route) throw notFound('There is no such route.');
  return route;
};

const formats = ['csv', 'xlsx', 'json'] as const;
const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const;

const file = (format: (typeof formats)[number]): Route => ({
  method: 'GET',
  path: `${localNeedPath}.${format}`,
  access: 'anyone',
  audit: `employers.local-need-${format}`,
  perMinute: 30,
  handle: async (request, ctx) => {
    const route = routeAsked(request);
    if (!route) throw notFound('Choose a route: the numbers of each route are a file.');
    const need = await localNeed(ctx, route);
    const body = { csv: localNeedCsv, xlsx: localNeedXlsx, json: localNeedJson }[format];
    return { kind: 'file', name: `local-need-${slugOf(route)}.${format}`, type: types[format], body: await body(need) };
  },
});

export const localNeedRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: localNeedPath,
    access: 'anyone',
    audit: 'employers.local-need',
    perMinute: 120,
    handle: async (request, ctx) => {
      const route = routeAsked(request);
      return route ? showRoute(ctx, route, request.query.get('region') ?? '') : showOverview(ctx);
    },
  },
  ...formats.map(file),
];
