import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { employersRoutes } from './pages/routes.ts';
import { employersPath } from './paths.ts';
import { evidenceData, forgetLettersJob } from './use-cases/evidence-personal-data.ts';

export const employers: Capability = {
  name: 'employers',
  routes: employersRoutes,
  commands: [],
  jobs: [forgetLettersJob],
  personalData: [evidenceData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [{ path: employersPath, changedAt: null }],
  searchKinds: {},
  references: {},
  pointingAt: null,
  navigation: [{ text: 'Employers', href: employersPath }],
  doors: [],
  seed: null,
  seedExample: null,
};
