import { currentVersion, isApproved } from './standard-versions.ts';

type Version = { readonly version: string; readonly level: number | null; readonly status: string | null };

export type WhatChanged = 'revised' | 're-levelled' | 'retired' | 'corrected';

/** What the feed says of a version that nobody may start any more. */
const isRetired = (status: string | null): boolean => /^(?:retired|withdrawn)/i.test(status?.trim() ?? '');

/**
 * What a newly imported record changes about a standard; `null`: nothing that anyone would act on.
 *
 * @param newestFirst the versions that were stored before, at least one.
 */
export const whatChanged = (
  imported: Version,
  newestFirst: readonly Version[],
): { readonly what: WhatChanged; readonly before: Version } | null => {
  const stood = currentVersion(newestFirst);
  if (!stood) return null;
  const same = newestFirst.find((one) => one.version === imported.version);
  const isStanding = stood.version === imported.version;
  if (isRetired(imported.status))
    return isStanding && !isRetired(stood.status) ? { what: 'retired', before: stood } : null;
  if (same && same !== stood && !isApproved(imported.status)) return null;
  if (!same && !isApproved(imported.status)) return null;
  if (imported.level !== null && stood.level !== null && imported.level !== stood.level)
    return { what: 're-levelled', before: stood };
  return isStanding ? { what: 'corrected', before: stood } : { what: 'revised', before: stood };
};
