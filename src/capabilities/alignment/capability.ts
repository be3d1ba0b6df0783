import type { Capability } from '#web/capability.ts';

export const alignment: Capability = {
  name: 'alignment',
  routes: [],
  commands: [],
  migrations: null,
  navigation: [{ text: 'Check a qualification', href: '/check' }],
  doors: [
    {
      title: 'Check a qualification',
      text: 'Bring a qualification with its units and rules as a workbook or a file, and see the verdict. Nothing is kept.',
      href: '/check',
    },
  ],
  seedExample: null,
};
