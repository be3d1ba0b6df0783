import type { Referred } from '#kernel/reference.ts';
import type { Context } from '#platform/context.ts';
import { currentVersion } from '../domain/standard-versions.ts';
import { standardPath } from '../paths.ts';
import { findAllVersions, findRecords, findVersions } from '../store/find-standards.ts';

/**
 * The raw records of all stored versions of these references: parsed JSON as the Skills England API gave it, newest
 * version first within each reference. A reference that is not stored gives none. `readStandard` reads them.
 */
export const standardsByReference = async (ctx: Context, references: readonly string[]): Promise<readonly unknown[]> =>
  (await findRecords(ctx, references.map(asReference))).map((record): unknown => JSON.parse(record));

/** References are stored in capital letters; what PostgreSQL cannot hold in a text matches nothing. */
const asReference = (given: string): string => given.trim().toUpperCase().replaceAll('\0', '');

/** One version of a standard, for whoever lets people choose one. */
export type StandardTitle = {
  readonly reference: string;
  readonly version: string;
  readonly title: string;
  readonly level: number | null;
  readonly status: string | null;
  readonly fictional: boolean;
};

/** Every version of every standard by title, newest version first. */
export const listStandardTitles = async (ctx: Context): Promise<readonly StandardTitle[]> =>
  (await findAllVersions(ctx)).map(({ reference, version, title, level, status, fictional }) => ({
    reference,
    version,
    title,
    level,
    status,
    fictional,
  }));

/** What a reference to a standard leads to; `null`: it is not stored. */
export const referredStandard = async (ctx: Context, reference: string): Promise<Referred | null> => {
  const current = currentVersion(await findVersions(ctx, [asReference(reference)]));
  return current ? { title: `${current.reference} ${current.title}`, href: standardPath(current.reference) } : null;
};
