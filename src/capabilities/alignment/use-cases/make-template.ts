import type { OccupationalStandard } from '#cap/standards';
import { writeOds } from '#platform/sheets/write-ods.ts';
import { writeXlsx } from '#platform/sheets/write-xlsx.ts';
import { workbookOf } from '../domain/workbook-from-qualification.ts';

export type WorkbookFormat = 'xlsx' | 'ods';

/** A workbook to be filled in, with the wording of these standards in it. */
export const makeTemplate = async (
  standards: readonly OccupationalStandard[],
  format: WorkbookFormat,
): Promise<Uint8Array> => {
  const sheets = workbookOf(
    { occupations: standards.map(({ reference, version }) => ({ standard: reference, version })), units: [] },
    standards,
  );
  const title = `Qualification for ${standards.map((one) => `${one.reference} ${one.title}`).join(', ')}`;
  return format === 'xlsx' ? writeXlsx({ title, sheets }) : writeOds({ title, sheets });
};
