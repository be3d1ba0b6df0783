/** Front door of the quality mark: what neighbours may ask. Nobody does yet. */
export type { Entitlement, Hindrance } from './domain/entitlement.ts';
