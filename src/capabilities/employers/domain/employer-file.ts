import type { EmployerText } from './employer.ts';
import type { Typed } from './typed.ts';

/** Fields of a record in the order of the file, each with the header of its column. */
export const fileColumns = [
  ['name', 'Name'],
  ['town', 'Town'],
  ['region', 'Region'],
  ['companyNumber', 'Company number'],
  ['size', 'Size'],
  ['sector', 'Sector (SIC 2007 section)'],
  ['routes', 'Routes'],
  ['occupations', 'Occupations'],
  ['offers', 'Offers'],
  ['notes', 'Notes'],
] as const satisfies readonly (readonly [keyof EmployerText, string])[];

export type FileField = (typeof fileColumns)[number][0];

/** Several values stand in one cell with semicolons between them: names of routes have commas. */
export const fileRow = (one: EmployerText): readonly string[] =>
  fileColumns.map(([field]) => {
    const value = one[field];
    return typeof value === 'string' ? value : value === null ? '' : value.join('; ');
  });

/** A row's cells as they would be typed. */
export const typedRow = (cells: Readonly<Partial<Record<FileField, string>>>): Typed =>
  Object.fromEntries(
    fileColumns.map(([field]) => {
      const cell = cells[field] ?? '';
      if (field === 'routes') return [field, cell.split(/[;\n]/)] as const;
      // No offer has a comma in its name.
      return [field, field === 'offers' ? cell.split(/[;,\n]/) : [cell]] as const;
    }),
  );
