import type { Problem } from '#kernel/problem.ts';
import { type Duplicate, duplicateFinder } from './duplicates.ts';
import type { Employer, EmployerText } from './employer.ts';
import { type FileField, fileColumns, fileRow, typedRow } from './employer-file.ts';
import { employerKey } from './employer-name.ts';
import { readEmployer, type Sector } from './read-employer.ts';

/** A cell as text, whatever it was in the file; the headers first. */
export type Table = readonly (readonly string[])[];

/** Headers that spreadsheets use, in small letters without blanks and signs. */
const headers: Readonly<Record<FileField, readonly string[]>> = {
  name: [
    'name',
    'employer',
    'employername',
    'nameofemployer',
    'company',
    'companyname',
    'business',
    'businessname',
    'organisation',
  ],
  town: ['town', 'city', 'towncity', 'towncityvillage', 'location', 'place'],
  region: ['region', 'area'],
  companyNumber: [
    'companynumber',
    'companieshousenumber',
    'crn',
    'companyregistrationnumber',
    'companyno',
    'cono',
    'companyregno',
  ],
  size: [
    'size',
    'companysize',
    'employersize',
    'employees',
    'numberofemployees',
    'noofemployees',
    'staff',
    'headcount',
  ],
  sector: ['sector', 'sectorsicsection', 'sicsection', 'industry'],
  routes: ['routes', 'route', 'subject', 'technicalroute'],
  occupations: ['occupations', 'occupation', 'standards', 'standard', 'standardreference'],
  offers: ['offers', 'offer', 'whattheyoffer', 'support', 'canoffer'],
  notes: ['notes', 'note', 'comments', 'comment'],
};

/** Rows above the headers in which people write a title. */
const mostAbove = 10;

/** Rows of one file: more than one organisation knows. */
export const mostRows = 5000;

const plain = (header: string): string => header.toLowerCase().replaceAll(/[^a-z]/g, '');

export type EmployerRow = {
  /** As a spreadsheet counts it. */
  readonly row: number;
  readonly text: EmployerText;
  /** Fields of which the row says something: an empty cell leaves alone what is there. */
  readonly given: readonly FileField[];
};

export type EmployerFile = {
  readonly rows: readonly EmployerRow[];
  /** Headers of columns that nothing was taken from. */
  readonly unused: readonly string[];
  readonly problems: readonly Problem[];
};

/** Reads a file of employers: what it holds, and everything that is wrong with it, with row and column. */
export const readEmployersFile = (table: Table, sectors: readonly Sector[]): EmployerFile => {
  const named = table
    .slice(0, mostAbove + 1)
    .findIndex((row) => row.some((header) => headers.name.includes(plain(header))));
  const above = Math.max(0, named);
  const [first = [], ...body] = table.slice(above);
  const at = new Map<FileField, number>();
  const used = new Set<number>();
  for (const [field] of fileColumns) {
    const index = first.findIndex((header, column) => !used.has(column) && headers[field].includes(plain(header)));
    if (index === -1) continue;
    at.set(field, index);
    used.add(index);
  }
  const unused = first.filter((header, index) => !used.has(index) && header.trim() !== '');
  const whole = (message: string): EmployerFile => ({
    rows: [],
    unused,
    problems: [{ path: `row ${above + 1}`, message }],
  });
  if (!at.has('name'))
    return whole(
      `no column is called "Name", "Employer" or "Company"; found ${first.every((one) => one.trim() === '') ? 'nothing' : first.map((header) => `"${header}"`).join(', ')}`,
    );
  if (body.length > mostRows)
    return whole(`there are more than ${mostRows.toLocaleString('en-GB')} rows below the headers: divide the file`);
  const problems: Problem[] = [];
  const rows: EmployerRow[] = [];
  const seen = new Map<string, number>();
  body.forEach((cells, index) => {
    const row = above + index + 2;
    if (cells.every((cell) => cell.trim() === '')) return;
    const cell = (field: FileField): string => (cells[at.get(field) ?? -1] ?? '').trim();
    const place = (field: string): string => `row ${row}, column ${first[at.get(field as FileField) ?? 0] ?? field}`;
    const { problems: wrong, text } = readEmployer(
      typedRow(Object.fromEntries([...at.keys()].map((field) => [field, cell(field)]))),
      sectors,
    );
    problems.push(...wrong.map((one) => ({ path: place(one.field), message: one.text })));
    const key = employerKey(text);
    const other = seen.get(key);
    if (text.name !== '' && other !== undefined)
      problems.push({ path: place('name'), message: `this name and town stand in row ${other} already` });
    seen.set(key, other ?? row);
    if (wrong.length === 0 && other === undefined)
      rows.push({ row, text, given: [...at.keys()].filter((field) => cell(field) !== '') });
  });
  if (rows.length === 0 && problems.length === 0)
    problems.push({ path: `row ${above + 2}`, message: 'there is no employer in the file' });
  return { rows, unused, problems };
};

export type FieldChange = { readonly header: string; readonly before: string; readonly after: string };

export type ImportPlan = {
  readonly fresh: readonly EmployerRow[];
  readonly changed: readonly {
    readonly row: EmployerRow;
    readonly employer: Employer;
    readonly text: EmployerText;
    readonly changes: readonly FieldChange[];
  }[];
  readonly same: number;
  /** New ones that look like an employer that is kept already. */
  readonly alike: readonly { readonly row: EmployerRow; readonly duplicates: readonly Duplicate[] }[];
};

/** The record as the row wants it: what the row says nothing of stays. */
const merged = (employer: Employer, { text, given }: EmployerRow): EmployerText => {
  const { id: _, organisation: __, revision: ___, madeAt: ____, changedAt: _____, ...before } = employer;
  return Object.fromEntries(
    Object.entries(before).map(([field, value]) => [
      field,
      given.includes(field as FileField) ? text[field as FileField] : value,
    ]),
  ) as EmployerText;
};

/** What a file would change in what an organisation keeps. */
export const planImport = (rows: readonly EmployerRow[], kept: readonly Employer[]): ImportPlan => {
  const byKey = new Map(kept.map((one) => [employerKey(one), one]));
  const duplicatesOf = duplicateFinder(kept);
  const fresh: EmployerRow[] = [];
  const changed: ImportPlan['changed'][number][] = [];
  const alike: ImportPlan['alike'][number][] = [];
  let same = 0;
  for (const row of rows) {
    const employer = byKey.get(employerKey(row.text));
    if (!employer) {
      const duplicates = duplicatesOf(row.text, null);
      if (duplicates.length > 0) alike.push({ row, duplicates });
      else fresh.push(row);
      continue;
    }
    const text = merged(employer, row);
    const before = fileRow(employer);
    const after = fileRow(text);
    const changes = fileColumns.flatMap(([, header], at) =>
      before[at] === after[at] ? [] : [{ header, before: before[at] ?? '', after: after[at] ?? '' }],
    );
    if (changes.length === 0) same += 1;
    else changed.push({ row, employer, text, changes });
  }
  return { fresh, changed, same, alike };
};
