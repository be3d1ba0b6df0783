/** Front door of the accounts: what every other capability may ask. */
export type { CheckedBy } from './domain/checking.ts';
export { isExampleVisitor } from './pages/example/guard.ts';
export { mailboxPath } from './paths.ts';
export { checkedBy } from './use-cases/checking.ts';
export { type Colleague, colleaguesOf, exampleProvider, providerByUkprn, ukprnOf } from './use-cases/colleagues.ts';
export { allProviders, type ListedProvider } from './use-cases/list-providers.ts';
export { addressOf } from './use-cases/my-data.ts';
export { type PersonWithRole, peopleWithRole } from './use-cases/people-with-role.ts';
