import type { Context } from '#platform/context.ts';
import type { GuidanceTables } from './rows.ts';

export const tables = (ctx: Context) => ctx.db.withTables<GuidanceTables>();
