import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { employersRoutes } from './pages/routes.ts';
import { employersPath } from './paths.ts';
import { employersData, forgetContactsJob } from './use-cases/personal-data.ts';
import { remindOwnersJob } from './use-cases/remind-owners.ts';
import { seedExampleEmployers } from './use-cases/seed-example-employers.ts';

export const employers: Capability = {
  name: 'employers',
  routes: employersRoutes,
  commands: [],
  jobs: [remindOwnersJob, forgetContactsJob],
  personalData: [employersData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [{ path: employersPath, changedAt: null }],
  searchKinds: {},
  references: {},
  pointingAt: null,
  navigation: [{ text: 'Employers', href: employersPath }],
  doors: [],
  seed: null,
  seedExample: seedExampleEmployers,
};
