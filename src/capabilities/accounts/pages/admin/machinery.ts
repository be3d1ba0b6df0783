import type { Context } from '#platform/context.ts';
import type { JobSeen, JobState } from '#platform/jobs/job.ts';
import { countMail, listMail, type MailSeen, type MailState } from '#platform/mail/outbox.ts';
import { page, redirect, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { moment } from '#web/words.ts';
import { type Checking, checkings } from '../../domain/checking.ts';
import { adminJobsPath, adminMailPath, adminPath, adminSettingsPath } from '../../paths.ts';
import { administer } from '../../policy.ts';
import { namesOf, runJobAgain, sendMailAgain } from '../../use-cases/administer.ts';
import { checkingHistory, checkingNow, setChecking } from '../../use-cases/checking.ts';

type JobRow = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly time: string;
  readonly words: string;
  readonly done: number;
  readonly total: number;
};
type JobsModel = {
  readonly doneWords: string;
  readonly now: string;
  readonly groups: readonly {
    readonly id: JobState;
    readonly title: string;
    readonly timeTitle: string;
    readonly wordsTitle: string;
    readonly count: number;
    readonly again: boolean;
    readonly empty: string;
    readonly jobs: readonly JobRow[];
  }[];
};
type MailModel = {
  readonly doneWords: string;
  readonly how: string;
  readonly states: readonly {
    readonly text: string;
    readonly href: string;
    readonly current: boolean;
    readonly count: number;
  }[];
  readonly mails: readonly {
    readonly id: string;
    readonly to: string;
    readonly what: string;
    readonly made: string;
    readonly became: string;
    readonly failed: boolean;
  }[];
};
type SettingsModel = {
  readonly doneWords: string;
  readonly choices: readonly {
    readonly value: Checking;
    readonly text: string;
    readonly hint: string;
    readonly checked: boolean;
  }[];
  readonly history: readonly string[];
};

const jobsView = view<JobsModel>('capabilities/accounts/pages/admin/jobs.njk');
const mailView = view<MailModel>('capabilities/accounts/pages/admin/mail.njk');
const settingsView = view<SettingsModel>('capabilities/accounts/pages/admin/settings.njk');

const crumbs = [{ text: 'Administration', href: adminPath }];
const shown = 50;

const groupWords: Readonly<
  Record<JobState, { readonly title: string; readonly time: string; readonly words: string; readonly empty: string }>
> = {
  failed: { title: 'Failed', time: 'Failed', words: 'Why', empty: 'None has failed.' },
  running: { title: 'Running', time: 'Since', words: 'How far', empty: 'None is running.' },
  waiting: { title: 'Waiting', time: 'Not before', words: 'Last try', empty: 'None is waiting.' },
  done: {
    title: 'Done in the last week',
    time: 'Done',
    words: 'What it did',
    empty: 'None was done in the last week.',
  },
};

const timeOf = (job: JobSeen): Date =>
  (job.state === 'waiting' ? job.startsAfter : job.state === 'running' ? job.startedAt : job.endedAt) ?? job.madeAt;

const asRow = (job: JobSeen): JobRow => ({
  id: job.id,
  name: job.name,
  title: job.title,
  time: moment(timeOf(job)),
  words: (job.state === 'running' ? job.progress?.words : job.words) ?? '',
  done: job.progress?.done ?? 0,
  total: job.state === 'running' ? (job.progress?.total ?? 0) : 0,
});

const showJobs: Route['handle'] = async (request, ctx) => {
  const counts = await ctx.jobs.counts();
  const states: readonly JobState[] = ['failed', 'running', 'waiting', 'done'];
  const groups = [];
  for (const state of states)
    groups.push({
      id: state,
      title: groupWords[state].title,
      timeTitle: groupWords[state].time,
      wordsTitle: groupWords[state].words,
      count: counts[state],
      again: state === 'failed',
      empty: groupWords[state].empty,
      jobs: (await ctx.jobs.list(state, shown)).map(asRow),
    });
  return page(
    jobsView,
    { doneWords: request.query.get('done') === 'again' ? 'It runs again.' : '', now: moment(ctx.clock()), groups },
    { title: 'Jobs', crumbs, wide: true },
  );
};

const stateWords: Readonly<Record<MailState, string>> = {
  failed: 'Failed',
  waiting: 'Waiting',
  sent: 'Sent',
  kept: 'Kept in the mailbox',
};

