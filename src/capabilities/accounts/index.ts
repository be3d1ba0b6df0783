/** Front door of the accounts: what every other capability may ask. */
export { isExampleVisitor } from './pages/example/guard.ts';
export { checkedBy } from './use-cases/checking.ts';
export {
  awardingOrganisationNamed,
  colleaguesOf,
  exampleProvider,
  leadsOf,
  providerByUkprn,
  ukprnOf,
} from './use-cases/colleagues.ts';
export { findOrganisations, organisationNames } from './use-cases/find-organisations.ts';
export { allProviders } from './use-cases/list-providers.ts';
export { addressOf } from './use-cases/my-data.ts';
export { peopleWithRole } from './use-cases/people-with-role.ts';
export { periodsAt } from './use-cases/retention.ts';
