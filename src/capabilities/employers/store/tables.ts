import type { Context } from '#platform/context.ts';
import type { EmployersTables } from './rows.ts';

export const tables = (ctx: Context) => ctx.db.withTables<EmployersTables>();
