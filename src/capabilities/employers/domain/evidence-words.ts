import { dayWords } from '#kernel/london-time.ts';
import { regions } from '#kernel/region.ts';
import { sizes, sizeWords } from './employer.ts';
import { ageBands, type CountRow, countBy, type Dimension, type EvidenceItem, type EvidenceKind } from './evidence.ts';
import type { Asked, EvidenceMeasure, Finding, PolicyInForce } from './evidence-policy.ts';
import type { Sector } from './read-employer.ts';

export const kindWords: Readonly<Record<EvidenceKind, string>> = {
  attendance: 'Came to an event',
  meeting: 'Meeting',
  letter: 'Signed letter',
};

const things: Readonly<Record<Asked, readonly [one: string, many: string]>> = {
  employers: ['employer', 'employers'],
  letters: ['employer with a signed letter', 'employers with a signed letter'],
  regions: ['region', 'regions'],
  sizes: ['size of employer', 'sizes of employer'],
};

const counted = (count: number, what: Asked): string => `${count} ${things[what][count === 1 ? 0 : 1]}`;

/** "3 of 5 employers: 2 are missing." */
export const findingWords = ({ what, wanted, have, missing }: Finding): string =>
  missing === 0
    ? `${counted(have, what)}, of ${wanted} that are looked for.`
    : `${have} of ${counted(wanted, what)}: ${missing} ${missing === 1 ? 'is' : 'are'} missing.`;

/** "At least 5 employers and 2 employers with a signed letter; nothing older than 24 months counts". */
export const measureWords = (measure: EvidenceMeasure): string => {
  const parts = (['employers', 'letters', 'regions', 'sizes'] as const).flatMap((what) => {
    const wanted = measure[what];
    return wanted === null ? [] : [counted(wanted, what)];
  });
  const all = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  const age = measure.ageMonths === null ? '' : `nothing older than ${measure.ageMonths} months`;
  if (all === '') return age === '' ? 'Nothing' : `Of each item: ${age}`;
  return `At least ${all}${age === '' ? '' : `; ${age} counts`}`;
};

export const policyWords = (policy: PolicyInForce): string => {
  if (policy.kind === 'off') return policy.why;
  const whose = {
    organisation: 'Numbers that your organisation has set',
    instance: 'Numbers that the administrators of this instance have set',
    published: 'Published numbers',
  }[policy.whose];
  return `${whose}, from ${dayWords(policy.from)} on: ${measureWords(policy.measure)}. Source: ${policy.source}`;
};

export const sizeTitle = (size: string): string => sizeWords[size as keyof typeof sizeWords] ?? size;

/** A section that is not listed is told by its letter. */
export const sectorTitle = (sectors: readonly Sector[], section: string): string =>
  sectors.find((one) => one.section === section)?.title ?? section;

/** "under a month old", "1 month old". */
export const ageWords = (months: number): string =>
  months === 0 ? 'under a month old' : `${months} ${months === 1 ? 'month' : 'months'} old`;

export const notKnown = 'Not known';

/** One way of counting a record, for chart, table and sheet alike. */
export type Counting = {
  readonly dimension: Dimension;
  readonly title: string;
  readonly first: string;
  readonly rows: readonly (Omit<CountRow, 'key'> & { readonly text: string })[];
};

/** The record counted by region, size, sector and age. Regions and sizes without any are shown as such; sectors are not. */
export const countingsOf = (items: readonly EvidenceItem[], sectors: readonly Sector[]): readonly Counting[] => {
  const counting = (
    dimension: Dimension,
    title: string,
    first: string,
    keys: readonly string[],
    all: boolean,
    words: (key: string) => string,
  ): Counting => ({
    dimension,
    title,
    first,
    rows: countBy(items, dimension, keys, all).map(({ key, ...row }) => ({
      text: key === null ? notKnown : words(key),
      ...row,
    })),
  });
  const same = (key: string): string => key;
  return [
    counting('region', 'By region', 'Region', regions, true, same),
    counting('size', 'By size of employer', 'Size', sizes, true, sizeTitle),
    counting(
      'sector',
      'By sector',
      'Sector',
      sectors.map((one) => one.section),
      false,
      (section) => sectorTitle(sectors, section),
    ),
    counting(
      'age',
      'By age',
      'Age',
      ageBands.map((one) => one.words),
      true,
      same,
    ),
  ];
};
