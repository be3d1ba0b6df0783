import type { Context } from '#platform/context.ts';
import { putEntries } from '#platform/search/search-entry.ts';
import type { OccupationalStandard } from '../domain/occupational-standard.ts';
import { currentVersion } from '../domain/standard-versions.ts';
import { standardPath } from '../paths.ts';
import { findVersions } from '../store/find-standards.ts';

/** What standards are called among all that can be found. */
export const standardKind = 'standard';

const lines = (standard: OccupationalStandard): string =>
  [
    [...standard.typicalJobTitles, ...standard.keywords].join(', '),
    standard.overview,
    ...standard.duties.map((duty) => `${duty.code} ${duty.text}`),
    ...standard.ksbs.map((ksb) => `${ksb.code} ${ksb.text}`),
  ]
    .filter(Boolean)
    .join('\n');

/**
 * Lets the search find those of the saved versions that stand for their standard, in the transaction that saves them.
 */
export const makeStandardsFindable = async (ctx: Context, saved: readonly OccupationalStandard[]): Promise<void> => {
  if (saved.length === 0) return;
  const byReference = Map.groupBy(
    await findVersions(
      ctx,
      saved.map((one) => one.reference),
    ),
    (one) => one.reference,
  );
  const standing = saved.filter((one) => currentVersion(byReference.get(one.reference) ?? [])?.version === one.version);
  await putEntries(
    ctx,
    standing.map((one) => ({
      kind: standardKind,
      id: one.reference,
      href: standardPath(one.reference),
      title: one.title,
      summary: `${one.reference}, version ${one.version}. ${one.typicalJobTitles.join(', ')}`,
      body: lines(one),
      codes: [one.reference.toUpperCase()],
      route: one.route,
      level: one.level,
      changedAt: ctx.clock(),
    })),
  );
};
