import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { practiceRoutes } from './pages/routes.ts';
import { examplePath, practicePath, queuePath, statementsPath, themePath } from './paths.ts';
import { moderate } from './policy.ts';
import { exampleKind } from './use-cases/findable.ts';
import { keepFreshJob } from './use-cases/keep-fresh.ts';
import { practiceData } from './use-cases/personal-data.ts';
import { listPublished, referredExample } from './use-cases/read.ts';
import { seedIllustrations } from './use-cases/seed-illustrations.ts';
import { tellAtOnceJob, tellDailyJob, tellWeeklyJob } from './use-cases/tell-subscribers.ts';
import { themes } from './use-cases/themes.ts';

export const practice: Capability = {
  name: 'practice',
  routes: practiceRoutes,
  commands: [],
  jobs: [keepFreshJob, tellAtOnceJob, tellDailyJob, tellWeeklyJob],
  personalData: [practiceData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async (ctx) => [
    { path: practicePath, changedAt: null },
    { path: statementsPath, changedAt: null },
    ...themes.map((one) => ({ path: themePath(one.id), changedAt: null })),
    ...(await listPublished(ctx)).map((one) => ({ path: examplePath(one.id), changedAt: one.publishedAt })),
  ],
  searchKinds: { [exampleKind]: 'Practice' },
  references: { [exampleKind]: referredExample },
  pointingAt: null,
  navigation: [
    { text: 'Practice', href: practicePath },
    { text: 'Queue of examples', href: queuePath, permission: moderate },
  ],
  doors: [
    {
      title: 'Practice',
      text: 'What providers did to get ready, by theme, with cost and result. Examples, and no recommendations.',
      href: practicePath,
    },
  ],
  seed: seedIllustrations,
  seedExample: null,
};
