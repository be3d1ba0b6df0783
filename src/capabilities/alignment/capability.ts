import type { Capability } from '#web/capability.ts';
import { alignmentCommands } from './cli.ts';
import { checkRuleKind, checkRules } from './domain/check-rules.ts';
import { alignmentRoutes } from './pages/routes.ts';
import { checkPath, rulePath, rulesPath, templatePath } from './paths.ts';

export const alignment: Capability = {
  name: 'alignment',
  routes: alignmentRoutes,
  commands: alignmentCommands,
  jobs: [],
  personalData: [],
  migrations: null,
  publicPages: async () => [
    { path: checkPath, changedAt: null },
    { path: rulesPath, changedAt: null },
    { path: templatePath, changedAt: null },
  ],
  searchKinds: {},
  references: {
    [checkRuleKind]: async (_ctx, id) => {
      const rule = checkRules.find((one) => one.id === id);
      return rule ? { title: rule.title, href: rulePath(rule.id) } : null;
    },
  },
  pointingAt: null,
  navigation: [{ text: 'Check', href: checkPath }],
  doors: [
    {
      title: 'Check a qualification',
      text: 'Bring its units, the rules for choosing them and what each covers, and see the verdict. Nothing is kept.',
      href: checkPath,
    },
    {
      title: 'Get a workbook',
      text: 'A spreadsheet with the wording of your occupational standards, to describe a qualification in.',
      href: templatePath,
    },
  ],
  seed: null,
  seedExample: null,
};
