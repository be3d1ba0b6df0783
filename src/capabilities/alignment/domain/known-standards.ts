import type { OccupationalStandard } from '#cap/standards';

/** The standards that a qualification may claim, by reference and version. */
export type KnownStandards = {
  readonly all: readonly OccupationalStandard[];
  readonly find: (reference: string, version: string) => OccupationalStandard | undefined;
  readonly versionsOf: (reference: string) => readonly string[];
};

export const knownStandards = (all: readonly OccupationalStandard[]): KnownStandards => ({
  all,
  find: (reference, version) => all.find((one) => one.reference === reference && one.version === version),
  versionsOf: (reference) => all.filter((one) => one.reference === reference).map((one) => one.version),
});

/** Option titles are compared with blanks trimmed and run together; the standard's own have their entities decoded already. */
const sameTitle = (one: string, other: string): boolean =>
  one.replaceAll(/\s+/g, ' ').trim() === other.replaceAll(/\s+/g, ' ').trim();

export const findOption = (standard: OccupationalStandard, title: string) =>
  standard.options.find((option) => sameTitle(option.title, title));

/** Codes that a claim requires before anything is excluded: the core, and the option's own where one is named. */
export const claimedKsbs = (standard: OccupationalStandard, optionId: string | null) =>
  standard.ksbs.filter((ksb) => ksb.core || (optionId !== null && ksb.options.includes(optionId)));
