import { join } from 'node:path';
import type { Capability } from '#web/capability.ts';
import { haveYourSayRoutes } from './pages/routes.ts';
import { answersPath, hubPath, inboxPath, wantedPath } from './paths.ts';
import { answerEnquiries } from './policy.ts';
import { answerKind } from './use-cases/enquiries.ts';
import { forgetSettledJob } from './use-cases/forget-settled.ts';
import { enquiryData } from './use-cases/personal-data.ts';

export const haveYourSay: Capability = {
  name: 'have-your-say',
  routes: haveYourSayRoutes,
  commands: [],
  jobs: [forgetSettledJob],
  personalData: [enquiryData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async () => [hubPath, wantedPath, answersPath].map((path) => ({ path, changedAt: null })),
  searchKinds: { [answerKind]: 'Answers' },
  references: {},
  pointingAt: null,
  navigation: [
    { text: 'Have your say', href: hubPath },
    { text: 'Inbox', href: inboxPath, permission: answerEnquiries },
  ],
  doors: [
    {
      title: 'Have your say',
      text: 'Rounds of questions, what was said and what was done about it; and five questions without an end.',
      href: hubPath,
    },
  ],
  seed: null,
  seedExample: null,
};
