/** What the feed says of a version that providers may deliver. Compared without regard to case. */
export const approvedStatus = 'Approved for delivery';

export const isApproved = (status: string | null): boolean =>
  status?.trim().toLowerCase() === approvedStatus.toLowerCase();

/**
 * The version that stands for a standard wherever one is shown and none was asked for: the newest that is approved
 * for delivery, or the newest of all when none is. (A newer one in development has no standing yet.)
 *
 * @param newestFirst all versions of one standard.
 */
export const currentVersion = <Version extends { readonly status: string | null }>(
  newestFirst: readonly Version[],
): Version | null => newestFirst.find((one) => isApproved(one.status)) ?? newestFirst[0] ?? null;
