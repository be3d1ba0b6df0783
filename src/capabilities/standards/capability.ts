import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { standardsCommands } from './cli.ts';
import { standardsRoutes } from './pages/routes.ts';
import { standardKind } from './use-cases/findable-standards.ts';
import { makeFindableJob } from './use-cases/make-findable.ts';
import { publicStandards } from './use-cases/public-standards.ts';
import { seedExampleStandards } from './use-cases/seed-example-standards.ts';
import { referredStandard } from './use-cases/standards-for-neighbours.ts';

export const standards: Capability = {
  name: 'standards',
  routes: standardsRoutes,
  commands: standardsCommands,
  jobs: [makeFindableJob],
  personalData: [],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: publicStandards,
  searchKinds: { [standardKind]: 'Occupational standards' },
  references: { [standardKind]: referredStandard },
  pointingAt: null,
  navigation: [{ text: 'Standards', href: '/standards' }],
  doors: [
    {
      title: 'Occupational standards',
      text: 'What employers say an occupation needs: knowledge, skills and behaviours, duties and options, version by version.',
      href: '/standards',
    },
  ],
  seed: null,
  seedExample: seedExampleStandards,
};
