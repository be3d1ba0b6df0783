import type { Context } from '#platform/context.ts';
import type { QualityMarkTables } from './rows.ts';

export const tables = (ctx: Context) => ctx.db.withTables<QualityMarkTables>();
