import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { accountsCommands } from './cli.ts';
import { applyRetentionJob } from './jobs/apply-retention.ts';
import { accountsRoutes } from './pages/routes.ts';
import { adminPath } from './paths.ts';
import { administer } from './policy.ts';
import { seedExamplePeople } from './use-cases/example-people.ts';
import { accountData } from './use-cases/my-data.ts';
import { subscriptionData } from './use-cases/subscription-data.ts';

export const accounts: Capability = {
  name: 'accounts',
  routes: accountsRoutes,
  commands: accountsCommands,
  jobs: [applyRetentionJob],
  personalData: [accountData, subscriptionData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [],
  searchKinds: {},
  references: {},
  pointingAt: null,
  navigation: [{ text: 'Administration', href: adminPath, permission: administer }],
  doors: [],
  seed: null,
  seedExample: seedExamplePeople,
};
