import type { OccupationalStandard } from '#cap/standards';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { writeOds } from '#platform/sheets/write-ods.ts';
import { writeXlsx } from '#platform/sheets/write-xlsx.ts';
import type { Qualification } from '../domain/qualification-file.ts';
import { workbookAsCsv } from '../domain/workbook-as-csv.ts';
import { workbookOf } from '../domain/workbook-from-qualification.ts';

/** A written file: what its name ends in, `.xlsx` or `-mapping.csv`, and what is in it. */
export type WrittenFile = { readonly ending: string; readonly bytes: Uint8Array };

/** Writes a checked qualification as a workbook, or as the two CSV files of one. */
export const writeWorkbook = async (
  qualification: Qualification,
  standards: readonly OccupationalStandard[],
  format: 'xlsx' | 'ods' | 'csv',
): Promise<readonly WrittenFile[]> => {
  const sheets = workbookOf(qualification, standards);
  const book = { title: qualification.title, sheets };
  if (format === 'xlsx') return [{ ending: '.xlsx', bytes: await writeXlsx(book) }];
  if (format === 'ods') return [{ ending: '.ods', bytes: writeOds(book) }];
  const pair = workbookAsCsv(sheets);
  return [
    { ending: '-structure.csv', bytes: writeCsv(pair.structure) },
    { ending: '-mapping.csv', bytes: writeCsv(pair.mapping) },
  ];
};
