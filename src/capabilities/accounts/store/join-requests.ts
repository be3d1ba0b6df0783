import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

export type JoinRequest = {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly address: string;
  readonly words: string;
  readonly madeAt: Date;
};

/** @returns false when the person has asked already and nobody has decided yet. */
export const addJoinRequest = async (
  ctx: Context,
  id: string,
  person: string,
  organisation: string,
  words: string,
): Promise<boolean> => {
  const { rows } = await sql`
    insert into accounts.join_request (id, person_id, organisation_id, words, made_at)
    values (${id}, ${person}, ${organisation}, ${words}, ${ctx.clock()})
    on conflict (person_id, organisation_id) where decided_at is null do nothing returning id`.execute(ctx.db);
  return rows.length === 1;
};

export const openJoinRequests = async (ctx: Context, organisation: string): Promise<readonly JoinRequest[]> =>
  (
    await tables(ctx)
      .selectFrom('accounts.join_request as request')
      .innerJoin('accounts.person as person', 'person.id', 'request.person_id')
      .select([
        'request.id',
        'person.id as person',
        'person.name',
        'person.address',
        'request.words',
        'request.made_at as madeAt',
      ])
      .where('request.organisation_id', '=', organisation)
      .where('request.decided_at', 'is', null)
      .orderBy('request.made_at')
      .execute()
  ).map((row) => ({ ...row, name: row.name ?? '', address: row.address ?? '' }));

/** Organisations that the person has asked to join, still undecided. */
export const openJoinRequestsOf = async (ctx: Context, person: string): Promise<readonly string[]> =>
  (
    await tables(ctx)
      .selectFrom('accounts.join_request')
      .select('organisation_id')
      .where('person_id', '=', person)
      .where('decided_at', 'is', null)
      .execute()
  ).map((row) => row.organisation_id);

export const lockJoinRequest = (
  ctx: Context,
  id: string,
): Promise<{ readonly person: string; readonly organisation: string; readonly decidedAt: Date | null } | undefined> =>
  tables(ctx)
    .selectFrom('accounts.join_request')
    .select(['person_id as person', 'organisation_id as organisation', 'decided_at as decidedAt'])
    .where(sql<string>`id::text`, '=', id)
    .forUpdate()
    .executeTakeFirst();

export const decideJoinRequest = async (
  ctx: Context,
  id: string,
  decision: 'let-in' | 'declined' | 'withdrawn',
): Promise<void> => {
  await tables(ctx)
    .updateTable('accounts.join_request')
    .set({ decided_at: ctx.clock(), decision })
    .where('id', '=', id)
    .execute();
};
