import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import { type PageLinks, pageLinks } from '#web/page-links.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day, listed } from '#web/words.ts';
import { modeWords } from '../../domain/register-entry.ts';
import {
  casesPath,
  comparePath,
  cyclesPath,
  entryPath,
  importPath,
  matchingPath,
  natureSettingPath,
  newEntryPath,
  proposalsPath,
  registerFilePath,
  registerPath,
} from '../../paths.ts';
import { bringInFiles, keepRegister, setNature } from '../../policy.ts';
import { listRegister, whatThereIs } from '../../use-cases/find-register.ts';
import { stateTag, type Tag } from '../entry-words.ts';
import { type Band, makeBand, readAsked } from '../register-band.ts';
import { chosenFilters, listQuery, readListQuery } from './list-query.ts';

type Choice = { readonly value: string; readonly text: string; readonly selected: boolean };

type Model = {
  readonly band: Band;
  readonly problems: readonly FormProblem[];
  readonly path: string;
  readonly empty: boolean;
  readonly keeps: boolean;
  readonly words: string;
  readonly typed: Readonly<Record<'occupation' | 'awarding' | 'town' | 'firstTeachBy' | 'provider', string>>;
  readonly routes: readonly Choice[];
  readonly levels: readonly Choice[];
  readonly regions: readonly Choice[];
  readonly modes: readonly Choice[];
  readonly states: readonly Choice[];
  readonly chosen: readonly { readonly text: string; readonly href: string }[];
  readonly countWords: string;
  readonly rows: readonly {
    readonly id: string;
    readonly title: string;
    readonly href: string;
    readonly tag: Tag;
    readonly facts: readonly string[];
    readonly fictional: boolean;
    readonly ticked: boolean;
  }[];
  /** Ticked for comparison, and not among the rows. */
  readonly tickedElsewhere: readonly string[];
  readonly links: PageLinks | null;
  readonly csvHref: string;
  readonly jsonHref: string;
  readonly compareHref: string;
  readonly clearHref: string;
  readonly cyclesHref: string;
  readonly desk: readonly { readonly text: string; readonly href: string }[];
};

const listView = view<Model>('capabilities/register/pages/list/page.njk');

export const perPage = 20;

/** As many as can be compared. */
const mostTicked = 4;

const choices = (all: readonly string[], chosen: string | null, any: string, words = (value: string) => value) => [
  { value: '', text: any, selected: chosen === null },
  ...all.map((value) => ({ value, text: words(value), selected: value === chosen })),
];

export const showList = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const { asked } = readAsked(ctx, request.query);
  const { filters, page: wanted, problems: wrong, typed } = readListQuery(request.query);
  const ticked = [...new Set(request.query.getAll('tick'))].slice(0, mostTicked);
  const held = await whatThereIs(ctx);
  const band = await makeBand(ctx, registerPath(), request.query);
  const problems = [...wrong, ...band.problems];
  const foundOn = async (at: number) =>
    problems.length > 0
      ? { total: 0, entries: [] }
      : listRegister(ctx, asked.asOf, asked.isToday, filters, { skip: (at - 1) * perPage, take: perPage });
  const there = await foundOn(wanted);
  // An address that was kept from a longer list leads to its first page.
  const number = there.entries.length === 0 ? 1 : wanted;
  const found = number === wanted ? there : await foundOn(number);
  const href = (some: typeof filters, at = 1) => registerPath(listQuery(some, asked.query, at));
  const pages = Math.ceil(found.total / perPage);
  return page(
    listView,
    {
      band,
      problems,
      path: registerPath(),
      empty: held.entries === 0,
      keeps: isAllowed(ctx.actor, keepRegister),
      words: filters.words ?? '',
      typed: {
        occupation: filters.occupation ?? '',
        awarding: filters.awardingOrganisation ?? '',
        town: filters.town ?? '',
        firstTeachBy: typed('first-teach-by'),
        provider: typed('provider'),
      },
      routes: choices(held.routes, filters.route, 'Any route'),
      levels: choices(
        held.levels.map(String),
        filters.level === null ? null : String(filters.level),
        'Any level',
        (one) => `Level ${one}`,
      ),
      regions: choices(held.regions, filters.region, 'Any region'),
      modes: choices(
        Object.keys(modeWords),
        filters.mode,
        'Any way of study',
        (one) => modeWords[one as keyof typeof modeWords],
      ),
      states: choices(['approved', 'withdrawn'], filters.state, 'Any state', (one) =>
        one === 'approved' ? 'Approved' : 'Withdrawn',
      ),
      chosen: chosenFilters(filters).map((one) => ({ text: one.words, href: href(one.without) })),
      countWords: problems.length > 0 ? 'Nothing was asked yet' : counted(found.total, 'qualification'),
      rows: found.entries.map((one) => ({
        id: one.id,
        title: one.title,
        href: `${entryPath(one.id)}${asked.query.size > 0 ? `?${asked.query}` : ''}`,
        tag: stateTag(one.state),
        fictional: one.fictional,
        ticked: ticked.includes(one.id),
        facts: [
          one.number,
          `Level ${one.level}`,
          one.awardingOrganisation,
          ...(one.route ? [one.route] : []),
          ...(one.firstTeach === null
            ? []
            : [`for ${listed(one.occupationTitles)}`, `first teach ${day(one.firstTeach)}`]),
          one.unconfirmed === 0
            ? counted(one.providers, 'provider')
            : `${counted(one.providers, 'provider')} confirmed, ${one.unconfirmed} not`,
        ].filter((fact) => fact !== ''),
      })),
      tickedElsewhere: ticked.filter((id) => !found.entries.some((one) => one.id === id)),
      links: pageLinks(number, pages, (at) => href(filters, at)),
      csvHref: registerFilePath('csv', listQuery(filters, asked.query)),
      jsonHref: registerFilePath('json', listQuery(filters, asked.query)),
      compareHref: comparePath,
      clearHref: registerPath(asked.query),
      cyclesHref: cyclesPath,
      desk: [
        ...(isAllowed(ctx.actor, keepRegister)
          ? [
              { text: 'Enter a qualification', href: newEntryPath },
              { text: 'What waits to be checked', href: proposalsPath },
              { text: 'Cases', href: casesPath },
              { text: 'Rows that match nothing yet', href: matchingPath },
            ]
          : []),
        ...(isAllowed(ctx.actor, keepRegister) || isAllowed(ctx.actor, setNature)
          ? [{ text: 'Source or copy', href: natureSettingPath }]
          : []),
        ...(isAllowed(ctx.actor, bringInFiles) ? [{ text: 'Bring in a file', href: importPath }] : []),
        ...(ctx.actor.kind === 'person' ? ctx.actor.memberships : [])
          .filter((one) => one.kind === 'awarding-organisation')
          .map((one) => ({
            text: `Confirm who delivers the qualifications of ${one.name}`,
            href: registerPath(new URLSearchParams({ awarding: one.name })),
          })),
      ],
    },
    {
      title: 'Register of Higher Technical Qualifications',
      crumbs: [{ text: 'Start', href: '/' }],
      wide: true,
      description:
        'Which qualifications are approved as HTQs, for which occupations, and who delivers them: today, or on any day before.',
      canonicalPath: registerPath(),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const listRoutes: readonly Route[] = [
  { method: 'GET', path: registerPath(), access: 'anyone', audit: 'register.list', handle: showList },
];
