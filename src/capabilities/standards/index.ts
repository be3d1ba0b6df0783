/** Front door of the standards: what neighbours may ask. */
export type { Duty, Ksb, KsbKind, OccupationalStandard, StandardOption } from './domain/occupational-standard.ts';
export { type ClaimableKsb, type ClaimableStandard, readClaimable } from './use-cases/claimable-standard.ts';
export { readStandard } from './use-cases/read-standard.ts';
export { type StandardChange, standardChanged } from './use-cases/standard-changed.ts';
export { listStandardTitles, type StandardTitle, standardsByReference } from './use-cases/standards-for-neighbours.ts';
