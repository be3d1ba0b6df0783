import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { invitationDays, minutes } from '../domain/limits.ts';
import { invitationPath } from '../paths.ts';
import { administer, leadOrganisation } from '../policy.ts';
import {
  addInvitation,
  endInvitation,
  findInvitationByToken,
  type Invitation,
  type InvitedTo,
  lockInvitation,
} from '../store/invitations.ts';
import { addMember, findOrganisation } from '../store/organisations.ts';
import { addPerson, findPersonByAddress, giveRole } from '../store/people.ts';
import { beginSession } from './sessions.ts';
import { hashToken, newToken } from './tokens.ts';

const demandToInvite = (ctx: Context, to: InvitedTo): void => {
  if (to.kind === 'organisation') demand(ctx.actor, leadOrganisation, { organisation: to.organisation });
  else demand(ctx.actor, administer);
};

const toWords = async (ctx: Context, to: InvitedTo): Promise<string> => {
  if (to.kind === 'role') return `be ${/^[ae]/.test(to.role) ? 'an' : 'a'} ${to.role} of ${ctx.name}`;
  const organisation = await findOrganisation(ctx, to.organisation);
  return `${to.standing === 'lead' ? 'lead' : 'join'} ${organisation?.name ?? 'an organisation'}`;
};

/** @returns the invitation's link, which the message holds too: whoever holds it can accept, once. */
export const invite = (ctx: Context, address: string, to: InvitedTo): Promise<string> => {
  demandToInvite(ctx, to);
  return ctx.transaction(async (inside) => {
    const token = newToken();
    const id = randomUUID();
    const link = `${ctx.address}${invitationPath(token)}`;
    await addInvitation(inside, {
      id,
      tokenHash: hashToken(token),
      address,
      to,
      invitedBy: ctx.actor.kind === 'person' ? ctx.actor.id : null,
      expiresAt: new Date(ctx.clock().getTime() + invitationDays * 24 * 60 * minutes),
    });
    const person = await findPersonByAddress(inside, address);
    await recordAct(inside, {
      name: 'accounts.invited',
      subject: { kind: 'invitation', id },
      ...(to.kind === 'organisation' ? { forOrganisation: to.organisation } : {}),
      after: to,
      personal: { address: { value: address, person: person?.id ?? null } },
    });
    const words = await toWords(inside, to);
    const by = ctx.actor.kind === 'person' && ctx.actor.name !== '' ? ctx.actor.name : `Whoever runs ${ctx.name}`;
    await sendMail(inside, {
      name: 'accounts.invited',
      to: { address, name: person?.name ?? null },
      person: person?.id ?? null,
      subject: `You are invited to ${words}`,
      body: [
        { kind: 'text', text: `${by} invites you to ${words}.` },
        { kind: 'link', text: 'Look at the invitation', href: link },
        {
          kind: 'text',
          text: `It can be accepted once, within ${invitationDays} days. If you did not expect it, you need do nothing.`,
        },
      ],
    });
    return link;
  });
};

export type InvitationSeen =
  | { readonly kind: 'open'; readonly address: string; readonly words: string; readonly hasAccount: boolean }
  | { readonly kind: 'unknown' | 'expired' | 'accepted' | 'withdrawn' };

const stateOf = (ctx: Context, one: Invitation | null): 'open' | 'unknown' | 'expired' | 'accepted' | 'withdrawn' => {
  if (!one?.address) return 'unknown';
  return one.ending ?? (one.expiresAt <= ctx.clock() ? 'expired' : 'open');
};

export const lookAtInvitation = async (ctx: Context, token: string): Promise<InvitationSeen> => {
  const one = await findInvitationByToken(ctx, hashToken(token));
  const state = stateOf(ctx, one);
  if (state !== 'open' || !one?.address) return { kind: state === 'open' ? 'unknown' : state };
  return {
    kind: 'open',
    address: one.address,
    words: await toWords(ctx, one.to),
    hasAccount: (await findPersonByAddress(ctx, one.address)) !== undefined,
  };
};

export type Accepted =
  | { readonly kind: 'accepted'; readonly to: InvitedTo; readonly token: string | null }
  | { readonly kind: 'sign-in-first' }
  | { readonly kind: 'unknown' | 'expired' | 'accepted-before' | 'withdrawn' };

/**
 * Accepts an invitation, as the person who is signed in. Whoever has no account yet gets one: that the link came to
 * their address has proved it to be theirs. Whoever has one signs in first, since an old message is no way in.
 */
export const acceptInvitation = (
  ctx: Context,
  token: string,
  me: Person | null,
  userAgent: string,
): Promise<Accepted> =>
  ctx.transaction(async (inside) => {
    const one = await lockInvitation(inside, hashToken(token));
    const state = stateOf(ctx, one);
    if (state === 'accepted') return { kind: 'accepted-before' };
    if (state !== 'open' || !one?.address) return { kind: state === 'open' ? 'unknown' : state };
    const known = await findPersonByAddress(inside, one.address);
    if (!me && known) return { kind: 'sign-in-first' };
    const person = me?.id ?? (await addInvited(inside, one.address));
    await endInvitation(inside, one.id, 'accepted');
    if (one.to.kind === 'organisation') await addMember(inside, one.to.organisation, person, one.to.standing);
    else await giveRole(inside, person, one.to.role);
    await recordAct(inside, {
      name: 'accounts.invitation-accepted',
      subject: { kind: 'person', id: person },
      ...(one.to.kind === 'organisation' ? { forOrganisation: one.to.organisation } : {}),
      after: { invitation: one.id, ...one.to },
    });
    return {
      kind: 'accepted',
      to: one.to,
      token: me ? null : await beginSession(inside, person, 'mail', userAgent),
    };
  });

const addInvited = async (ctx: Context, address: string): Promise<string> => {
  const person = await addPerson(ctx, { address, name: null });
  await recordAct(ctx, {
    name: 'accounts.person-made',
    subject: { kind: 'person', id: person },
    personal: { address: { value: address, person } },
  });
  return person;
};

/** @returns false when it had ended already. */
export const withdrawInvitation = (ctx: Context, id: string, organisation: string | null): Promise<boolean> => {
  if (organisation === null) demand(ctx.actor, administer);
  else demand(ctx.actor, leadOrganisation, { organisation });
  return ctx.transaction(async (inside) => {
    if (!(await endInvitation(inside, id, 'withdrawn', organisation))) return false;
    await recordAct(inside, {
      name: 'accounts.invitation-withdrawn',
      subject: { kind: 'invitation', id },
      ...(organisation ? { forOrganisation: organisation } : {}),
    });
    return true;
  });
};
