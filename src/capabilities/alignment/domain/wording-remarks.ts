import type { KnownStandards } from './known-standards.ts';
import { field, list, textOf } from './loose-reading.ts';
import type { PlacedRemark } from './workbook-places.ts';
import type { Wording } from './workbook-reading.ts';

/** Compared by letters and figures alone: spreadsheets and people change signs and blanks. */
const letters = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * What a mapping's wording says against the versions that are claimed. Content changes without a new version, and codes
 * move from version to version, so last year's workbook may speak of other KSBs than its codes do now.
 *
 * @returns problems: the wording is that of another KSB; notes: it is none of this version's.
 */
export const wordingRemarks = (
  qualification: unknown,
  standards: KnownStandards,
  wordings: readonly Wording[],
): { readonly problems: readonly PlacedRemark[]; readonly notes: readonly PlacedRemark[] } => {
  const problems: PlacedRemark[] = [];
  const notes: PlacedRemark[] = [];
  const versions = new Map(
    list(field(qualification, 'occupations')).flatMap((claim) => {
      const [reference, version] = [textOf(field(claim, 'standard')), textOf(field(claim, 'version'))];
      return reference !== undefined && version !== undefined ? [[reference, version] as const] : [];
    }),
  );
  const codesByText = new Map<string, ReadonlyMap<string, string>>();
  for (const { standard: reference, ksb, text, place } of wordings) {
    const version = versions.get(reference) ?? '';
    const standard = standards.find(reference, version);
    if (!standard) continue;
    const known =
      codesByText.get(reference) ?? new Map(standard.ksbs.map((one) => [letters(one.text), one.code] as const));
    codesByText.set(reference, known);
    if (!standard.ksbs.some((one) => one.code === ksb)) continue;
    const own = known.get(letters(text));
    if (own === ksb || standard.ksbs.some((one) => one.code === ksb && letters(one.text) === letters(text))) continue;
    if (own !== undefined)
      problems.push({
        place,
        message: `the wording is that of ${own} of ${reference} ${version}, and the code says ${ksb}`,
      });
    else
      notes.push({
        place,
        message: `the wording is not that of ${ksb} in ${reference} ${version}: was the mapping made for another version?`,
      });
  }
  return { problems, notes };
};
