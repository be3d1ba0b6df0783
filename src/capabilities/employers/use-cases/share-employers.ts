import { leadsOf, organisationNames } from '#cap/accounts';
import { isAllowed } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import type { Sharing } from '../domain/sharing.ts';
import { employersPath } from '../paths.ts';
import { workOnEmployer } from '../policy.ts';
import { lockEmployer } from '../store/employers.ts';
import { acceptSharing, addSharing, endSharing, lockSharing } from '../store/sharing.ts';

const belongs = (ctx: Context, organisation: string): boolean => isAllowed(ctx.actor, workOnEmployer, { organisation });

/** Tells the leads of one side what the other did. The employer is not named in a message: who may see it looks it up. */
const tellLeads = async (
  ctx: Context,
  told: string,
  other: string,
  wordsOf: (name: string) => { readonly subject: string; readonly text: string },
): Promise<void> => {
  const name = (await organisationNames(ctx, [other])).get(other) ?? 'Another organisation';
  const { subject, text } = wordsOf(name);
  for (const lead of await leadsOf(ctx, told))
    await sendMail(ctx, {
      name: 'employers.sharing',
      to: { address: lead.address, name: null },
      person: lead.person,
      subject,
      body: [
        { kind: 'text', text },
        {
          kind: 'link',
          text: 'Look at it',
          href: `${ctx.address}${employersPath}?${new URLSearchParams({ organisation: told })}`,
        },
      ],
    });
};

/**
 * Offers a record to another organisation, which sees nothing of it but the employer's name before it accepts.
 *
 * @param id made with the form, so that a form that is sent twice offers once.
 * @param employerAgreedOn ISO day on which the employer agreed.
 */
export const offerSharing = (
  ctx: Context,
  employer: string,
  id: string,
  receiver: string,
  employerAgreedOn: string,
): Promise<Result<void, 'unknown' | 'own' | 'shared'>> =>
  ctx.transaction(async (inside) => {
    const record = await lockEmployer(inside, employer);
    if (!record || !belongs(ctx, record.organisation)) return refused('unknown');
    if (receiver === record.organisation) return refused('own');
    const standing = await lockSharing(inside, id);
    if (standing) return standing.employer === employer ? ok(undefined) : refused('unknown');
    if (!(await addSharing(inside, { id, employer, receiver, employerAgreedOn }))) return refused('shared');
    await recordAct(inside, {
      name: 'employers.sharing-offered',
      subject: { kind: 'employer', id: employer },
      forOrganisation: record.organisation,
      after: { sharing: id, receiver, employerAgreedOn },
    });
    await tellLeads(inside, receiver, record.organisation, (name) => ({
      subject: `${name} offers to share an employer with you`,
      text: 'You see the record once you accept. Declining tells nobody anything of you.',
    }));
    return ok(undefined);
  });

/** The receiving organisation accepts; from then on it sees the record. */
export const agreeToSharing = (ctx: Context, id: string): Promise<Result<Sharing, 'unknown'>> =>
  ctx.transaction(async (inside) => {
    const sharing = await lockSharing(inside, id);
    if (!sharing || !belongs(ctx, sharing.receiver)) return refused('unknown');
    if (sharing.acceptedAt === null) {
      await acceptSharing(inside, id);
      await recordAct(inside, {
        name: 'employers.sharing-accepted',
        subject: { kind: 'employer', id: sharing.employer },
        forOrganisation: sharing.receiver,
        after: { sharing: id, giver: sharing.giver },
      });
      await tellLeads(inside, sharing.giver, sharing.receiver, (name) => ({
        subject: `${name} accepted the employer that you share`,
        text: 'They see the record, what it offers and its next steps, and contacts who agreed to it. Either of you can end that.',
      }));
    }
    return ok(sharing);
  });

/** Either side ends it, or declines what was offered. From then on the receiver sees nothing. */
export const stopSharing = (ctx: Context, id: string): Promise<Result<Sharing, 'unknown'>> =>
  ctx.transaction(async (inside) => {
    const sharing = await lockSharing(inside, id);
    const by = sharing && [sharing.giver, sharing.receiver].find((one) => belongs(ctx, one));
    if (!sharing || !by) return refused('unknown');
    await endSharing(inside, id, by);
    await recordAct(inside, {
      name: 'employers.sharing-ended',
      subject: { kind: 'employer', id: sharing.employer },
      forOrganisation: by,
      before: { sharing: id, giver: sharing.giver, receiver: sharing.receiver, accepted: sharing.acceptedAt !== null },
    });
    const other = by === sharing.giver ? sharing.receiver : sharing.giver;
    await tellLeads(inside, other, by, (name) => ({
      subject: `${name} no longer shares an employer with you`,
      text:
        sharing.acceptedAt === null
          ? 'What was offered was declined or taken back.'
          : 'From now on the record is its keeper’s alone.',
    }));
    return ok(sharing);
  });

/** What the organisations of sharings are called. */
export const sharingNames = async (ctx: Context, sharings: readonly Sharing[]): Promise<(id: string) => string> => {
  const names = await organisationNames(
    ctx,
    sharings.flatMap((one) => [one.giver, one.receiver]),
  );
  return (id) => names.get(id) ?? 'An organisation that is no longer here';
};
