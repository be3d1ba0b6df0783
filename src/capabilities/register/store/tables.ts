import type { Context } from '#platform/context.ts';
import type { RegisterTables } from './rows.ts';

export const tables = (ctx: Context) => ctx.db.withTables<RegisterTables>();
