import { join } from 'node:path';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { Capability } from '#web/capability.ts';
import { guidanceRoutes } from './pages/routes.ts';
import { deskPath, guidancePath } from './paths.ts';
import { edit } from './policy.ts';
import { beginDayJob } from './use-cases/begin-day.ts';
import { checkLinksJob } from './use-cases/check-links.ts';
import { guidePageKind } from './use-cases/findable.ts';
import { makeFormatsJob } from './use-cases/make-formats.ts';
import { formatRequestData, ownedPages } from './use-cases/personal-data.ts';
import { publicGuide } from './use-cases/public-guide.ts';
import { publishDueJob } from './use-cases/publish-due.ts';
import { referredPage, referredVersion, sectionsPointingAt } from './use-cases/references.ts';
import { remindReviewsJob } from './use-cases/remind-reviews.ts';
import { seedGuide } from './use-cases/seed-guide.ts';
import { seedRecipients } from './use-cases/seed-recipients.ts';
import { tellAtOnceJob, tellDailyJob, tellWeeklyJob } from './use-cases/tell-subscribers.ts';

export const guidance: Capability = {
  name: 'guidance',
  routes: guidanceRoutes,
  commands: [],
  jobs: [
    tellAtOnceJob,
    tellDailyJob,
    tellWeeklyJob,
    makeFormatsJob,
    publishDueJob,
    beginDayJob,
    remindReviewsJob,
    // A job knows its own data's shape; the queue hands it on, checked.
    checkLinksJob as unknown as JobDefinition,
  ],
  personalData: [formatRequestData, ownedPages],
  migrations: join(import.meta.dirname, 'migrations'),
  publicPages: publicGuide,
  searchKinds: { [guidePageKind]: 'Guidance' },
  references: { [guidePageKind]: referredPage, [`${guidePageKind}-version`]: referredVersion },
  pointingAt: sectionsPointingAt,
  navigation: [
    { text: 'Guidance', href: guidancePath },
    { text: 'Editors’ desk', href: deskPath, permission: edit },
  ],
  doors: [
    {
      title: 'Guidance',
      text: 'What Higher Technical Qualifications are, how they are approved, and how to get ready to teach one.',
      href: guidancePath,
    },
  ],
  seed: seedGuide,
  seedExample: seedRecipients,
};
