import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { regions } from '#kernel/region.ts';
import type { BookToWrite, Choice, SheetToWrite } from '#platform/sheets/sheet-to-write.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { writeXlsx } from '#platform/sheets/write-xlsx.ts';
import { type EmployerText, offers, sizes, sizeWords } from '../domain/employer.ts';
import { type FileField, fileColumns, fileRow } from '../domain/employer-file.ts';
import { sectors } from './reference-data.ts';

const headers = fileColumns.map(([, header]) => header);
const widths: Readonly<Record<FileField, number>> = {
  name: 32,
  town: 18,
  region: 24,
  companyNumber: 16,
  size: 12,
  sector: 14,
  routes: 40,
  occupations: 24,
  offers: 24,
  notes: 60,
};

const columnOf = (field: FileField): number => fileColumns.findIndex(([one]) => one === field) + 1;

/** Rows of the template that wait to be filled in. */
const readyRows = 200;

/** What a cell takes, as its list; Excel's lists cannot hold more than 255 characters, so the regions stand on their sheet. */
const choicesFor = (lastRow: number): readonly Choice[] => {
  const choice = (field: FileField, from: Choice['from'], hint: string, only = true): Choice => ({
    firstRow: 2,
    lastRow,
    firstColumn: columnOf(field),
    lastColumn: columnOf(field),
    from,
    only,
    hint,
  });
  const cells = (column: number, count: number): Choice['from'] => ({
    kind: 'cells',
    sheet: 'What a cell takes',
    column,
    first: 2,
    last: count + 1,
  });
  return [
    choice('region', cells(1, regions.length), 'One of the regions'),
    choice(
      'size',
      cells(2, sizes.length),
      'By employees: micro up to 9, small 10 to 49, medium 50 to 249, large 250 or more',
    ),
    choice('sector', cells(4, sectors.length), 'The letter of a section of the SIC 2007'),
    choice('routes', cells(6, occupationalRoutes.length), 'One route, or several with semicolons between them', false),
    choice('offers', cells(7, offers.length), 'One, or several with semicolons between them', false),
  ];
};

/** What the lists come from, for whoever fills the file in without Excel. */
const listsSheet = (): SheetToWrite => {
  const columns: readonly (readonly string[])[] = [
    regions,
    sizes,
    sizes.map((one) => sizeWords[one]),
    sectors.map((one) => one.section),
    sectors.map((one) => one.title),
    occupationalRoutes,
    offers,
  ];
  const height = Math.max(...columns.map((one) => one.length));
  const head = ['Regions', 'Sizes', 'What a size means', 'Sectors', 'What a sector is', 'Routes', 'Offers'];
  return {
    name: 'What a cell takes',
    rows: [head, ...Array.from({ length: height }, (_, row) => columns.map((one) => one[row] ?? null))],
    looks: [head.map(() => 'header' as const)],
    columns: [26, 10, 34, 10, 42, 42, 14].map((width) => ({ width, asText: true })),
    frozen: { rows: 1, columns: 0 },
    choices: [],
    readyRows: 0,
  };
};

const bookOf = (rows: readonly EmployerText[]): BookToWrite => ({
  title: 'Employers',
  sheets: [
    {
      name: 'Employers',
      rows: [headers, ...rows.map(fileRow)],
      looks: [headers.map(() => 'header' as const)],
      columns: fileColumns.map(([field]) => ({ width: widths[field], asText: true })),
      frozen: { rows: 1, columns: 1 },
      choices: choicesFor(Math.max(readyRows, rows.length + 1)),
      readyRows: rows.length === 0 ? readyRows : 0,
    },
    listsSheet(),
  ],
});

/** Own employers as a file that can be brought in again: without contacts, whose consent was for something else. */
export const employersAsCsv = (rows: readonly EmployerText[]): Uint8Array => writeCsv([headers, ...rows.map(fileRow)]);

export const employersAsXlsx = (rows: readonly EmployerText[]): Promise<Uint8Array> => writeXlsx(bookOf(rows));
