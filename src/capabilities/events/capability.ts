import { join } from 'node:path';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { Capability } from '#web/capability.ts';
import { eventsRoutes } from './pages/routes.ts';
import { eventPath, eventsPath } from './paths.ts';
import { bookingData, forgetBookingsJob } from './use-cases/personal-data.ts';
import { listPublic } from './use-cases/read-events.ts';
import { eventKind, referredEvent } from './use-cases/references.ts';
import { seedExampleEvents } from './use-cases/seed-example-events.ts';
import { seedPastEvents } from './use-cases/seed-past-events.ts';
import { settleJob } from './use-cases/settle.ts';
import { remindJob, tellPeopleJob } from './use-cases/tell-people.ts';

export const events: Capability = {
  name: 'events',
  routes: eventsRoutes,
  commands: [],
  jobs: [settleJob, remindJob, tellPeopleJob as unknown as JobDefinition, forgetBookingsJob],
  personalData: [bookingData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async (ctx) => [
    { path: eventsPath, changedAt: null },
    ...(await listPublic(ctx)).map((one) => ({ path: eventPath(one.id), changedAt: one.changedAt })),
  ],
  searchKinds: { [eventKind]: 'Events' },
  references: { [eventKind]: referredEvent },
  pointingAt: null,
  navigation: [{ text: 'Events', href: eventsPath }],
  doors: [
    {
      title: 'Events',
      text: 'Where employers and providers meet: sign up in a minute, without an account.',
      href: eventsPath,
    },
  ],
  seed: seedPastEvents,
  seedExample: seedExampleEvents,
};
