import { sql } from 'kysely';
import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '../context.ts';

/** Acts that are counted beside the newest one: more than may be written while one transaction is open. */
const counted = 1000;

/**
 * A word that is another one after every recorded act, and on every day: while it stays the same, nothing that readers
 * see has changed, since whatever changes something records an act. Numbers are given before a transaction is committed,
 * so the newest alone would miss an act that was committed after a later one; the count does not.
 */
export const lastAct = async (ctx: Context): Promise<string> => {
  const { rows } = await sql<{ readonly newest: number | null; readonly count: number }>`
    select max(number) as newest, count(*) as count from platform.act
    where number > (select max(number) from platform.act) - ${counted}`.execute(ctx.db);
  const [row] = rows;
  return `${row?.newest ?? 0} ${row?.count ?? 0} ${londonDay(ctx.clock())}`;
};
