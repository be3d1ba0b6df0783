import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { employersRoutes } from './pages/routes.ts';
import { employersPath } from './paths.ts';
import { evidenceData, forgetLettersJob } from './use-cases/evidence-personal-data.ts';
import { employersData, forgetContactsJob } from './use-cases/personal-data.ts';
import { remindOwnersJob } from './use-cases/remind-owners.ts';
import { seedExampleEmployers } from './use-cases/seed-example-employers.ts';
import { seedExampleEvidence } from './use-cases/seed-example-evidence.ts';

export const employers: Capability = {
  name: 'employers',
  routes: employersRoutes,
  commands: [],
  jobs: [remindOwnersJob, forgetContactsJob, forgetLettersJob],
  personalData: [employersData, evidenceData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [{ path: employersPath, changedAt: null }],
  searchKinds: {},
  references: {},
  pointingAt: null,
  navigation: [{ text: 'Employers', href: employersPath }],
  doors: [],
  seed: null,
  seedExample: async (ctx) => {
    await seedExampleEmployers(ctx);
    await seedExampleEvidence(ctx);
  },
};
