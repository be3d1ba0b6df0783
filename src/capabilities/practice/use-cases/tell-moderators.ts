import { peopleWithRole } from '#cap/accounts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Example } from '../domain/example.ts';
import { queuePath } from '../paths.ts';

/** Tells the moderators that something is there for them. */
export const tellModerators = async (
  ctx: Context,
  subject: string,
  { words, link, path }: { readonly words: string; readonly link: string; readonly path: string },
): Promise<void> => {
  for (const moderator of await peopleWithRole(ctx, 'moderator')) {
    if (!moderator.address) continue;
    await sendMail(ctx, {
      name: 'practice.to-moderators',
      to: { address: moderator.address, name: null },
      person: moderator.id,
      subject,
      body: [
        { kind: 'text', text: words },
        { kind: 'link', text: link, href: `${ctx.address}${path}` },
      ],
    });
  }
};

/** That an example waits. */
export const tellOfWaiting = (ctx: Context, { text }: Example): Promise<void> =>
  tellModerators(ctx, `Sent in: ${text.title}`, {
    words: `An example of practice waits for a moderator: ${text.title}.`,
    link: 'Open the queue',
    path: queuePath,
  });
