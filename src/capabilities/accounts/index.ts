/** Front door of the accounts: what every other capability may ask. */
export type { CheckedBy } from './domain/checking.ts';
export { checkedBy } from './use-cases/checking.ts';
export {
  awardingOrganisationNamed,
  type Colleague,
  colleaguesOf,
  exampleProvider,
  providerByUkprn,
  ukprnOf,
} from './use-cases/colleagues.ts';
export { allProviders, type ListedProvider } from './use-cases/list-providers.ts';
export { addressOf } from './use-cases/my-data.ts';
export { type PersonWithRole, peopleWithRole } from './use-cases/people-with-role.ts';
