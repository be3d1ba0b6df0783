import type { Context } from '#platform/context.ts';
import type { AccountsTables } from './rows.ts';

export const tables = (ctx: Context) => ctx.db.withTables<AccountsTables>();
