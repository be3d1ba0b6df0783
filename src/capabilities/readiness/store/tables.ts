import type { Context } from '#platform/context.ts';
import type { ReadinessTables } from './rows.ts';

export const tables = (ctx: Context) => ctx.db.withTables<ReadinessTables>();
