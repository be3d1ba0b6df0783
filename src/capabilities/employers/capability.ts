import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { employersCommands } from './cli.ts';
import { employersRoutes } from './pages/routes.ts';
import { employersPath, localNeedPath } from './paths.ts';
import { evidenceData, forgetLettersJob } from './use-cases/evidence-personal-data.ts';
import { localNeedKind, referredLocalNeed } from './use-cases/local-need.ts';
import { employersData, forgetContactsJob } from './use-cases/personal-data.ts';
import { remindOwnersJob } from './use-cases/remind-owners.ts';
import { seedExampleEmployers } from './use-cases/seed-example-employers.ts';
import { seedExampleEvidence } from './use-cases/seed-example-evidence.ts';

export const employers: Capability = {
  name: 'employers',
  routes: employersRoutes,
  commands: employersCommands,
  jobs: [remindOwnersJob, forgetContactsJob, forgetLettersJob],
  personalData: [employersData, evidenceData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [employersPath, localNeedPath].map((path) => ({ path, changedAt: null })),
  searchKinds: {},
  references: { [localNeedKind]: referredLocalNeed },
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
  seedExample: async (ctx) => {
    await seedExampleEmployers(ctx);
    await seedExampleEvidence(ctx);
  },
};
