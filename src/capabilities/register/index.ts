/** Front door of the register: what neighbours may ask. */
export {
  findPastOffer,
  findRegisterOffer,
  findRegisterOffers,
  type MarkFacts,
  markFacts,
  offering,
  offersOf,
  type RegisterOffer,
} from './use-cases/for-neighbours.ts';
export { knownOccupations, registerOccupations } from './use-cases/occupations.ts';
export { type RegisterChange, registerChanged } from './use-cases/register-changed.ts';
export { type RegisterKind, registerKind } from './use-cases/register-kind.ts';
