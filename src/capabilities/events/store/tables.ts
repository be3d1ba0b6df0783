import type { Context } from '#platform/context.ts';
import type { EventsTables } from './rows.ts';

export const tables = (ctx: Context) => ctx.db.withTables<EventsTables>();
