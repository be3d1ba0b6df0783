import { readTypedDay } from '#kernel/typed-day.ts';
import type { FormProblem } from '#web/form-problem.ts';
import { day } from '#web/words.ts';
import { modeWords } from '../../domain/register-entry.ts';
import { noFilters, type RegisterFilters } from '../../domain/register-filters.ts';

/** What the address asks for, and what of it could not be used: then nothing is found, since less would be asked than was meant. */
export type ListQuery = {
  readonly filters: RegisterFilters;
  readonly page: number;
  readonly problems: readonly FormProblem[];
  /** What was typed, by its name in the address. */
  readonly typed: (name: string) => string;
};

const longestWords = 200;

/** Names in the address, its public contract. */
const names = {
  words: 'words',
  route: 'route',
  level: 'level',
  occupation: 'occupation',
  awardingOrganisation: 'awarding',
  provider: 'provider',
  region: 'region',
  town: 'town',
  mode: 'mode',
  firstTeachBy: 'first-teach-by',
  state: 'state',
} as const;

const clean = (text: string): string =>
  text
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, longestWords);

/** Reads an address. */
export const readListQuery = (query: URLSearchParams): ListQuery => {
  const problems: FormProblem[] = [];
  const given = (name: string): string | null => clean(query.get(name) ?? '') || null;
  const usable = <Value>(name: string, read: (text: string) => Value | null, wrong: string): Value | null => {
    const text = given(name);
    if (text === null) return null;
    const value = read(text);
    if (value === null) problems.push({ field: name, text: wrong });
    return value;
  };
  const pageWord = given('page');
  return {
    filters: {
      words: given(names.words),
      route: given(names.route),
      level: usable(
        names.level,
        (text) => (/^[45]$/.test(text) ? Number(text) : null),
        'Level: HTQs are of Level 4 or 5',
      ),
      occupation: given(names.occupation)?.toUpperCase() ?? null,
      awardingOrganisation: given(names.awardingOrganisation),
      provider: usable(
        names.provider,
        (text) => (/^\d{8}$|\p{L}/u.test(text) ? text : null),
        'Provider: enter a part of its name, or its UKPRN, which has 8 digits',
      ),
      region: given(names.region),
      town: given(names.town),
      mode: usable(
        names.mode,
        (text) => (Object.hasOwn(modeWords, text) ? (text as keyof typeof modeWords) : null),
        `Way of study: choose one, such as ${modeWords['full-time'].toLowerCase()}`,
      ),
      firstTeachBy: usable(names.firstTeachBy, readTypedDay, 'First teach by: enter a day, such as 1/9/2027'),
      state: usable(
        names.state,
        (text) => (text === 'approved' || text === 'withdrawn' ? text : null),
        'State: choose approved or withdrawn',
      ),
    },
    page: pageWord !== null && /^[1-9]\d{0,5}$/.test(pageWord) ? Number(pageWord) : 1,
    problems,
    typed: (name) => given(name) ?? '',
  };
};

/** The address of these filters, the same for the same filters. */
export const listQuery = (filters: RegisterFilters, asOf: URLSearchParams, page = 1): URLSearchParams => {
  const query = new URLSearchParams();
  for (const [field, name] of Object.entries(names) as [keyof RegisterFilters, string][]) {
    const value = filters[field];
    if (value !== null) query.set(name, String(value));
  }
  for (const [name, value] of asOf) query.set(name, value);
  if (page > 1) query.set('page', String(page));
  return query;
};

export type ChosenFilter = { readonly words: string; readonly without: RegisterFilters };

const labels: Readonly<Record<keyof RegisterFilters, string>> = {
  words: 'Words',
  route: 'Route',
  level: 'Level',
  occupation: 'Occupation',
  awardingOrganisation: 'Awarding organisation',
  provider: 'Provider',
  region: 'Region',
  town: 'Town',
  mode: 'Way of study',
  firstTeachBy: 'First teach by',
  state: 'State',
};

/** The filters in use, one by one, for saying and for taking away. */
export const chosenFilters = (filters: RegisterFilters): readonly ChosenFilter[] =>
  (Object.keys(labels) as (keyof RegisterFilters)[]).flatMap((field) => {
    const value = filters[field];
    if (value === null) return [];
    const words =
      field === 'mode'
        ? modeWords[value as keyof typeof modeWords]
        : field === 'firstTeachBy'
          ? day(String(value))
          : String(value);
    return [{ words: `${labels[field]}: ${words}`, without: { ...filters, [field]: noFilters[field] } }];
  });
