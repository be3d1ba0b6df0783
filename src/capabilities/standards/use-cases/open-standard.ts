import { ok, type Result, refused } from '#kernel/result.ts';
import type { Context } from '#platform/context.ts';
import type { OccupationalStandard } from '../domain/occupational-standard.ts';
import type { StandardInList } from '../domain/standard-filters.ts';
import { currentVersion } from '../domain/standard-versions.ts';
import { findRecord, findReplacements, findVersions } from '../store/find-standards.ts';
import { readStandard } from './read-standard.ts';

export type OpenedStandard = {
  readonly standard: OccupationalStandard;
  readonly stored: StandardInList;
  /** All stored versions, newest first; this one is among them. */
  readonly versions: readonly StandardInList[];
  /** The version that stands for the standard when none is asked for. */
  readonly current: StandardInList;
  /** When its record changed under the same version number, latest first. */
  readonly replacedAt: readonly Date[];
};

/** Why there is nothing to show: the versions there are, none when the reference is unknown. */
export type UnknownStandard = { readonly reference: string; readonly versions: readonly StandardInList[] };

/**
 * One version of a standard, read.
 *
 * @param reference in capital letters: `ST0127`.
 * @param version `null`: the current one, see `domain/standard-versions.ts`.
 */
export const openStandard = async (
  ctx: Context,
  reference: string,
  version: string | null,
): Promise<Result<OpenedStandard, UnknownStandard>> => {
  const versions = await findVersions(ctx, [reference]);
  const current = currentVersion(versions);
  const wanted = version === null ? current : versions.find((one) => one.version === version);
  const found = wanted && (await findRecord(ctx, reference, wanted.version));
  if (!current || !found) return refused({ reference, versions });
  const read = readStandard(JSON.parse(found.record));
  if (read.kind === 'refused')
    throw new Error(
      `The stored record of ${reference} ${found.standard.version} can no longer be read: ${read.refusal.map((one) => `${one.path} ${one.message}`).join('; ')}`,
    );
  return ok({
    standard: read.value,
    stored: found.standard,
    versions,
    current,
    replacedAt: await findReplacements(ctx, reference, found.standard.version),
  });
};

/** The record of one version as it is stored: JSON text. */
export const openRecord = async (
  ctx: Context,
  reference: string,
  version: string,
): Promise<Result<string, UnknownStandard>> => {
  const found = await findRecord(ctx, reference, version);
  return found ? ok(found.record) : refused({ reference, versions: await findVersions(ctx, [reference]) });
};
