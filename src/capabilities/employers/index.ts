/** Front door of the employers: what neighbours may ask. */
export type { Employer } from './domain/employer.ts';
