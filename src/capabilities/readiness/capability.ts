import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';

export const readiness: Capability = {
  name: 'readiness',
  routes: [],
  commands: [],
  jobs: [],
  personalData: [],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [],
  searchKinds: {},
  references: {},
  pointingAt: null,
  navigation: [],
  doors: [],
  seed: null,
  seedExample: null,
};
