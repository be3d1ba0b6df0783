import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { regions } from '#kernel/region.ts';
import { type EmployerOffer, type EmployerText, offers, offerWords, sizes, sizeWords } from './employer.ts';
import { lineOf, makeProblems, notAReference, type Read, readReferences, type Typed } from './typed.ts';

/** A section of the SIC 2007 with its title. */
export type Sector = {
  readonly section: string;
  readonly title: string;
  /** What people write in spreadsheets for it. */
  readonly alsoCalled: readonly string[];
};

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The one of a list that was meant, whatever its capitals and signs. */
const meant = <Value extends string>(typed: string, all: readonly Value[]): Value | undefined =>
  all.find((one) => plain(one) === plain(typed));

/** A size by its name, its words ("Small: 10 to 49 employees") or a number of employees. */
const sizeMeant = (typed: string): (typeof sizes)[number] | undefined => {
  const number = /^\d{1,7}$/.test(typed) ? Number(typed) : null;
  if (number !== null) return number < 10 ? 'micro' : number < 50 ? 'small' : number < 250 ? 'medium' : 'large';
  return sizes.find((one) => plain(typed) === one || plain(typed) === plain(sizeWords[one]));
};

const offerMeant = (typed: string): EmployerOffer | undefined => {
  const singular = (text: string) => plain(text).replace(/s$/, '');
  return offers.find(
    (one) => singular(typed) === singular(one) || plain(typed) === plain(offerWords[one].split(':')[0] ?? ''),
  );
};

/** A company number as Companies House writes it: eight digits, or two letters and six digits; noughts in front are added. */
const companyNumber = (typed: string): string | null => {
  const text = typed.toUpperCase().replaceAll(/\s/g, '');
  if (/^\d{1,8}$/.test(text)) return text.padStart(8, '0');
  return /^[A-Z]{2}\d{6}$/.test(text) ? text : null;
};

/** Reads what a form or a row of a file says of an employer. */
export const readEmployer = (typed: Typed, sectors: readonly Sector[]): Read<EmployerText> => {
  const { problems, wrong, line, text } = makeProblems();
  const choice = <Value>(field: string, find: (typed: string) => Value | undefined, expected: string): Value | null => {
    const given = lineOf(typed, field);
    if (given === '') return null;
    const found = find(given);
    if (found === undefined) wrong(field, `“${given.slice(0, 40)}” cannot be used: ${expected}`);
    return found ?? null;
  };
  const several = <Value>(field: string, find: (typed: string) => Value | undefined, expected: string): Value[] => {
    const found = (typed[field] ?? [])
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => {
        const value = find(one);
        if (value === undefined) wrong(field, `“${one.slice(0, 60)}” cannot be used: ${expected}`);
        return value;
      });
    return [...new Set(found.filter((one) => one !== undefined))];
  };
  const occupations = readReferences(typed.occupations ?? []);
  if (occupations.wrong !== null) wrong('occupations', notAReference(occupations.wrong));
  const read: EmployerText = {
    name: line(typed, 'name', 'Enter the employer’s name'),
    companyNumber: choice(
      'companyNumber',
      (given) => companyNumber(given) ?? undefined,
      'a company number has eight digits, or two letters and six digits',
    ),
    size: choice('size', sizeMeant, `it can be ${sizes.join(', ')}, or a number of employees`),
    sector: choice(
      'sector',
      (given) =>
        sectors.find((one) => [one.section, one.title, ...one.alsoCalled].some((name) => plain(name) === plain(given)))
          ?.section,
      'give a section of the SIC 2007, A to U, or its title',
    ),
    region: choice('region', (given) => meant(given, regions), `it can be ${regions.join(', ')}`),
    town: line(typed, 'town'),
    routes: several(
      'routes',
      (given) => meant(given, occupationalRoutes),
      'give one of the 15 routes, such as Digital',
    ),
    occupations: occupations.references,
    offers: several('offers', offerMeant, `it can be ${offers.join(', ')}`),
    notes: text(typed, 'notes'),
  };
  return { problems, text: read };
};

/** The same the other way round: what stands in the form of a record. */
export const typedEmployer = (one: EmployerText): Typed => ({
  name: [one.name],
  companyNumber: [one.companyNumber ?? ''],
  size: [one.size ?? ''],
  sector: [one.sector ?? ''],
  region: [one.region ?? ''],
  town: [one.town],
  routes: one.routes,
  occupations: [one.occupations.join(', ')],
  offers: one.offers,
  notes: [one.notes],
});
