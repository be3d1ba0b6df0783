import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { registerCommands } from './cli.ts';
import { registerRoutes } from './pages/routes.ts';
import { importPath, proposalsPath, registerPath } from './paths.ts';
import { bringInFiles, keepRegister } from './policy.ts';
import { beginRegisterDayJob, remindOwnersJob } from './use-cases/begin-day.ts';
import { seedCycles } from './use-cases/cycles.ts';
import { entryKind } from './use-cases/enter-facts.ts';
import { referredEntry } from './use-cases/for-neighbours.ts';
import { hearMarks } from './use-cases/hear-marks.ts';
import { hearStandards } from './use-cases/hear-standards.ts';
import { registerData } from './use-cases/personal-data.ts';
import { publicRegister } from './use-cases/public-register.ts';
import { seedExampleRegister } from './use-cases/seed-example-register.ts';
import { tellCyclesAtOnceJob, tellCyclesDailyJob, tellCyclesWeeklyJob } from './use-cases/tell-cycles.ts';

export const register: Capability = {
  name: 'register',
  routes: registerRoutes,
  commands: registerCommands,
  jobs: [beginRegisterDayJob, remindOwnersJob, tellCyclesAtOnceJob, tellCyclesDailyJob, tellCyclesWeeklyJob],
  personalData: [registerData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: publicRegister,
  searchKinds: { [entryKind]: 'Qualifications' },
  references: { [entryKind]: referredEntry, qualification: referredEntry },
  pointingAt: null,
  hears: [hearStandards, hearMarks],
  navigation: [
    { text: 'Register', href: registerPath() },
    { text: 'Register: to be checked', href: proposalsPath, permission: keepRegister },
    { text: 'Register: bring in a file', href: importPath, permission: bringInFiles },
  ],
  doors: [
    {
      title: 'Register of HTQs',
      text: 'Which qualifications are approved, for which occupations, and who delivers them: today, or on any day before.',
      href: registerPath(),
    },
  ],
  seed: seedCycles,
  seedExample: seedExampleRegister,
};
