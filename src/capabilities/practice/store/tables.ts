import type { Context } from '#platform/context.ts';
import type { PracticeTables } from './rows.ts';

export const tables = (ctx: Context) => ctx.db.withTables<PracticeTables>();
