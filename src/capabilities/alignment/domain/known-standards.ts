import type { ClaimableStandard, StandardOption } from '#cap/standards';

/** The standards that a qualification may claim, by reference and version. */
export type KnownStandards = {
  readonly all: readonly ClaimableStandard[];
  readonly find: (reference: string, version: string) => ClaimableStandard | undefined;
  readonly versionsOf: (reference: string) => readonly string[];
  /** The option with this title: titles are compared with entities decoded and blanks trimmed. */
  readonly findOption: (standard: ClaimableStandard, title: string) => StandardOption | undefined;
};

/** @param plain decodes entities and trims, as the standards' own titles were when they were read. */
export const knownStandards = (all: readonly ClaimableStandard[], plain: (text: string) => string): KnownStandards => ({
  all,
  find: (reference, version) => all.find((one) => one.reference === reference && one.version === version),
  versionsOf: (reference) => all.filter((one) => one.reference === reference).map((one) => one.version),
  findOption: (standard, title) => standard.options.find((option) => oneLine(option.title) === oneLine(plain(title))),
});

const oneLine = (title: string): string => title.replaceAll(/\s+/g, ' ').trim();

/** Codes that a claim requires before anything is excluded: the core, and the option's own where one is named. */
export const claimedKsbs = (standard: ClaimableStandard, optionId: string | null) =>
  standard.ksbs.filter((ksb) => ksb.core || (optionId !== null && ksb.options.includes(optionId)));