const becameOf = (mail: MailSeen): string => {
  const tries = mail.tries > 0 ? ` after ${mail.tries} ${mail.tries === 1 ? 'try' : 'tries'}` : '';
  if (mail.state === 'sent') return `Sent ${mail.sentAt ? moment(mail.sentAt) : ''}`;
  return `${stateWords[mail.state]}${tries}${mail.problem ? `: ${mail.problem}` : ''}`;
};

const howWords = (ctx: Context): string =>
  ctx.mail
    ? `Mail leaves through ${ctx.mail.name}.`
    : ctx.storeKind === 'example'
      ? 'No mail is set up: this example store keeps messages in its mailbox.'
      : 'No mail is set up, so messages wait: docs/running.md, "Mail", says how to set it up.';

const showMail: Route['handle'] = async (request, ctx) => {
  const counts = await countMail(ctx);
  const states: readonly MailState[] = ['failed', 'waiting', 'sent', 'kept'];
  const chosen = states.find((state) => state === request.query.get('state')) ?? null;
  const total = states.reduce((sum, state) => sum + counts[state], 0);
  return page(
    mailView,
    {
      doneWords: request.query.get('done') === 'again' ? 'It is sent again.' : '',
      how: howWords(ctx),
      states: [
        { text: 'All', href: adminMailPath, current: chosen === null, count: total },
        ...states.map((state) => ({
          text: stateWords[state],
          href: `${adminMailPath}?state=${state}`,
          current: state === chosen,
          count: counts[state],
        })),
      ],
      mails: (await listMail(ctx, chosen, shown)).map((mail) => ({
        id: mail.id,
        to: mail.to,
        what: mail.name,
        made: moment(mail.madeAt),
        became: becameOf(mail),
        failed: mail.state === 'failed',
      })),
    },
    { title: 'Mail', crumbs, wide: true },
  );
};

const choiceWords: Readonly<Record<Checking, { readonly text: string; readonly hint: string }>> = {
  'where-possible': {
    text: 'Yes, where there is a second person',
    hint: 'Where only one person holds the role, they may check their own work; it is recorded and shown that they did.',
  },
  required: { text: 'Yes, always', hint: 'Nothing goes out before someone else has checked it.' },
};

const showSettings: Route['handle'] = async (request, ctx) => {
  const now = await checkingNow(ctx);
  const history = await checkingHistory(ctx);
  const names = await namesOf(
    ctx,
    history.map((one) => one.setBy),
  );
  return page(
    settingsView,
    {
      doneWords: request.query.get('done') === 'saved' ? 'It holds from now on.' : '',
      choices: checkings.toReversed().map((value) => ({ value, ...choiceWords[value], checked: value === now })),
      history: history.map(
        (one) =>
          `From ${moment(one.holdsFrom)}: ${choiceWords[one.value as Checking].text.toLowerCase()}. Set by ${names.get(one.setBy) ?? 'someone whose account was deleted'}.`,
      ),
    },
    { title: 'Settings', crumbs },
  );
};

export const adminMachineryRoutes: readonly Route[] = [
  { method: 'GET', path: adminJobsPath, access: administer, audit: 'accounts.jobs', handle: showJobs },
  {
    method: 'POST',
    path: adminJobsPath,
    access: administer,
    audit: 'accounts.run-job-again',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      await runJobAgain(ctx, fields.get('name') ?? '', fields.get('id') ?? '');
      return redirect(`${adminJobsPath}?done=again`);
    },
  },
  { method: 'GET', path: adminMailPath, access: administer, audit: 'accounts.mail', handle: showMail },
  {
    method: 'POST',
    path: adminMailPath,
    access: administer,
    audit: 'accounts.send-mail-again',
    handle: async (request, ctx) => {
      await sendMailAgain(ctx, (await request.form()).fields.get('mail') ?? '');
      return redirect(`${adminMailPath}?done=again`);
    },
  },
  { method: 'GET', path: adminSettingsPath, access: administer, audit: 'accounts.settings', handle: showSettings },
  {
    method: 'POST',
    path: adminSettingsPath,
    access: administer,
    audit: 'accounts.set-settings',
    handle: async (request, ctx) => {
      const chosen = (await request.form()).fields.get('checking');
      const checking = checkings.find((one) => one === chosen);
      if (checking) await setChecking(ctx, checking);
      return redirect(`${adminSettingsPath}?done=saved`);
    },
  },
];
