import { z } from 'zod';
import { addressOf, colleaguesOf } from '#cap/accounts';
import { dayWords, londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { isOverdue, isThisWeek } from '../domain/next-step.ts';
import { nextStepsPath, partPath } from '../paths.ts';
import { listOpenSteps, type OpenStep } from '../store/next-steps.ts';

/**
 * Tells everyone who has next steps with employers, once, which of theirs are overdue and which are due this week. Nothing is
 * sent to whoever has nothing of the kind, or has left the organisation.
 *
 * @returns how many messages were written.
 */
export const remindOwners = async (ctx: Context): Promise<number> => {
  const today = londonDay(ctx.clock());
  const due = (await listOpenSteps(ctx, null)).filter((one) => isOverdue(one, today) || isThisWeek(one, today));
  const byOwner = new Map<string, OpenStep[]>();
  for (const organisation of new Set(due.map((one) => one.organisation))) {
    const members = new Set((await colleaguesOf(ctx, organisation)).map((one) => one.id));
    for (const one of due) {
      if (one.organisation !== organisation || one.owner === null || !members.has(one.owner)) continue;
      byOwner.set(one.owner, [...(byOwner.get(one.owner) ?? []), one]);
    }
  }
  return ctx.transaction(async (inside) => {
    let written = 0;
    for (const [person, steps] of byOwner) {
      const address = await addressOf(inside, person);
      if (address === null) continue;
      const overdue = steps.filter((one) => isOverdue(one, today)).length;
      await sendMail(inside, {
        name: 'employers.weekly',
        to: { address, name: null },
        person,
        subject:
          overdue > 0
            ? `Employers: ${overdue} overdue, ${steps.length} in all`
            : `Employers: ${steps.length} due this week`,
        body: [
          ...steps.flatMap((one) => [
            {
              kind: 'text' as const,
              text: `${one.employerName}: ${one.what}, ${isOverdue(one, today) ? 'was due by' : 'due by'} ${dayWords(one.due)}`,
            },
            {
              kind: 'link' as const,
              text: 'Open it',
              href: `${ctx.address}${partPath(one.employer, 'next-steps', one.id)}`,
            },
          ]),
          { kind: 'link' as const, text: 'All of your next steps', href: `${ctx.address}${nextStepsPath}` },
        ],
      });
      written += 1;
    }
    return written;
  });
};

export const remindOwnersJob: JobDefinition = {
  name: 'employers.weekly',
  title: 'Tell people what is due with employers this week',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 600,
  kind: 'atomic',
  run: async (ctx) => {
    const written = await remindOwners(ctx);
    return written === 0 ? 'Nobody had anything due.' : `Told ${written}.`;
  },
};
