import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type OccupationalStandard, readClaimable, readStandard, standardsByReference } from '#cap/standards';
import type { Problem } from '#kernel/problem.ts';
import type { Context } from '#platform/context.ts';
import { plainText } from '#platform/documents/plain-text.ts';
import { readJsonRecords, SourceProblem } from '#platform/files/json-records.ts';
import { type KnownStandards, knownStandards } from '../domain/known-standards.ts';
import { field, list, textOf } from '../domain/loose-reading.ts';
import { claimRequirements } from '../domain/pose-question.ts';
import type { Qualification } from '../domain/qualification-file.ts';
import { readQualification } from '../domain/qualification-problems.ts';

const endings = ['.json', '.ndjson'];

/** References of the standards that a qualification claims, as far as they can be read. */
export const claimedReferences = (qualification: unknown): readonly string[] => [
  ...new Set(
    list(field(qualification, 'occupations')).flatMap((claim) => {
      const reference = textOf(field(claim, 'standard'))?.trim().toUpperCase();
      return reference ? [reference] : [];
    }),
  ),
];

/**
 * Reads records of standards from a file (a record, an array, a record a line) or from every `.json` and `.ndjson`
 * file of a folder. Of a large file only the records that are asked for are kept.
 *
 * @throws SourceProblem when there is nothing there, or it is not what it should be.
 */
export const standardRecordsAt = async (
  place: string,
  cwd: string,
  references: readonly string[],
): Promise<readonly unknown[]> => {
  const path = resolve(cwd, place);
  const found = await stat(path).catch(() => null);
  if (!found) throw new SourceProblem(`There is no file or folder ${place}.`);
  const names = found.isDirectory()
    ? (await readdir(path)).filter((name) => endings.some((ending) => name.endsWith(ending))).toSorted()
    : [''];
  if (names.length === 0) throw new SourceProblem(`The folder ${place} has no ${endings.join(' or ')} file in it.`);
  const records: unknown[] = [];
  for (const name of names)
    for await (const { value } of readJsonRecords(join(place, name), createReadStream(join(path, name))))
      if (references.includes(textOf(field(value, 'referenceNumber'))?.trim().toUpperCase() ?? '')) records.push(value);
  return records;
};

/** Records of all stored versions of these standards. */
export const storedRecords = (ctx: Context, references: readonly string[]): Promise<readonly unknown[]> =>
  standardsByReference(ctx, references);

/** The records that can be read whole, for a workbook with their wording in it. */
export const standardsOf = (records: readonly unknown[]): readonly OccupationalStandard[] =>
  records.flatMap((record) => {
    const read = readStandard(record);
    return read.kind === 'ok' ? [read.value] : [];
  });

/** The qualification and its standards as they are meant, or everything that is wrong; nothing is proved. */
export const readWithStandards = (
  qualification: unknown,
  records: readonly unknown[],
):
  | {
      readonly kind: 'ok';
      readonly qualification: Qualification;
      /** With everything that a workbook or a page shows of them. */
      readonly standards: readonly OccupationalStandard[];
      readonly known: KnownStandards;
    }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] } => {
  const reads = records.map((record) => ({ record, read: readClaimable(record) }));
  const known = knownStandards(
    reads.flatMap(({ read }) => (read.kind === 'ok' ? [read.value] : [])),
    plainText,
  );
  const unread = reads.flatMap(({ record, read }) =>
    read.kind === 'ok'
      ? []
      : read.refusal.map(({ path, message }) => ({
          path: 'occupations',
          message: `the record of ${textOf(field(record, 'referenceNumber')) ?? 'a standard'} cannot be read: ${[path, message].filter(Boolean).join(': ')}`,
        })),
  );
  const read = readQualification(qualification, known);
  if (read.kind === 'ok' && unread.length === 0)
    return { kind: 'ok', qualification: read.value, standards: standardsOf(records), known };
  return { kind: 'wrong', problems: [...unread, ...(read.kind === 'ok' ? [] : read.refusal)] };
};

/** A qualification that was checked a moment ago, with what its pages tell it from. */
export const readChecked = (qualification: unknown, records: readonly unknown[]) => {
  const read = readWithStandards(qualification, records);
  if (read.kind === 'wrong') throw new Error(`A checked qualification is wrong: ${JSON.stringify(read.problems)}`);
  const fictional = new Set(
    records.flatMap((record) =>
      field(record, '_fictional') === true ? (textOf(field(record, 'referenceNumber')) ?? []) : [],
    ),
  );
  return {
    qualification: read.qualification,
    standards: read.standards,
    requirements: claimRequirements(read.qualification, read.known),
    fictional,
  };
};
