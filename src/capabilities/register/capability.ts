import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { registerCommands } from './cli.ts';
import { registerRoutes } from './pages/routes.ts';
import { registerPath } from './paths.ts';
import { entryKind } from './use-cases/enter-facts.ts';
import { referredEntry } from './use-cases/for-neighbours.ts';
import { registerData } from './use-cases/personal-data.ts';
import { publicRegister } from './use-cases/public-register.ts';
import { seedExampleRegister } from './use-cases/seed-example-register.ts';

export const register: Capability = {
  name: 'register',
  routes: registerRoutes,
  commands: registerCommands,
  jobs: [],
  personalData: [registerData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: publicRegister,
  searchKinds: { [entryKind]: 'Qualifications' },
  references: { [entryKind]: referredEntry, qualification: referredEntry },
  pointingAt: null,
  hears: [],
  navigation: [{ text: 'Register', href: registerPath() }],
  doors: [
    {
      title: 'Register of HTQs',
      text: 'Which qualifications are approved, for which occupations, and who delivers them: today, or on any day before.',
      href: registerPath(),
    },
  ],
  seed: null,
  seedExample: seedExampleRegister,
};
