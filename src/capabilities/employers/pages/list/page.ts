import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { regions } from '#kernel/region.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { type PageLinks, pageLinks } from '#web/page-links.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day, listed } from '#web/words.ts';
import { type Employer, offers, offerWords, sizes, sizeWords } from '../../domain/employer.ts';
import { type EmployerFilters, findIn } from '../../domain/find-employers.ts';
import {
  employerListPath,
  employerPath,
  employersFilePath,
  employersPath,
  evidencePath,
  importPath,
  localNeedPath,
  newEmployerPath,
  nextStepsPath,
  sharingActPath,
} from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import { employersAsCsv, employersAsXlsx } from '../../use-cases/employer-files.ts';
import { employersOf, keepingFor, sharedWithUs } from '../../use-cases/keep-employers.ts';
import { openStepsOf } from '../../use-cases/next-steps.ts';
import { sharingNames } from '../../use-cases/share-employers.ts';
import { organisationAsked, todayOf } from '../opened.ts';
import { type StepLine, stepLines } from '../step-lines.ts';

type Choice = { readonly value: string; readonly text: string; readonly selected: boolean };
type Row = {
  readonly name: string;
  readonly href: string;
  readonly facts: readonly string[];
  readonly offers: string;
  readonly due: StepLine | null;
};
type ListModel = {
  readonly organisation: string;
  readonly organisationId: string;
  readonly others: readonly { readonly text: string; readonly href: string }[];
  readonly doneWords: string;
  readonly empty: boolean;
  readonly filters: EmployerFilters;
  readonly selects: readonly { readonly name: string; readonly label: string; readonly choices: readonly Choice[] }[];
  readonly countWords: string;
  readonly rows: readonly Row[];
  readonly links: PageLinks | null;
  readonly clearHref: string;
  readonly due: readonly StepLine[];
  readonly dueWords: string;
  readonly offered: readonly {
    readonly employer: string;
    readonly by: string;
    readonly agreed: string;
    readonly accept: string;
    readonly decline: string;
  }[];
  readonly shared: readonly { readonly name: string; readonly href: string; readonly by: string }[];
  readonly newHref: string;
  readonly evidenceHref: string;
  readonly importHref: string;
  readonly nextStepsHref: string;
  readonly localNeedHref: string;
  readonly files: readonly { readonly text: string; readonly href: string }[];
};
type DoorModel = { readonly signedIn: boolean; readonly localNeedHref: string };

const listView = view<ListModel>('capabilities/employers/pages/list/page.njk');
const doorView = view<DoorModel>('capabilities/employers/pages/list/door.njk');

const doneWords: Readonly<Record<string, string>> = {
  removed: 'The record is gone, with all that was in it.',
  imported: 'The file is brought in.',
  'sharing-ended': 'The record is shared no more.',
};

/** Records on one page of the list, and steps in its summary. */
const perPage = 50;
const mostDue = 5;

const readFilters = (query: URLSearchParams): EmployerFilters => {
  const word = (name: string) => (query.get(name) ?? '').trim().slice(0, 200);
  return {
    words: word('words'),
    route: word('route'),
    region: word('region'),
    size: word('size'),
    offer: word('offer'),
  };
};

const queryOf = (organisation: string, filters: Partial<EmployerFilters>, at = 1): URLSearchParams =>
  new URLSearchParams([
    ['organisation', organisation],
    ...Object.entries(filters).filter(([, value]) => value !== ''),
    ...(at > 1 ? [['page', String(at)]] : []),
  ] as [string, string][]);

const choices = (all: readonly (readonly [string, string])[], chosen: string, any: string): readonly Choice[] => [
  { value: '', text: any, selected: chosen === '' },
  ...all.map(([value, text]) => ({ value, text, selected: value === chosen })),
];
const same = (all: readonly string[]) => all.map((one) => [one, one] as const);

const placeOf = (one: Employer): string => [one.town, one.region ?? ''].filter((word) => word !== '').join(', ');

const factsOf = (one: Employer): readonly string[] =>
  [placeOf(one), one.size ? (sizeWords[one.size].split(':')[0] ?? '') : '', listed(one.routes)].filter(
    (fact) => fact !== '',
  );

