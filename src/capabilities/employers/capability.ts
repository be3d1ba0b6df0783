import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { employersCommands } from './cli.ts';
import { employersRoutes } from './pages/routes.ts';
import { employersPath, localNeedPath } from './paths.ts';
import { localNeedKind, referredLocalNeed } from './use-cases/local-need.ts';
import { employersData, forgetContactsJob } from './use-cases/personal-data.ts';
import { remindOwnersJob } from './use-cases/remind-owners.ts';
import { seedExampleEmployers } from './use-cases/seed-example-employers.ts';

export const employers: Capability = {
  name: 'employers',
  routes: employersRoutes,
  commands: employersCommands,
  jobs: [remindOwnersJob, forgetContactsJob],
  personalData: [employersData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [employersPath, localNeedPath].map((path) => ({ path, changedAt: null })),
  searchKinds: {},
  references: { [localNeedKind]: async (_ctx, id) => referredLocalNeed(id) },
  pointingAt: null,
  navigation: [{ text: 'Employers', href: employersPath }],
  doors: [
    {
      title: 'Employers',
      text: 'One record of each employer you work with, and what employers ask for by place, beside what is taught there.',
      href: employersPath,
    },
  ],
  seed: null,
  seedExample: seedExampleEmployers,
};
