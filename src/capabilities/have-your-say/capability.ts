import { join } from 'node:path';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { Capability } from '#web/capability.ts';
import { haveYourSayRoutes } from './pages/routes.ts';
import { answersPath, hubPath, inboxPath, readingDeskPath, wantedPath } from './paths.ts';
import { answerEnquiries, readAnswers } from './policy.ts';
import { roundResultsKind, sayingsPointingAt, tellAnswerersJob } from './use-cases/decide.ts';
import { answerKind } from './use-cases/enquiries.ts';
import { forgetSettledJob } from './use-cases/forget-settled.ts';
import { enquiryData, roundAnswerData } from './use-cases/personal-data.ts';
import { publicRoundPages, referredRound, roundKind } from './use-cases/rounds.ts';
import { seedExampleRounds } from './use-cases/seed-example-rounds.ts';

export const haveYourSay: Capability = {
  name: 'have-your-say',
  routes: haveYourSayRoutes,
  commands: [],
  jobs: [forgetSettledJob, tellAnswerersJob as unknown as JobDefinition],
  personalData: [enquiryData, roundAnswerData],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: async (ctx) => [
    ...[hubPath, wantedPath, answersPath].map((path) => ({ path, changedAt: null })),
    ...(await publicRoundPages(ctx)),
  ],
  searchKinds: { [answerKind]: 'Answers', [roundResultsKind]: 'You said, we did' },
  references: { [roundKind]: referredRound },
  pointingAt: sayingsPointingAt,
  navigation: [
    { text: 'Have your say', href: hubPath },
    { text: 'Inbox', href: inboxPath, permission: answerEnquiries },
    { text: 'Answers to rounds', href: readingDeskPath, permission: readAnswers },
  ],
  doors: [
    {
      title: 'Have your say',
      text: 'Rounds of questions, what was said and what was done about it; and five questions without an end.',
      href: hubPath,
    },
  ],
  seed: null,
  seedExample: seedExampleRounds,
};
