import { organisationNames } from '#cap/accounts';
import { isAllowed } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Sharing } from '../domain/sharing.ts';
import { workOnEmployer } from '../policy.ts';
import { lockEmployer } from '../store/employers.ts';
import { acceptSharing, addSharing, endSharing, lockSharing } from '../store/sharing.ts';

const belongs = (ctx: Context, organisation: string): boolean => isAllowed(ctx.actor, workOnEmployer, { organisation });

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
