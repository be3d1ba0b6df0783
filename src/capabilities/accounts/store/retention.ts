import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';

export type Held = 'sign-ins' | 'sessions' | 'mail-texts' | 'mail' | 'invitations' | 'act-values';

/** What each kind of record is, and since when it counts as old. */
const statements: Readonly<Record<Held, (before: Date) => ReturnType<typeof sql>>> = {
  'sign-ins': (before) => sql`delete from accounts.sign_in where made_at < ${before}`,
  sessions: (before) => sql`delete from accounts.session where coalesce(ended_at, seen_at) < ${before}`,
  'mail-texts': (before) =>
    sql`update platform.mail set body = null, calendar = null where body is not null and state = 'failed' and made_at < ${before}`,
  mail: (before) => sql`delete from platform.mail where state <> 'waiting' and made_at < ${before}`,
  invitations: (before) => sql`delete from accounts.invitation where coalesce(ended_at, expires_at) < ${before}`,
  'act-values': (before) =>
    sql`delete from platform.act_personal where act_id in (select id from platform.act where at < ${before})`,
};

/** @returns how many records went. */
export const deleteOldest = async (ctx: Context, what: Held, before: Date): Promise<number> =>
  Number((await statements[what](before).execute(ctx.db)).numAffectedRows ?? 0);
