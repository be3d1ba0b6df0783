import { z } from 'zod';
import { addressOf, colleaguesOf, leadsOf } from '#cap/accounts';
import { dayWords } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { byPressure, isLate, type LaidTask, type Plan, soonDays, startsSoon } from '../domain/plan.ts';
import { planPath, taskPath } from '../paths.ts';
import { listAllPlans } from '../store/plans.ts';
import { withTasks } from './keep-plans.ts';
import { todayIn } from './today.ts';

type Due = { readonly plan: Plan; readonly one: LaidTask; readonly nobodys: boolean };

const reasonOf = ({ one }: Due, today: string): string => {
  if (one.late) return `was to be over by ${dayWords(one.task.ends)}`;
  if (one.shouldHaveStarted) return `had to begin by ${dayWords(one.mustStart)}`;
  return `${one.task.starts < today ? 'was to begin' : 'begins'} on ${dayWords(one.task.starts)}`;
};

/** Tasks that a message names: the plan has the rest. */
const mostNamed = 30;

/**
 * Tells everyone who has tasks in a plan, once, what of theirs is late and what begins soon. Of what is nobody's, or of
 * someone's who has left the provider, its leads hear. Nothing is sent to whoever has nothing of the kind.
 *
 * @returns how many messages were written.
 */
export const remindTasks = async (ctx: Context): Promise<number> => {
  const today = todayIn(ctx);
  const isSoon = startsSoon(today);
  const byPerson = new Map<string, Due[]>();
  for (const plan of await listAllPlans(ctx)) {
    const { laid } = await withTasks(ctx, plan);
    const members = new Set((await colleaguesOf(ctx, plan.organisation)).map((one) => one.id));
    const leads = (await leadsOf(ctx, plan.organisation)).map((one) => one.person);
    for (const one of laid.tasks) {
      if (!(isLate(one) || isSoon(one))) continue;
      const owner = one.task.owner !== null && members.has(one.task.owner) ? one.task.owner : null;
      for (const person of owner === null ? leads : [owner]) {
        const due = byPerson.get(person) ?? [];
        due.push({ plan, one, nobodys: owner === null });
        byPerson.set(person, due);
      }
    }
  }
  return ctx.transaction(async (inside) => {
    let written = 0;
    for (const [person, all] of byPerson) {
      const due = all.toSorted((left, right) => byPressure(left.one, right.one));
      const address = await addressOf(inside, person);
      if (address === null) continue;
      const late = due.filter(({ one }) => isLate(one)).length;
      await sendMail(inside, {
        name: 'readiness.weekly',
        to: { address, name: null },
        person,
        subject:
          late > 0
            ? `Your delivery plan: ${late} late, ${due.length} in all`
            : `Your delivery plan: ${due.length} to begin within ${soonDays} days`,
        body: [
          ...due.slice(0, mostNamed).flatMap((one) => [
            {
              kind: 'text' as const,
              text: `${one.one.task.title} (${one.plan.qualification}): ${reasonOf(one, today)}${one.nobodys ? '; it is nobody’s yet' : ''}`,
            },
            {
              kind: 'link' as const,
              text: 'Open it',
              href: `${ctx.address}${taskPath(one.plan.id, one.one.task.id)}`,
            },
          ]),
          ...(due.length > mostNamed
            ? [{ kind: 'text' as const, text: `And ${due.length - mostNamed} more, on the plan’s own page.` }]
            : []),
          ...[...new Set(due.map(({ plan }) => plan.id))].map((id) => ({
            kind: 'link' as const,
            text: 'The whole plan',
            href: `${ctx.address}${planPath(id)}`,
          })),
        ],
      });
      written += 1;
    }
    return written;
  });
};

export const remindTasksJob: JobDefinition = {
  name: 'readiness.weekly',
  title: 'Tell people what their plans ask this month',
  data: z.object({}),
  tries: 3,
  backOffSeconds: 60,
  limitSeconds: 600,
  kind: 'atomic',
  run: async (ctx) => {
    const written = await remindTasks(ctx);
    return written === 0 ? 'Nobody had anything due.' : `Told ${written}.`;
  },
};
