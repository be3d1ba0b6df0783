import { type Cell, columns, licenceLine, sheetNames } from './workbook-layout.ts';
import { headingRow, type LaidOutSheet } from './workbook-sheet.ts';
import { partHeading } from './workbook-tables.ts';

export type CsvPair = {
  readonly structure: readonly (readonly Cell[])[];
  readonly mapping: readonly (readonly Cell[])[];
};

/** Sheets of the first file; the second has the grid, the exceptions and the outcomes. */
const structureSheets: readonly string[] = [
  sheetNames.qualification,
  sheetNames.occupations,
  sheetNames.structure,
  sheetNames.rules,
];

/** A sheet's headings and rows, without its title and without rows to be filled in. */
const bodyOf = (sheet: LaidOutSheet) => sheet.rows.slice(headingRow - 1);

/**
 * The workbook as two CSV files. Each holds several sheets one below the other: a row with a sheet's name in brackets,
 * `[Structure]`, then its headings and rows. All standards share one grid, whose first column names the standard.
 */
export const workbookAsCsv = (sheets: readonly LaidOutSheet[]): CsvPair => {
  const part = (name: string, rows: readonly (readonly Cell[])[]) => [[partHeading(name)], ...rows, []];
  const parts = (names: readonly string[]) =>
    sheets.filter((sheet) => names.includes(sheet.name)).flatMap((sheet) => part(sheet.name, bodyOf(sheet)));
  return {
    structure: parts(structureSheets),
    mapping: [
      ...part(sheetNames.mapping, [
        [licenceLine],
        ...oneGrid(sheets.filter((sheet) => sheet.name.startsWith(`${sheetNames.mapping} `))),
      ]),
      ...parts([sheetNames.exceptions, sheetNames.outcomes]),
    ],
  };
};

/** Grids of several standards as one: a grid may lack the column that only standards with options have. */
const oneGrid = (grids: readonly LaidOutSheet[]): readonly (readonly Cell[])[] => {
  const own = Object.values(columns.mapping).map((column) => column.heading);
  const unitsOf = (grid: LaidOutSheet) => (bodyOf(grid)[0] ?? []).slice(grid.frozen.columns);
  const units = grids[0] ? unitsOf(grids[0]) : [];
  return [
    [...own, ...units],
    ...grids.flatMap((grid) => {
      const [headings, ...rows] = bodyOf(grid);
      return rows.map((row) => [
        ...own.map((heading) => {
          const at = headings?.slice(0, grid.frozen.columns).indexOf(heading) ?? -1;
          return at === -1 ? null : (row[at] ?? null);
        }),
        ...row.slice(grid.frozen.columns),
      ]);
    }),
  ];
};
