import { addressOf, checkedBy, peopleWithRole } from '#cap/accounts';
import type { Membership, Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Reply } from '../domain/reply.ts';
import { replyPath, wantedOnePath } from '../paths.ts';
import { answerEnquiries, replyToWanted } from '../policy.ts';
import { findEnquiry } from '../store/enquiries.ts';
import { addReply, lockReply, settleReply } from '../store/replies.ts';

export { countReplies, findReply, listReplies, listUnread } from '../store/replies.ts';

/** A provider answers what others want to know. Readers have it once somebody has read it. @param replyId made with the form. */
export const reply = (
  ctx: Context,
  person: Person,
  provider: Membership,
  enquiry: string,
  replyId: string,
  text: string,
): Promise<boolean> => {
  demand(ctx.actor, replyToWanted);
  return ctx.transaction(async (inside) => {
    const one = await findEnquiry(inside, enquiry);
    if (one?.state !== 'open') return false;
    const { organisation, name } = provider;
    const added = { id: replyId, enquiry: one.id, provider: name, organisation, person: person.id, text };
    if (!(await addReply(inside, added))) return true;
    await recordAct(inside, { name: 'have-your-say.replied', subject: { kind: 'enquiry', id: one.id } });
    for (const editor of await peopleWithRole(inside, 'editor')) {
      if (!editor.address) continue;
      await sendMail(inside, {
        name: 'have-your-say.reply-to-read',
        to: { address: editor.address, name: null },
        person: editor.id,
        subject: `An answer of ${name} to read`,
        body: [
          {
            kind: 'text',
            text: `${name} answers what other providers want to know. Nobody has it before you have read it.`,
          },
          { kind: 'link', text: 'Read it', href: `${ctx.address}${replyPath(replyId)}` },
        ],
      });
    }
    return true;
  });
};

export type ReplyRefusal = 'unknown' | 'changed' | 'needs-second-person' | 'others-can';

/**
 * Lets readers have an answer, or leaves it out: at first, or later. Whoever wrote it is told. Nobody decides on their own provider's
 * where somebody else can.
 *
 * @param seen when it was decided last, as whoever decides now has seen it.
 * @param leftOut the reason, kept and told to whoever wrote it; `null`: readers have it.
 */
export const decideOnReply = (
  ctx: Context,
  person: Person,
  id: string,
  seen: Date | null,
  leftOut: string | null,
): Promise<Result<void, ReplyRefusal>> => {
  demand(ctx.actor, answerEnquiries);
  return ctx.transaction(async (inside) => {
    const one = await lockReply(inside, id);
    if (!one) return refused('unknown');
    if (one.decidedAt?.getTime() !== seen?.getTime()) return refused('changed');
    const own = one.person === person.id || person.memberships.some((held) => held.organisation === one.organisation);
    const maker = own ? person.id : (one.person ?? '');
    const asEditor = await checkedBy(inside, maker, person.id, 'editor');
    const check = asEditor.kind === 'refused' ? asEditor : await checkedBy(inside, maker, person.id, 'moderator');
    if (check.kind === 'refused') return refused(check.reason);
    await settleReply(inside, id, person.id, leftOut);
    await tellWriter(inside, one, leftOut);
    await recordAct(inside, {
      name: 'have-your-say.reply-decided',
      subject: { kind: 'reply', id },
      after: { shown: leftOut === null, checked: check.kind },
    });
    return ok(undefined);
  });
};

const tellWriter = async (ctx: Context, one: Reply, leftOut: string | null): Promise<void> => {
  const address = one.person ? await addressOf(ctx, one.person) : null;
  if (address === null) return;
  await sendMail(ctx, {
    name: 'have-your-say.reply-decided',
    to: { address, name: null },
    person: one.person,
    subject: leftOut === null ? 'Your answer is shown' : 'Your answer is not shown',
    body: [
      {
        kind: 'text',
        text:
          leftOut === null
            ? `What you answered for ${one.provider} is there for everyone to read.`
            : `What you answered for ${one.provider} is not there for others to read: ${leftOut}`,
      },
      { kind: 'link', text: 'See the question', href: `${ctx.address}${wantedOnePath(one.enquiry)}` },
    ],
  });
};
