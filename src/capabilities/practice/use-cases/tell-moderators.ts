import { peopleWithRole } from '#cap/accounts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Example } from '../domain/example.ts';
import { queuePath } from '../paths.ts';

/** Tells the moderators that something waits for them. */
export const tellModerators = async (ctx: Context, one: Example): Promise<void> => {
  for (const moderator of await peopleWithRole(ctx, 'moderator')) {
    if (!moderator.address) continue;
    await sendMail(ctx, {
      name: 'practice.to-moderators',
      to: { address: moderator.address, name: null },
      person: moderator.id,
      subject: `Sent in: ${one.text.title}`,
      body: [
        { kind: 'text', text: `An example of practice waits for a moderator: ${one.text.title}.` },
        { kind: 'link', text: 'Open the queue', href: `${ctx.address}${queuePath}` },
      ],
    });
  }
};
