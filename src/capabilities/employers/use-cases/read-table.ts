import { ok, type Result, refused } from '#kernel/result.ts';
import { readSheets } from '#platform/sheets/read-sheets.ts';
import type { Table } from '../domain/import-employers.ts';

/**
 * The first sheet of a workbook or a CSV that has anything in it, as texts. Heavy for a workbook, so that pages run it on the pool.
 *
 * @returns why it cannot be read, in a sentence.
 */
export const readTable = async ({
  name,
  bytes,
}: {
  readonly name: string;
  readonly bytes: Uint8Array;
}): Promise<Result<Table, string>> => {
  const file = await readSheets(name, bytes);
  if (file.kind === 'refused') return refused(file.refusal.message);
  const sheet = file.value.sheets.find((one) =>
    one.rows.some((row) => row.some((cell) => cell !== null && cell !== '')),
  );
  if (!sheet) return refused('The file is empty.');
  return ok(sheet.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))));
};
