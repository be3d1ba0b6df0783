import { createHash } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';

/** Holds the session's token: 256 random bits, of which the store has only a hash. */
export const sessionCookie = 'htq_session';

export type SignedIn = {
  /** The session's id, which is no secret. */
  readonly session: string;
  readonly person: Person;
};

/** Whose session a token opens; `null` when it is unknown, ended or has been idle for too long. */
export type Identify = (ctx: Context, token: string) => Promise<SignedIn | null>;

/** The field that each form of a signed-in person carries. */
export const formTokenField = 'form-token';

/** Made from the session's token, which no other site can read, and from which nobody gets back to it. */
export const formToken = (sessionToken: string): string =>
  createHash('sha256').update(`form of ${sessionToken}`).digest('base64url');
