import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { readinessRoutes } from './pages/routes.ts';
import { plansPath } from './paths.ts';
import { inPlans } from './use-cases/personal-data.ts';
import { remindTasksJob } from './use-cases/remind-tasks.ts';
import { seedExamplePlan } from './use-cases/seed-example-plan.ts';

export const readiness: Capability = {
  name: 'readiness',
  routes: readinessRoutes,
  commands: [],
  jobs: [remindTasksJob],
  personalData: [inPlans],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [{ path: plansPath, changedAt: null }],
  searchKinds: {},
  references: {},
  pointingAt: null,
  navigation: [{ text: 'Delivery plans', href: plansPath }],
  doors: [
    {
      title: 'Delivery plans',
      text: 'Three things typed, and what it takes to teach an HTQ is laid out backwards from the first lesson.',
      href: plansPath,
    },
  ],
  seed: null,
  seedExample: seedExamplePlan,
};
