import { z } from 'zod';
import { addressOf, peopleWithRole } from '#cap/accounts';
import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { type ReminderDue, reminderOn } from '../domain/review.ts';
import { deskPath, editPath, guidePagePath } from '../paths.ts';
import { listPagesOnDesk, noteReminder, type PageOnDesk } from '../store/desk.ts';

type Due = { readonly page: PageOnDesk; readonly reminder: ReminderDue };

const sayTo = async (ctx: Context, person: string, address: string, due: readonly Due[], climbed: boolean) =>
  sendMail(ctx, {
    name: 'guidance.review-reminder',
    to: { address, name: null },
    person,
    subject: climbed
      ? `Nobody has looked through ${due.length === 1 ? 'a page' : `${due.length} pages`} of the guidance`
      : `${due.length === 1 ? 'A page' : `${due.length} pages`} of the guidance to look through`,
    body: [
      {
        kind: 'text',
        text: climbed
          ? 'Their date has passed by two weeks or more, and readers are told so. Look at them, or give them to someone else.'
          : 'You look after what follows. Read it through, put right what has changed, and say that you have.',
      },
      ...due.flatMap(({ page }) => [
        {
          kind: 'text' as const,
          text: `${page.publishedTitle ?? page.id}: by ${page.reviewDue}`,
        },
        { kind: 'link' as const, text: 'Look it through', href: `${ctx.address}${editPath(page.id)}/about` },
        { kind: 'link' as const, text: 'Read it', href: `${ctx.address}${guidePagePath(page.id)}` },
      ]),
      { kind: 'link', text: 'Everything that waits for editors', href: `${ctx.address}${deskPath}` },
    ],
  });

/**
 * Reminds whoever looks after pages that are to be looked through: one message to a person, with all of theirs. Pages
 * that nobody looks after, and those whose reminders went unheard, come to the administrators.
 *
 * @returns how many messages were written.
 */
export const remindReviews = async (ctx: Context): Promise<number> => {
  const today = londonDay(ctx.clock());
  return ctx.transaction(async (inside) => {
    const toOwners = new Map<string, Due[]>();
    const toAdministrators: Due[] = [];
    for (const page of await listPagesOnDesk(inside)) {
      if (page.publishedTitle === null || page.withdrawn) continue;
      const reminder = reminderOn(page.reviewDue, today);
      if (!reminder || !(await noteReminder(inside, page.id, page.reviewDue, reminder.step, reminder.climbs))) continue;
      if (page.owner !== null) toOwners.set(page.owner, [...(toOwners.get(page.owner) ?? []), { page, reminder }]);
      if (page.owner === null || reminder.climbs) toAdministrators.push({ page, reminder });
    }
    let written = 0;
    for (const [person, due] of toOwners) {
      const address = await addressOf(inside, person);
      if (address === null) continue;
      await sayTo(inside, person, address, due, false);
      written += 1;
    }
    if (toAdministrators.length > 0)
      for (const { id, address } of await peopleWithRole(inside, 'administrator')) {
        if (address === null) continue;
        await sayTo(inside, id, address, toAdministrators, true);
        written += 1;
      }
    return written;
  });
};

export const remindReviewsJob: JobDefinition = {
  name: 'guidance.remind-reviews',
  title: 'Remind of pages to look through',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 120,
  kind: 'stepwise',
  run: async (ctx) => {
    const written = await remindReviews(ctx);
    return written === 0 ? 'Nobody had to be reminded.' : `Reminded ${written}.`;
  },
};
