import { page, view } from '#web/answer.ts';
import { type PageLinks, pageLinks } from '#web/page-links.ts';
import type { Route } from '#web/route.ts';
import { counted, thousands } from '#web/words.ts';
import { noFilters, type StandardFilters } from '../../domain/standard-filters.ts';
import { standardPath, standardsFilePath, standardsPath, standardVersionPath } from '../../paths.ts';
import {
  type FoundStandard,
  type StandardsHeld,
  type StandardsPage,
  searchStandards,
  standardsHeld,
  standardsPerPage,
} from '../../use-cases/search-standards.ts';
import { importCommandLine, statusTag, type Tag } from '../version-words.ts';
import { chosenFilters, listQuery, readListQuery } from './list-query.ts';

type Choice = { readonly value: string; readonly text: string; readonly selected: boolean };

type Row = {
  readonly title: string;
  readonly href: string;
  readonly reference: string;
  readonly facts: readonly string[];
  readonly status: Tag;
  readonly fictional: boolean;
  readonly others: readonly { readonly text: string; readonly href: string }[];
};

type Model = {
  readonly held: StandardsHeld;
  readonly countWords: string;
  readonly rangeWords: string;
  readonly notes: readonly string[];
  readonly words: string;
  readonly routes: readonly Choice[];
  readonly levels: readonly { readonly value: string; readonly text: string; readonly checked: boolean }[];
  readonly statuses: readonly Choice[];
  readonly options: readonly Choice[];
  /** Empty where the store has only one kind. */
  readonly kinds: readonly Choice[];
  readonly chosen: readonly { readonly text: string; readonly href: string }[];
  readonly clearPath: string;
  readonly rows: readonly Row[];
  readonly links: PageLinks | null;
  readonly shows: { readonly real: boolean; readonly fictional: boolean };
  readonly csvPath: string;
  readonly jsonPath: string;
  /** Says how the real standards are loaded; `null` once there are some. */
  readonly importCommandLine: string | null;
};

const listView = view<Model>('capabilities/standards/pages/list/page.njk');

export const showList: Route['handle'] = async (request, ctx) => {
  const held = await standardsHeld(ctx);
  const asked = readListQuery(request.query, held);
  const result = await searchStandards(ctx, asked.filters, asked.page);
  const filters: StandardFilters = result.commonWords ? { ...asked.filters, words: null } : asked.filters;
  const notes = [...asked.notes];
  if (result.commonWords)
    notes.push(`The words “${asked.filters.words}” were left out: they are too common to search for.`);
  if (asked.page > result.pages)
    notes.push(`There is no page ${thousands(asked.page)}, so this is the last one, page ${thousands(result.pages)}.`);
  const chosen = chosenFilters(filters);
  const query = listQuery(filters);
  const model: Model = {
    held,
    ...resultWords(
      held,
      result,
      chosen.map((one) => one.words),
    ),
    notes,
    words: filters.words ?? '',
    routes: choices('Any route', held.routes, filters.route),
    levels: levelsToOffer(held, filters).map((level) => ({
      value: String(level),
      text: String(level),
      checked: filters.levels.includes(level),
    })),
    statuses: choices('Any status', held.statuses, filters.status),
    options: [
      { value: '', text: 'With or without', selected: filters.coreAndOptions === null },
      { value: 'yes', text: 'With core and options', selected: filters.coreAndOptions === true },
      { value: 'no', text: 'Without options', selected: filters.coreAndOptions === false },
    ],
    kinds:
      (held.real > 0 && held.fictional > 0) || filters.fictional !== null
        ? [
            { value: '', text: 'Real and fictional', selected: filters.fictional === null },
            { value: 'real', text: 'Real', selected: filters.fictional === false },
            { value: 'fictional', text: 'Fictional', selected: filters.fictional === true },
          ]
        : [],
    chosen: chosen.map((one) => ({ text: one.words, href: standardsPath(listQuery(one.without)) })),
    clearPath: standardsPath(listQuery(noFilters)),
    rows: result.found.map(asRow),
    links: pageLinks(result.page, result.pages, (number) => standardsPath(listQuery(filters, number))),
    shows: {
      real: result.found.some((one) => !one.fictional),
      fictional: result.found.some((one) => one.fictional),
    },
    csvPath: standardsFilePath('csv', query),
    jsonPath: standardsFilePath('json', query),
    importCommandLine: held.real === 0 ? importCommandLine : null,
  };
  const title = result.page > 1 ? `Occupational standards, page ${result.page}` : 'Occupational standards';
  return page(listView, model, { title, crumbs: [{ text: 'Start', href: '/' }] });
};

const choices = (any: string, values: readonly string[], chosen: string | null): readonly Choice[] => [
  { value: '', text: any, selected: chosen === null },
  ...values.map((value) => ({ value, text: value, selected: value === chosen })),
];

/** A level that was asked for stands among the choices even when no standard has it. */
const levelsToOffer = (held: StandardsHeld, filters: StandardFilters): readonly number[] =>
  [...new Set([...held.levels, ...filters.levels])].sort((a, b) => a - b);

const resultWords = (
  held: StandardsHeld,
  result: StandardsPage,
  chosen: readonly string[],
): { readonly countWords: string; readonly rangeWords: string } => {
  const all = counted(held.standards, 'standard');
  const countWords =
    chosen.length > 0
      ? `${result.total === 0 ? 'None' : thousands(result.total)} of ${all} ${result.total === 1 ? 'matches' : 'match'}`
      : `${all}${held.versions > held.standards ? ` in ${counted(held.versions, 'version')}` : ''}`;
  const first = (result.page - 1) * standardsPerPage + 1;
  const last = first + result.found.length - 1;
  return {
    countWords,
    rangeWords:
      result.pages > 1 ? `Showing ${thousands(first)} to ${thousands(last)} of ${thousands(result.total)}` : '',
  };
};

const asRow = (one: FoundStandard): Row => ({
  title: one.title,
  // The plain address where it would show this very version, so that links to a standard stay one and the same.
  href: one.isCurrent ? standardPath(one.reference) : standardVersionPath(one.reference, one.version),
  reference: one.reference,
  facts: [
    one.reference,
    `version ${one.version}`,
    one.level === null ? 'no level given' : `level ${one.level}`,
    one.route ?? 'no route given',
    one.ksbCount > 0 ? counted(one.ksbCount, 'KSB') : 'no KSBs listed',
    one.dutyCount > 0 ? counted(one.dutyCount, 'duty', 'duties') : 'no duties listed',
    ...(one.coreAndOptions ? ['core and options'] : []),
  ],
  status: statusTag(one.status),
  fictional: one.fictional,
  others: one.otherVersions.map((other) => ({
    text: `${other.version}, ${other.status ?? 'no status given'}${other.title === one.title ? '' : `: ${other.title}`}`,
    href: standardVersionPath(other.reference, other.version),
  })),
});
