import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { markCommands } from './cli.ts';
import { markRoutes } from './pages/routes.ts';
import { checkPath, guidancePath, markPath, verifyPath } from './paths.ts';
import { hearRegister, settleMarksJob } from './use-cases/hear-register.ts';
import { markData } from './use-cases/personal-data.ts';
import { seedExampleMarks } from './use-cases/seed-example-marks.ts';

export const qualityMark: Capability = {
  name: 'quality-mark',
  routes: markRoutes,
  commands: markCommands,
  jobs: [settleMarksJob],
  personalData: [markData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [markPath, guidancePath, verifyPath, checkPath].map((path) => ({ path, changedAt: null })),
  searchKinds: {},
  references: {},
  pointingAt: null,
  hears: [hearRegister],
  navigation: [{ text: 'Quality mark', href: markPath }],
  doors: [
    {
      title: 'Quality mark',
      text: 'Who may use it, the files, and a check of credentials and of prospectus pages.',
      href: markPath,
    },
  ],
  seed: null,
  seedExample: seedExampleMarks,
};
