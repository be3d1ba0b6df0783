import { z } from 'zod';
import { peopleWithRole } from '#cap/accounts';
import { dayWords, londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Example } from '../domain/example.ts';
import { deadlineFor, moderationReminder } from '../domain/moderation.ts';
import { decidePath, queuePath } from '../paths.ts';
import { listWaiting } from '../store/examples.ts';
import { noteModerationReminder } from '../store/moderation.ts';
import { deadlines, dueDayOf } from './moderation-deadlines.ts';

type Due = { readonly example: Example; readonly by: string };

const tell = async (
  ctx: Context,
  role: 'moderator' | 'administrator',
  due: readonly Due[],
  subject: string,
  lead: string,
): Promise<number> => {
  let written = 0;
  if (due.length === 0) return written;
  for (const { id, address } of await peopleWithRole(ctx, role)) {
    if (address === null) continue;
    await sendMail(ctx, {
      name: 'practice.moderation-reminder',
      to: { address, name: null },
      person: id,
      subject,
      body: [
        { kind: 'text', text: lead },
        ...due.flatMap(({ example, by }) => [
          { kind: 'text' as const, text: `${example.text.title}: to be answered by ${dayWords(by)}` },
          // An administrator is no moderator: the title and the day are enough to ask one.
          ...(role === 'moderator'
            ? [{ kind: 'link' as const, text: 'Decide on it', href: `${ctx.address}${decidePath(example.id)}` }]
            : []),
        ]),
        ...(role === 'moderator'
          ? [{ kind: 'link' as const, text: 'Everything that waits', href: `${ctx.address}${queuePath}` }]
          : [{ kind: 'link' as const, text: 'Who the moderators are', href: `${ctx.address}/admin/people` }]),
      ],
    });
    written += 1;
  }
  return written;
};

/**
 * Reminds moderators of what is to be answered, one message to each, and tells the administrators of what stays unanswered.
 * Run again on the same day, nobody is told twice.
 *
 * @returns how many messages were written.
 */
export const remindModerators = (ctx: Context): Promise<number> => {
  const now = ctx.clock();
  const today = londonDay(now);
  return ctx.transaction(async (inside) => {
    const toModerators: Due[] = [];
    const toAdministrators: Due[] = [];
    for (const example of await listWaiting(inside)) {
      const by = dueDayOf(example, now);
      const reminder = moderationReminder(deadlineFor(deadlines, example.sentAt ?? now), by, today);
      if (!reminder || !(await noteModerationReminder(inside, example.id, by, reminder.step))) continue;
      toModerators.push({ example, by });
      if (reminder.climbs) toAdministrators.push({ example, by });
    }
    const several = (due: readonly Due[]): string => (due.length === 1 ? 'An example' : `${due.length} examples`);
    return (
      (await tell(
        inside,
        'moderator',
        toModerators,
        `${several(toModerators)} of practice to decide on`,
        'Whoever sent these in was told by when they would hear from a moderator.',
      )) +
      (await tell(
        inside,
        'administrator',
        toAdministrators,
        `${several(toAdministrators)} of practice nobody decides on`,
        'The moderators were reminded, and nobody has decided. Ask them, or make someone else a moderator.',
      ))
    );
  });
};

export const remindModeratorsJob: JobDefinition = {
  name: 'practice.remind-moderators',
  title: 'Remind moderators of examples that wait',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 120,
  kind: 'stepwise',
  run: async (ctx) => {
    const written = await remindModerators(ctx);
    return written === 0 ? 'Nobody had to be reminded.' : `Reminded ${written}.`;
  },
};
