import { isDay } from '../../domain/day.ts';
import { modeWords } from '../../domain/register-entry.ts';
import { noFilters, type RegisterFilters } from '../../domain/register-filters.ts';

/** What the address asks for, and what of it could not be used, in sentences. */
export type ListQuery = {
  readonly filters: RegisterFilters;
  readonly page: number;
  readonly notes: readonly string[];
};

const longestWords = 200;

/** Names in the address, its public contract. */
const names = {
  words: 'words',
  route: 'route',
  level: 'level',
  occupation: 'occupation',
  awardingOrganisation: 'awarding',
  ukprn: 'provider',
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

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Reads an address. Nothing in it is refused: what cannot be used is left out, and said. */
export const readListQuery = (query: URLSearchParams): ListQuery => {
  const notes: string[] = [];
  const given = (name: string): string | null => clean(query.get(name) ?? '') || null;
  const usable = <Value>(
    name: string,
    what: string,
    read: (text: string) => Value | null,
    why: string,
  ): Value | null => {
    const text = given(name);
    if (text === null) return null;
    const value = read(text);
    if (value === null) notes.push(`${what} “${short(text)}” was left out: ${why}.`);
    return value;
  };
  const pageWord = given('page');
  return {
    filters: {
      words: given(names.words),
      route: given(names.route),
      level: usable(
        names.level,
        'Level',
        (text) => (/^[45]$/.test(text) ? Number(text) : null),
        'HTQs are of Level 4 or 5',
      ),
      occupation: given(names.occupation)?.toUpperCase() ?? null,
      awardingOrganisation: given(names.awardingOrganisation),
      ukprn: usable(
        names.ukprn,
        'Provider',
        (text) => (/^\d{8}$/.test(text) ? text : null),
        'a UKPRN has eight digits',
      ),
      region: given(names.region),
      town: given(names.town),
      mode: usable(
        names.mode,
        'Way of study',
        (text) => (Object.hasOwn(modeWords, text) ? (text as keyof typeof modeWords) : null),
        `it can be ${Object.keys(modeWords).join(', ')}`,
      ),
      firstTeachBy: usable(
        names.firstTeachBy,
        'First teach by',
        (text) => (isDay(text) ? text : null),
        'give a day such as 2027-09-01',
      ),
      state: usable(
        names.state,
        'State',
        (text) => (text === 'approved' || text === 'withdrawn' ? text : null),
        'it can be approved or withdrawn',
      ),
    },
    page: pageWord !== null && /^[1-9]\d{0,5}$/.test(pageWord) ? Number(pageWord) : 1,
    notes,
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
  ukprn: 'Provider',
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
    const words = field === 'mode' ? modeWords[value as keyof typeof modeWords] : String(value);
    return [{ words: `${labels[field]}: ${words}`, without: { ...filters, [field]: noFilters[field] } }];
  });
