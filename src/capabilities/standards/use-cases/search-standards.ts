import type { Context } from '#platform/context.ts';
import type { StandardFilters, StandardInList } from '../domain/standard-filters.ts';
import { currentVersion } from '../domain/standard-versions.ts';
import {
  canBeSearched,
  countMatching,
  findHeld,
  findMatching,
  findVersions,
  type StandardsHeld,
} from '../store/find-standards.ts';

export type { StandardFilters, StandardInList, StandardsHeld };

/** A standard in the list: the version that matches, and the others there are, newest first. */
export type FoundStandard = StandardInList & {
  readonly otherVersions: readonly StandardInList[];
  /** It is the version that stands for the standard: `domain/standard-versions.ts`. */
  readonly isCurrent: boolean;
};

export type StandardsPage = {
  /** Standards that match, on all pages. */
  readonly total: number;
  readonly pages: number;
  /** The page that is shown, from 1: the last one when a later one was asked for. */
  readonly page: number;
  readonly found: readonly FoundStandard[];
  /** The words were left out, since they are too common to search for. */
  readonly commonWords: boolean;
};

/** Standards on one page of the list. */
export const standardsPerPage = 50;

/** What the store holds, for the choices of a filter. */
export const standardsHeld = (ctx: Context): Promise<StandardsHeld> => findHeld(ctx);

/**
 * One page of the standards that match, best match first when there are words, else by title.
 *
 * @param page from 1.
 */
export const searchStandards = async (ctx: Context, asked: StandardFilters, page: number): Promise<StandardsPage> => {
  const { filters, commonWords } = await withUsefulWords(ctx, asked);
  const total = await countMatching(ctx, filters);
  const pages = Math.max(1, Math.ceil(total / standardsPerPage));
  const shown = Math.min(Math.max(1, page), pages);
  const standards = await findMatching(ctx, filters, {
    skip: (shown - 1) * standardsPerPage,
    take: standardsPerPage,
  });
  return { total, pages, page: shown, found: await withOtherVersions(ctx, standards), commonWords };
};

/** All the standards that match, in the order of the pages. */
export const everyMatch = async (ctx: Context, asked: StandardFilters): Promise<readonly FoundStandard[]> => {
  const { filters } = await withUsefulWords(ctx, asked);
  return withOtherVersions(ctx, await findMatching(ctx, filters, null));
};

const withUsefulWords = async (
  ctx: Context,
  filters: StandardFilters,
): Promise<{ readonly filters: StandardFilters; readonly commonWords: boolean }> => {
  if (filters.words === null || (await canBeSearched(ctx, filters.words))) return { filters, commonWords: false };
  return { filters: { ...filters, words: null }, commonWords: true };
};

const withOtherVersions = async (
  ctx: Context,
  standards: readonly StandardInList[],
): Promise<readonly FoundStandard[]> => {
  const versions = await findVersions(
    ctx,
    standards.map((one) => one.reference),
  );
  const byReference = Map.groupBy(versions, (one) => one.reference);
  return standards.map((one) => {
    const all = byReference.get(one.reference) ?? [];
    return {
      ...one,
      otherVersions: all.filter((other) => other.version !== one.version),
      isCurrent: currentVersion(all)?.version === one.version,
    };
  });
};
