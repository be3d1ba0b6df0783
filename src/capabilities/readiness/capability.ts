import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { readinessRoutes } from './pages/routes.ts';
import { fundingRulesPath, plansPath } from './paths.ts';
import { inPlans } from './use-cases/personal-data.ts';
import { fundingRuleKind, referredFundingRule } from './use-cases/reference-data.ts';
import { remindTasksJob } from './use-cases/remind-tasks.ts';
import { seedExamplePlan } from './use-cases/seed-example-plan.ts';

export const readiness: Capability = {
  name: 'readiness',
  routes: readinessRoutes,
  commands: [],
  jobs: [remindTasksJob],
  personalData: [inPlans],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [plansPath, fundingRulesPath].map((path) => ({ path, changedAt: null })),
  searchKinds: {},
  references: { [fundingRuleKind]: async (_ctx, id) => referredFundingRule(id) },
  pointingAt: null,
  navigation: [{ text: 'Plans', href: plansPath }],
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
