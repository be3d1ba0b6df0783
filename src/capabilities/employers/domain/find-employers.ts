import type { Employer } from './employer.ts';

export type EmployerFilters = {
  readonly words: string;
  readonly route: string;
  readonly region: string;
  readonly size: string;
  readonly offer: string;
};

export const noFilters: EmployerFilters = { words: '', route: '', region: '', size: '', offer: '' };

const plain = (text: string): string => text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '');

/** Those that have all of it; each word occurs in the name, the town, the occupations or the notes. An empty filter takes all. */
export const findIn = <One extends Employer>(all: readonly One[], filters: EmployerFilters): readonly One[] => {
  const words = plain(filters.words).split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    if (filters.route !== '' && !one.routes.includes(filters.route)) return false;
    if (filters.region !== '' && one.region !== filters.region) return false;
    if (filters.size !== '' && one.size !== filters.size) return false;
    if (filters.offer !== '' && !one.offers.some((offer) => offer === filters.offer)) return false;
    if (words.length === 0) return true;
    const text = plain([one.name, one.town, one.companyNumber ?? '', ...one.occupations, one.notes].join(' '));
    return words.every((word) => text.includes(word));
  });
};
