import { sealActsJob } from '#platform/audit/seal-acts.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { Schedule } from '#platform/jobs/open-queue.ts';
import { applyRetentionJob } from '../capabilities/accounts/jobs/apply-retention.ts';
import { forgetLettersJob } from '../capabilities/employers/use-cases/evidence-personal-data.ts';
import { forgetContactsJob } from '../capabilities/employers/use-cases/personal-data.ts';
import { remindOwnersJob as remindEmployersJob } from '../capabilities/employers/use-cases/remind-owners.ts';
import { forgetBookingsJob } from '../capabilities/events/use-cases/personal-data.ts';
import { settleJob } from '../capabilities/events/use-cases/settle.ts';
import { remindJob } from '../capabilities/events/use-cases/tell-people.ts';
import { beginDayJob } from '../capabilities/guidance/use-cases/begin-day.ts';
import { checkLinksJob } from '../capabilities/guidance/use-cases/check-links.ts';
import { publishDueJob } from '../capabilities/guidance/use-cases/publish-due.ts';
import { remindReviewsJob } from '../capabilities/guidance/use-cases/remind-reviews.ts';
import * as guidanceNews from '../capabilities/guidance/use-cases/tell-subscribers.ts';
import { forgetSettledJob } from '../capabilities/have-your-say/use-cases/forget-settled.ts';
import { keepFreshJob } from '../capabilities/practice/use-cases/keep-fresh.ts';
import { remindModeratorsJob } from '../capabilities/practice/use-cases/remind-moderators.ts';
import * as practiceNews from '../capabilities/practice/use-cases/tell-subscribers.ts';
import { settleMarksJob } from '../capabilities/quality-mark/use-cases/hear-register.ts';
import { remindTasksJob } from '../capabilities/readiness/use-cases/remind-tasks.ts';

import { beginRegisterDayJob, remindOwnersJob } from '../capabilities/register/use-cases/begin-day.ts';
import * as cycleNews from '../capabilities/register/use-cases/tell-cycles.ts';

/** What the clock starts, in London's time. Each job says itself what it does, and what a second run of it does. */
export const schedules: readonly Schedule[] = [
  // What was done in the last minutes joins the chain: the shorter the interval, the less could be changed unseen.
  { job: sealActsJob, cron: '*/10 * * * *' },
  // Published within the minute that was set.
  { job: publishDueJob, cron: '* * * * *' },
  // Before the working day begins, so that a digest is there when people read mail.
  { job: guidanceNews.tellDailyJob, cron: '0 7 * * *' },
  { job: guidanceNews.tellWeeklyJob, cron: '15 7 * * 1' },
  { job: practiceNews.tellDailyJob, cron: '5 7 * * *' },
  { job: practiceNews.tellWeeklyJob, cron: '18 7 * * 1' },
  // On Monday, for the week.
  { job: remindTasksJob, cron: '20 7 * * 1' },
  { job: remindEmployersJob, cron: '22 7 * * 1' },
  { job: keepFreshJob, cron: '40 7 * * *' },
  { job: remindModeratorsJob, cron: '35 7 * * *' },
  { job: remindReviewsJob, cron: '30 7 * * *' },
  // Facts begin and end with a day. After one in the morning, since days are counted in UTC.
  { job: beginDayJob, cron: '10 1 * * *' },
  // At the weekend, when the sites that are asked have the least to do.
  { job: checkLinksJob as unknown as JobDefinition, cron: '0 5 * * 6' },
  // Approvals and withdrawals begin with a day, which the register counts in London's time.
  { job: beginRegisterDayJob, cron: '2 0 * * *' },
  // As the day begins, so that a credential turns within the minute; and again, lest the first ran by a clock that is behind.
  { job: settleMarksJob, cron: '0,4 0 * * *' },
  { job: cycleNews.tellCyclesAtOnceJob, cron: '30 6 * * *' },
  { job: cycleNews.tellCyclesDailyJob, cron: '8 7 * * *' },
  { job: cycleNews.tellCyclesWeeklyJob, cron: '21 7 * * 1' },
  { job: remindOwnersJob, cron: '25 7 * * 1' },
  // At night, when nobody waits: deletes what has been kept for as long as data/retention.json says.
  { job: applyRetentionJob, cron: '30 3 * * *' },
  { job: forgetSettledJob, cron: '50 3 * * *' },
  // A place that was held or offered goes on within the minute in which its time is over.
  { job: settleJob, cron: '* * * * *' },
  { job: remindJob, cron: '5 * * * *' },
  { job: forgetBookingsJob, cron: '55 3 * * *' },
  { job: forgetLettersJob, cron: '58 3 * * *' },
  { job: forgetContactsJob, cron: '57 3 * * *' },
];
