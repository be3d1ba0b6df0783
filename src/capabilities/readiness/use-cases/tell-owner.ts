import { addressOf, colleaguesOf } from '#cap/accounts';
import { dayWords } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import type { MailBlock } from '#platform/mail/mail.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Plan, Task } from '../domain/plan.ts';
import { taskPath } from '../paths.ts';

/** Writes to a task's owner, in the transaction of the act: to members alone, and nobody is told what they did themselves. */
const tellOwner = async (
  ctx: Context,
  plan: Plan,
  task: Pick<Task, 'id' | 'owner'>,
  mail: { readonly name: string; readonly subject: string; readonly body: readonly MailBlock[] },
): Promise<void> => {
  const { owner } = task;
  if (owner === null || (ctx.actor.kind === 'person' && ctx.actor.id === owner)) return;
  if (!(await colleaguesOf(ctx, plan.organisation)).some((one) => one.id === owner)) return;
  const address = await addressOf(ctx, owner);
  if (address === null) return;
  await sendMail(ctx, {
    name: mail.name,
    to: { address, name: null },
    person: owner,
    subject: mail.subject,
    body: [...mail.body, { kind: 'link', text: 'Open the task', href: `${ctx.address}${taskPath(plan.id, task.id)}` }],
  });
};

const whoActs = ({ actor }: Context): string => (actor.kind === 'person' ? actor.name : 'Somebody');

/** Tells someone that a task was given to them. */
export const tellGiven = (
  ctx: Context,
  plan: Plan,
  task: Pick<Task, 'id' | 'owner' | 'title' | 'starts' | 'ends'>,
): Promise<void> =>
  tellOwner(ctx, plan, task, {
    name: 'readiness.task-given',
    subject: `A task in a delivery plan is yours: ${task.title}`,
    body: [
      { kind: 'text', text: `${whoActs(ctx)} gave you a task in the delivery plan for ${plan.qualification}:` },
      { kind: 'text', text: task.title },
      { kind: 'text', text: `It begins on ${dayWords(task.starts)} and is to be over by ${dayWords(task.ends)}.` },
    ],
  });

/** Tells the owner of a task that somebody said something about it. What they said stays on the page. */
export const tellCommented = (ctx: Context, plan: Plan, task: Pick<Task, 'id' | 'owner' | 'title'>): Promise<void> =>
  tellOwner(ctx, plan, task, {
    name: 'readiness.task-commented',
    subject: `A comment on your task: ${task.title}`,
    body: [
      {
        kind: 'text',
        text: `${whoActs(ctx)} commented on your task “${task.title}” in the delivery plan for ${plan.qualification}.`,
      },
    ],
  });
