import { join } from 'node:path';
import { londonDay } from '#kernel/london-time.ts';
import type { Capability } from '#web/capability.ts';
import { isStale } from './domain/example.ts';
import { practiceRoutes } from './pages/routes.ts';
import {
  collectionPath,
  collectionsPath,
  examplePath,
  practicePath,
  queuePath,
  statementsPath,
  themePath,
  usefulnessPath,
} from './paths.ts';
import { curate, moderate } from './policy.ts';
import { collectionKind, listCollections } from './use-cases/collections.ts';
import { exampleKind } from './use-cases/findable.ts';
import { keepFreshJob } from './use-cases/keep-fresh.ts';
import { practiceData } from './use-cases/personal-data.ts';
import { listPublished, referredExample } from './use-cases/read.ts';
import { remindModeratorsJob } from './use-cases/remind-moderators.ts';
import { seedExamplePractice } from './use-cases/seed-example-practice.ts';
import { seedIllustrations } from './use-cases/seed-illustrations.ts';
import { tellAtOnceJob, tellDailyJob, tellWeeklyJob } from './use-cases/tell-subscribers.ts';
import { themes } from './use-cases/themes.ts';

export const practice: Capability = {
  name: 'practice',
  routes: practiceRoutes,
  commands: [],
  jobs: [keepFreshJob, remindModeratorsJob, tellAtOnceJob, tellDailyJob, tellWeeklyJob],
  personalData: [practiceData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async (ctx) => [
    { path: practicePath, changedAt: null },
    { path: statementsPath, changedAt: null },
    ...themes.map((one) => ({ path: themePath(one.id), changedAt: null })),
    { path: collectionsPath, changedAt: null },
    ...(await listCollections(ctx))
      .filter((one) => one.publishedAt !== null)
      .map((one) => ({ path: collectionPath(one.slug), changedAt: one.changedAt })),
    ...(await listPublished(ctx))
      .filter((one) => !isStale(one, londonDay(ctx.clock())))
      .map((one) => ({ path: examplePath(one.id), changedAt: one.publishedAt })),
  ],
  searchKinds: { [exampleKind]: 'Practice', [collectionKind]: 'Collections of practice' },
  references: { [exampleKind]: referredExample },
  pointingAt: null,
  navigation: [
    { text: 'Practice', href: practicePath },
    { text: 'Queue of examples', href: queuePath, permission: moderate },
    { text: 'Usefulness of practice', href: usefulnessPath, permission: curate },
  ],
  doors: [
    {
      title: 'Practice',
      text: 'What providers did to get ready, by theme, with cost and result. Examples, and no recommendations.',
      href: practicePath,
    },
  ],
  seed: seedIllustrations,
  seedExample: seedExamplePractice,
};
