import type { OccupationalStandard } from '#cap/standards';

/** A standard as it is named on a command line or in an address: `ST0127`, or `ST0127@1.2` for one version. */
export type NamedStandard = { readonly reference: string; readonly version: string | null };

/** @returns `null` for what is no such name. */
export const namedStandard = (text: string): NamedStandard | null => {
  const [, reference, version] = /^\s*([a-z]{2,4}\d{3,5}[a-z]?)(?:@(\d+(?:\.\d+)*))?\s*$/i.exec(text) ?? [];
  return reference === undefined ? null : { reference: reference.toUpperCase(), version: version ?? null };
};

export type StandardChoice = {
  readonly chosen: readonly OccupationalStandard[];
  /** In sentences. */
  readonly problems: readonly string[];
};

/** The standards that are named, each in the version named or else in the newest that is known. */
export const chooseStandards = (names: readonly string[], known: readonly OccupationalStandard[]): StandardChoice => {
  const chosen: OccupationalStandard[] = [];
  const problems: string[] = [];
  for (const name of names) {
    const named = namedStandard(name);
    if (!named) {
      problems.push(`"${name}" is no reference of a standard: expected one such as ST0127 or ST0127@1.2.`);
      continue;
    }
    const versions = known
      .filter((one) => one.reference === named.reference)
      .toSorted((one, other) => other.version.localeCompare(one.version, 'en', { numeric: true }));
    const found = named.version === null ? versions[0] : versions.find((one) => one.version === named.version);
    if (!found)
      problems.push(
        versions.length === 0
          ? `The standard ${named.reference} is not known.`
          : `${named.reference} has no version "${named.version}" here: it is known in ${versions.map((one) => one.version).join(', ')}.`,
      );
    else if (chosen.some((one) => one.reference === found.reference))
      problems.push(`${found.reference} is named twice: a qualification speaks of one version of a standard.`);
    else chosen.push(found);
  }
  return { chosen, problems };
};
