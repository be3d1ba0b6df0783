import { createHash, randomBytes } from 'node:crypto';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Example } from '../domain/example.ts';
import { confirmPath } from '../paths.ts';
import { changeExample, findByConfirmHash, lockExample } from '../store/examples.ts';
import { tellOfWaiting } from './tell-moderators.ts';

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * Asks by mail whether an address is theirs. The link has a secret of its own: the address under which an example is written is
 * known to whoever wrote it, so that opening that one proves nothing. Within a transaction.
 */
export const askAddress = async (ctx: Context, one: Example, address: string): Promise<void> => {
  const secret = randomBytes(24).toString('base64url');
  await changeExample(ctx, one.id, { confirmHash: hashOf(secret) });
  await sendMail(ctx, {
    name: 'practice.confirm-address',
    to: { address, name: null },
    person: null,
    subject: 'Is this example from you?',
    body: [
      {
        kind: 'text',
        text: `“${one.text.title}” was sent in with this address. Confirm it, and a moderator reads it. If it is not from you, do nothing: it is deleted.`,
      },
      { kind: 'link', text: 'Read it, and confirm it', href: `${ctx.address}${confirmPath(secret)}` },
    ],
  });
};

/** The example that a mailed secret is about; `null`: there is none, or not any more. */
export const findBySecret = (ctx: Context, secret: string): Promise<Example | null> =>
  findByConfirmHash(ctx, hashOf(secret));

/**
 * Whoever has the secret reads what goes to the address: it is theirs.
 *
 * @returns the token of the example, however often it is confirmed; `null`: the secret is of none.
 */
export const confirmAddress = (ctx: Context, secret: string): Promise<string | null> =>
  ctx.transaction(async (inside) => {
    const found = await findBySecret(inside, secret);
    const one = found && (await lockExample(inside, found.id));
    if (!one) return null;
    if (one.state !== 'unconfirmed') return one.token;
    // A moderator has it from now on: the deadline counts from here.
    await changeExample(inside, one.id, { state: 'waiting', sentAt: ctx.clock() });
    await recordAct(inside, { name: 'practice.address-confirmed', subject: { kind: 'practice-example', id: one.id } });
    await tellOfWaiting(inside, one);
    return one.token;
  });
