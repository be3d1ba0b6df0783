import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { minutes, sessionHours, sessionIdleMinutes } from '../domain/limits.ts';
import { membershipsOf } from '../store/organisations.ts';
import {
  actInSessionFor,
  addSession,
  endSessions,
  findOpenSession,
  listOpenSessions,
  noteSeen,
  type StoredSession,
} from '../store/sessions.ts';
import { hashToken, newToken } from './tokens.ts';

const seenAfter = (ctx: Context): Date => new Date(ctx.clock().getTime() - sessionIdleMinutes * minutes);
const madeAfter = (ctx: Context): Date => new Date(ctx.clock().getTime() - sessionHours * 60 * minutes);

/** How exactly the store knows when a session was last used: writing it on each request would cost more than it tells. */
const seenEveryMs = minutes;

/** The session that a token opens; `null`: there is none, or it has ended. */
export const openSession = async (
  ctx: Context,
  token: string,
): Promise<{ readonly session: string; readonly person: Person } | null> => {
  const found = await findOpenSession(ctx, hashToken(token), seenAfter(ctx), madeAfter(ctx));
  if (!found) return null;
  if (ctx.clock().getTime() - found.seenAt.getTime() > seenEveryMs) await noteSeen(ctx, found.id);
  return { session: found.id, person: found.person };
};

/** "Firefox on Linux": as much as someone needs to know their own session again, and no more. */
const browserWords = (userAgent: string): string => {
  const name = /Edg\//.test(userAgent)
    ? 'Edge'
    : /Firefox\//.test(userAgent)
      ? 'Firefox'
      : /Chrom(?:e|ium)\//.test(userAgent)
        ? 'Chrome'
        : /Safari\//.test(userAgent)
          ? 'Safari'
          : 'A browser';
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(userAgent)?.[0];
  return system ? `${name} on ${system}` : name;
};

/**
 * Begins a session in the caller's transaction.
 *
 * @param by how they signed in: `mail`, `example`, or an issuer's id.
 * @returns the token for the cookie, which is stored nowhere else.
 */
export const beginSession = async (ctx: Context, person: string, by: string, userAgent: string): Promise<string> => {
  const token = newToken();
  const id = randomUUID();
  const memberships = await membershipsOf(ctx, person);
  // Someone who belongs to one organisation acts for it; someone who belongs to several says for whom.
  const actingFor = memberships.length === 1 ? (memberships[0]?.organisation ?? null) : null;
  await addSession(ctx, { id, tokenHash: hashToken(token), person, by, browser: browserWords(userAgent), actingFor });
  await recordAct(ctx, {
    name: 'accounts.sign-in',
    subject: { kind: 'person', id: person },
    forOrganisation: actingFor,
    after: { by },
  });
  return token;
};

export const mySessions = (ctx: Context, person: string): Promise<readonly StoredSession[]> =>
  listOpenSessions(ctx, person, seenAfter(ctx), madeAfter(ctx));

/** Ends one session of the person, all others than one, or all. */
export const signOut = (
  ctx: Context,
  person: Person,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<number> =>
  ctx.transaction(async (inside) => {
    const ended = await endSessions(inside, person.id, which);
    if (ended > 0)
      await recordAct(inside, {
        name: 'accounts.sign-out',
        subject: { kind: 'person', id: person.id },
        after: { sessions: ended },
      });
    return ended;
  });

/** @returns false when they do not belong to the organisation. */
export const actFor = async (
  ctx: Context,
  person: Person,
  session: string,
  organisation: string | null,
): Promise<boolean> => {
  if (organisation !== null && !person.memberships.some((one) => one.organisation === organisation)) return false;
  await ctx.transaction(async (inside) => {
    await actInSessionFor(inside, session, organisation);
    await recordAct(inside, {
      name: 'accounts.act-for',
      subject: { kind: 'person', id: person.id },
      forOrganisation: organisation,
      before: { organisation: person.actingFor },
      after: { organisation },
    });
  });
  return true;
};
