/** Front door of the employers: what neighbours may ask. */
export type { Employer } from './domain/employer.ts';
export type { EvidenceEmployer, EvidenceItem, EvidenceKind, EvidencePart, EvidenceRecord } from './domain/evidence.ts';
export { forOthers } from './domain/evidence.ts';
export { evidenceRecord } from './use-cases/evidence-record.ts';
