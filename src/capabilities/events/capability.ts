import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { eventKind, referredEvent } from './use-cases/references.ts';

export const events: Capability = {
  name: 'events',
  routes: [],
  commands: [],
  jobs: [],
  personalData: [],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [],
  searchKinds: { [eventKind]: 'Events' },
  references: { [eventKind]: referredEvent },
  pointingAt: null,
  navigation: [],
  doors: [],
  seed: null,
  seedExample: null,
};
