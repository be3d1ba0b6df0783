import type { InstanceRole } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendAgain } from '#platform/mail/outbox.ts';
import { administer } from '../policy.ts';
import { type Invitation, openInvitations } from '../store/invitations.ts';
import { countOrganisations, organisationsWithoutLead } from '../store/organisations.ts';
import { findPerson, giveRole, lockHoldersOf, rolesOf, type StoredPerson, takeRole } from '../store/people.ts';
import { addSignInLink } from './sign-in-by-mail.ts';

export type RoleRefusal = 'unknown' | 'last-administrator';

/** Gives someone a role of the instance, or takes it. The last administrator keeps theirs. */
export const setRole = (
  ctx: Context,
  person: string,
  role: InstanceRole,
  has: boolean,
): Promise<Result<void, RoleRefusal>> => {
  demand(ctx.actor, administer);
  return ctx.transaction(async (inside) => {
    if (!(await findPerson(inside, person))) return refused('unknown');
    if (!has && role === 'administrator') {
      const holders = await lockHoldersOf(inside, 'administrator');
      if (holders.length === 1 && holders[0] === person) return refused('last-administrator');
    }
    const changed = has ? await giveRole(inside, person, role) : await takeRole(inside, person, role);
    if (changed)
      await recordAct(inside, {
        name: has ? 'accounts.role-given' : 'accounts.role-taken',
        subject: { kind: 'person', id: person },
        ...(has ? { after: { role } } : { before: { role } }),
      });
    return ok(undefined);
  });
};

/** A sign-in link without a message, for whoever runs the instance: the way back in when mail does not work. */
export const makeSignInLink = (ctx: Context, address: string): Promise<string> => {
  demand(ctx.actor, administer);
  return ctx.transaction(async (inside) => {
    const link = await addSignInLink(inside, address);
    await recordAct(inside, {
      name: 'accounts.sign-in-link-made',
      personal: { address: { value: address, person: null } },
    });
    return link;
  });
};

export type PersonSeen = { readonly person: StoredPerson; readonly roles: readonly InstanceRole[] };

export const seePerson = async (ctx: Context, id: string): Promise<PersonSeen | null> => {
  demand(ctx.actor, administer);
  const person = await findPerson(ctx, id);
  return person ? { person, roles: await rolesOf(ctx, id) } : null;
};

export const roleInvitations = (ctx: Context): Promise<readonly Invitation[]> => {
  demand(ctx.actor, administer);
  return openInvitations(ctx, null);
};

export const organisationsInNeed = async (
  ctx: Context,
): Promise<{
  readonly count: number;
  readonly withoutLead: readonly { readonly id: string; readonly name: string }[];
}> => {
  demand(ctx.actor, administer);
  return { count: await countOrganisations(ctx), withoutLead: await organisationsWithoutLead(ctx) };
};

/** Makes a failed job wait again. @returns false when it is no longer among the failed. */
export const runJobAgain = async (ctx: Context, name: string, id: string): Promise<boolean> => {
  demand(ctx.actor, administer);
  if (!(await ctx.jobs.runAgain(name, id))) return false;
  await ctx.transaction((inside) =>
    recordAct(inside, { name: 'accounts.job-run-again', subject: { kind: 'job', id }, after: { job: name } }),
  );
  return true;
};

/** Makes a failed message wait again. @returns false when it is no longer among the failed. */
export const sendMailAgain = (ctx: Context, id: string): Promise<boolean> => {
  demand(ctx.actor, administer);
  return ctx.transaction(async (inside) => {
    if (!(await sendAgain(inside, id))) return false;
    await recordAct(inside, { name: 'accounts.mail-sent-again', subject: { kind: 'mail', id } });
    return true;
  });
};

export { countPeople, listPeople, namesOf } from '../store/people.ts';
