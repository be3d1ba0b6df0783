import type { Context } from '#platform/context.ts';
import type { HaveYourSayTables } from './rows.ts';

export const tables = (ctx: Context) => ctx.db.withTables<HaveYourSayTables>();
