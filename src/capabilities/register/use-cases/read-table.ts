import { ok, type Result, refused } from '#kernel/result.ts';
import { readSheets } from '#platform/sheets/read-sheets.ts';
import type { Table } from '../domain/register-file.ts';

/** A file's table as text. Plain values in and out: it runs on a thread of the pool too. */
export const readTable = async ({
  name,
  bytes,
}: {
  readonly name: string;
  readonly bytes: Uint8Array;
}): Promise<Result<Table, string>> => {
  if (bytes.length === 0) return refused(`${name} is empty.`);
  const file = await readSheets(name, bytes);
  if (file.kind === 'refused') return refused(file.refusal.message);
  if (file.value.format === 'csv' && /\.(?:xlsx|xlsm|ods)$/i.test(name))
    return refused(
      `${name} is called a workbook, and there is only text in it. Save it as a workbook again, or, if it is a CSV, call it .csv.`,
    );
  // The first sheet with anything in it: a cover sheet is not what a register looks like, but an empty one is common.
  const sheet = file.value.sheets.find((one) =>
    one.rows.some((row) => row.some((cell) => cell !== null && cell !== '')),
  );
  return sheet
    ? ok(sheet.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))))
    : refused(`${name} is empty.`);
};

/** For `ctx.workers.run`. */
export const readTableWork = { module: new URL(import.meta.url), name: 'readTable' };
