/** Front door of the alignment: what neighbours and programs may ask. */
export type { Advice } from './domain/advice.ts';
export type { CheckResult, NamedCombination, OccupationResult } from './domain/check-result.ts';
export { type CheckOptions, checkQualification, QualificationError } from './use-cases/check-qualification.ts';
export { type UnitsOfQualification, unitsOfQualification } from './use-cases/units-of-qualification.ts';