export const showList = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const { actor } = ctx;
  const mine = actor.kind === 'person' ? keepingFor(actor) : [];
  if (mine.length === 0)
    return page(
      doorView,
      { signedIn: actor.kind === 'person', localNeedHref: localNeedPath },
      {
        title: 'Employers',
        crumbs: [{ text: 'Start', href: '/' }],
        description: 'A record of the employers you work with, and what employers ask for by place.',
      },
    );
  const { organisation, name } = organisationAsked(ctx, request.query.get('organisation'));
  const filters = readFilters(request.query);
  const all = await employersOf(ctx, organisation);
  const found = findIn(all, filters);
  const pages = Math.ceil(found.length / perPage);
  const at = Math.min(Math.max(1, Number(request.query.get('page')) || 1), Math.max(1, pages));
  const open = await openStepsOf(ctx, organisation);
  const lines = await stepLines(ctx, organisation, open);
  const pressing = lines.filter((one) => one.overdue || one.thisWeek);
  const sharings = await sharedWithUs(ctx, organisation);
  const nameOf = await sharingNames(ctx, sharings);
  const href = (some: EmployerFilters, number = 1) => employerListPath(queryOf(organisation, some, number));
  return page(
    listView,
    {
      organisation: name,
      organisationId: organisation,
      others: mine
        .filter((one) => one.organisation !== organisation)
        .map((one) => ({ text: one.name, href: employerListPath(queryOf(one.organisation, {})) })),
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      empty: all.length === 0,
      filters,
      selects: [
        { name: 'route', label: 'Route', choices: choices(same(occupationalRoutes), filters.route, 'Any route') },
        { name: 'region', label: 'Region', choices: choices(same(regions), filters.region, 'Any region') },
        {
          name: 'size',
          label: 'Size',
          choices: choices(
            sizes.map((one) => [one, sizeWords[one]]),
            filters.size,
            'Any size',
          ),
        },
        {
          name: 'offer',
          label: 'Offers',
          choices: choices(
            offers.map((one) => [one, offerWords[one]]),
            filters.offer,
            'Anything or nothing',
          ),
        },
      ],
      countWords: counted(found.length, 'employer'),
      rows: found.slice((at - 1) * perPage, at * perPage).map((one) => ({
        name: one.name,
        href: employerPath(one.id),
        facts: factsOf(one),
        offers: listed(one.offers.map((offer) => offerWords[offer].split(':')[0]?.toLowerCase() ?? '')),
        due: lines.find((line) => line.employer === one.id) ?? null,
      })),
      links: pageLinks(at, pages, (number) => href(filters, number)),
      clearHref: employerListPath(queryOf(organisation, {})),
      due: pressing.slice(0, mostDue),
      dueWords:
        pressing.length > mostDue
          ? `And ${pressing.length - mostDue} more.`
          : open.length > pressing.length
            ? `${counted(open.length - pressing.length, 'step')} later.`
            : '',
      offered: sharings
        .filter((one) => one.acceptedAt === null)
        .map((one) => ({
          employer: one.employerName,
          by: nameOf(one.giver),
          agreed: day(one.employerAgreedOn),
          accept: sharingActPath(one.id, 'accept'),
          decline: sharingActPath(one.id, 'end'),
        })),
      shared: sharings
        .filter((one) => one.acceptedAt !== null)
        .map((one) => ({ name: one.employerName, href: employerPath(one.employer), by: nameOf(one.giver) })),
      newHref: `${newEmployerPath}?${queryOf(organisation, {})}`,
      evidenceHref: evidencePath,
      importHref: `${importPath}?${queryOf(organisation, {})}`,
      nextStepsHref: `${nextStepsPath}?${queryOf(organisation, {})}`,
      localNeedHref: localNeedPath,
      files: (['csv', 'xlsx'] as const).map((format) => ({
        text: format.toUpperCase(),
        href: employersFilePath(format, queryOf(organisation, filters)),
      })),
    },
    { title: 'Employers', crumbs: [{ text: 'Start', href: '/' }], wide: true },
  );
};

const file = (format: 'csv' | 'xlsx'): Route => ({
  method: 'GET',
  path: `${employersPath}/employers.${format}`,
  access: keepEmployers,
  audit: `employers.list-${format}`,
  perMinute: 30,
  handle: async (request, ctx) => {
    const { organisation } = organisationAsked(ctx, request.query.get('organisation'));
    const found = findIn(await employersOf(ctx, organisation), readFilters(request.query));
    return {
      kind: 'file',
      name: `employers-${todayOf(ctx)}.${format}`,
      type:
        format === 'csv'
          ? 'text/csv; charset=utf-8'
          : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      body: format === 'csv' ? employersAsCsv(found) : await employersAsXlsx(found),
    };
  },
});

export const listRoutes: readonly Route[] = [
  { method: 'GET', path: employersPath, access: 'anyone', audit: 'employers.list', handle: showList },
  file('csv'),
  file('xlsx'),
];
