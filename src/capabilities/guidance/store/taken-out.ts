import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

export type TakenOut = { readonly at: Date; readonly reason: string; readonly versions: number };

/** Puts `mark` where the words stand, in every version of a page and in its draft. @returns how many versions had them. */
export const replaceWords = async (ctx: Context, page: string, words: string, mark: string): Promise<number> => {
  const { numAffectedRows } = await sql`update guidance.version set title = replace(title, ${words}, ${mark}),
      summary = replace(summary, ${words}, ${mark}), body = replace(body, ${words}, ${mark}),
      change_note = replace(change_note, ${words}, ${mark})
    where page_id = ${page}
      and position(${words} in concat_ws(E'\n', title, summary, body, change_note)) > 0`.execute(ctx.db);
  await sql`update guidance.draft set title = replace(title, ${words}, ${mark}), summary = replace(summary, ${words}, ${mark}),
      body = replace(body, ${words}, ${mark}), change_note = replace(change_note, ${words}, ${mark}), revision = revision + 1
    where page_id = ${page}
      and position(${words} in concat_ws(E'\n', title, summary, body, change_note)) > 0`.execute(ctx.db);
  return Number(numAffectedRows ?? 0);
};

export const noteTakenOut = async (
  ctx: Context,
  one: {
    readonly id: string;
    readonly page: string;
    readonly by: string;
    readonly reason: string;
    readonly versions: number;
  },
): Promise<void> => {
  await tables(ctx)
    .insertInto('guidance.taken_out')
    .values({
      id: one.id,
      page_id: one.page,
      at: ctx.clock(),
      by_person: one.by,
      reason: one.reason,
      versions: one.versions,
    })
    .execute();
};

export const listTakenOut = (ctx: Context, page: string): Promise<readonly TakenOut[]> =>
  tables(ctx)
    .selectFrom('guidance.taken_out')
    .select(['at', 'reason', 'versions'])
    .where('page_id', '=', page)
    .orderBy('at', 'desc')
    .execute();
