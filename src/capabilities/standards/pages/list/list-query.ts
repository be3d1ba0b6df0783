import { noFilters, type StandardFilters } from '../../domain/standard-filters.ts';
import type { StandardsHeld } from '../../use-cases/search-standards.ts';

/** What the address asks for, and what of it could not be used, in sentences. */
export type ListQuery = {
  readonly filters: StandardFilters;
  readonly page: number;
  readonly notes: readonly string[];
};

/** Longest search, in characters; enough for a sentence of a KSB. */
const longestWords = 200;
/** Levels of technical education in England; a level none has now may still be asked for. */
const lowestLevel = 1;
const highestLevel = 8;

/** Names and values of the address, its public contract. */
const names = {
  words: 'words',
  route: 'route',
  level: 'level',
  status: 'status',
  options: 'options',
  kind: 'kind',
  page: 'page',
} as const;
const optionsWords = { yes: true, no: false } as const;
const kindWords = { fictional: true, real: false } as const;

/** Reads an address. Nothing in it is refused: what cannot be used is left out, and said. */
export const readListQuery = (query: URLSearchParams, held: StandardsHeld): ListQuery => {
  const notes: string[] = [];
  const given = (name: string): string => clean(query.get(name) ?? '');
  const leftOut = (what: string, why: string) => notes.push(`${what} was left out: ${why}.`);

  const chosen = (name: string, label: string, stored: readonly string[]): string | null => {
    const value = given(name);
    if (value === '') return null;
    const found = stored.find((one) => one.toLowerCase() === value.toLowerCase());
    if (found === undefined) leftOut(`${label} “${short(value)}”`, `no standard here has it`);
    return found ?? null;
  };
  const oneOf = <Value>(name: string, label: string, values: Readonly<Record<string, Value>>): Value | null => {
    const value = given(name);
    if (value === '') return null;
    if (Object.hasOwn(values, value)) return values[value] ?? null;
    leftOut(`${label} “${short(value)}”`, `it can be ${Object.keys(values).join(' or ')}`);
    return null;
  };

  let words = given(names.words);
  if (words.length > longestWords) {
    words = words.slice(0, longestWords).trim();
    notes.push(`Only the first ${longestWords} characters of the words were searched for.`);
  }
  const levels = new Set<number>();
  for (const value of query.getAll(names.level).map(clean)) {
    const level = /^\d$/.test(value) ? Number(value) : 0;
    if (level >= lowestLevel && level <= highestLevel) levels.add(level);
    else if (value !== '') leftOut(`Level “${short(value)}”`, `levels are ${lowestLevel} to ${highestLevel}`);
  }
  const pageWord = given(names.page);
  const isPage = /^[1-9]\d{0,8}$/.test(pageWord);
  if (pageWord !== '' && !isPage) leftOut(`Page “${short(pageWord)}”`, 'pages are numbered from 1');

  return {
    filters: {
      words: words === '' ? null : words,
      route: chosen(names.route, 'Route', held.routes),
      levels: [...levels].sort((a, b) => a - b),
      status: chosen(names.status, 'Status', held.statuses),
      coreAndOptions: oneOf(names.options, 'Options', optionsWords),
      fictional: oneOf(names.kind, 'Kind', kindWords),
    },
    page: isPage ? Number(pageWord) : 1,
    notes,
  };
};

/** The address of these filters, the same for the same filters. */
export const listQuery = (filters: StandardFilters, page = 1): URLSearchParams => {
  const query = new URLSearchParams();
  if (filters.words !== null) query.set(names.words, filters.words);
  if (filters.route !== null) query.set(names.route, filters.route);
  for (const level of filters.levels) query.append(names.level, String(level));
  if (filters.status !== null) query.set(names.status, filters.status);
  if (filters.coreAndOptions !== null) query.set(names.options, filters.coreAndOptions ? 'yes' : 'no');
  if (filters.fictional !== null) query.set(names.kind, filters.fictional ? 'fictional' : 'real');
  if (page > 1) query.set(names.page, String(page));
  return query;
};

export type ChosenFilter = {
  /** "Route: Digital". */
  readonly words: string;
  /** The same filters without this one. */
  readonly without: StandardFilters;
};

/** The filters in use, one by one, for saying and for taking away. */
export const chosenFilters = (filters: StandardFilters): readonly ChosenFilter[] => {
  const chosen: ChosenFilter[] = [];
  const add = (words: string, part: Partial<StandardFilters>) =>
    chosen.push({ words, without: { ...filters, ...part } });
  if (filters.words !== null) add(`Words: ${filters.words}`, { words: noFilters.words });
  if (filters.route !== null) add(`Route: ${filters.route}`, { route: noFilters.route });
  for (const level of filters.levels)
    add(`Level ${level}`, { levels: filters.levels.filter((other) => other !== level) });
  if (filters.status !== null) add(`Status: ${filters.status}`, { status: noFilters.status });
  if (filters.coreAndOptions !== null)
    add(filters.coreAndOptions ? 'With core and options' : 'Without options', { coreAndOptions: null });
  if (filters.fictional !== null) add(filters.fictional ? 'Fictional' : 'Real', { fictional: null });
  return chosen;
};

/** Without control characters (PostgreSQL takes no zero character), ends trimmed, blanks made one. */
const clean = (text: string): string =>
  text
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
