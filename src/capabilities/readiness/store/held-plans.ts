import { sql } from 'kysely';
import type { Context } from '#platform/context.ts';
import { tables } from './tables.ts';

/** A plan that waits for its person to belong to a provider: what was typed of it, field by field. */
export type HeldPlan = { readonly id: string; readonly typed: Readonly<Record<string, string>>; readonly heldAt: Date };

export const listHeld = async (ctx: Context, person: string): Promise<readonly HeldPlan[]> =>
  (
    await tables(ctx)
      .selectFrom('readiness.held_plan')
      .select(['id', 'typed', 'held_at as heldAt'])
      .where('person', '=', person)
      .orderBy('held_at')
      .orderBy('id')
      .execute()
  ).map((row) => ({ ...row, typed: row.typed as HeldPlan['typed'] }));

/** What is held already is held once. @param id made with the form. */
export const addHeld = async (ctx: Context, person: string, one: Pick<HeldPlan, 'id' | 'typed'>): Promise<void> => {
  await letGoOfTyped(ctx, person, one.typed);
  await tables(ctx)
    .insertInto('readiness.held_plan')
    .values({ id: one.id, person, typed: JSON.stringify(one.typed), held_at: ctx.clock() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
};

export const letGo = async (ctx: Context, person: string, id: string): Promise<void> => {
  await tables(ctx).deleteFrom('readiness.held_plan').where('person', '=', person).where('id', '=', id).execute();
};

export const letGoOfTyped = async (ctx: Context, person: string, typed: HeldPlan['typed']): Promise<void> => {
  await tables(ctx)
    .deleteFrom('readiness.held_plan')
    .where('person', '=', person)
    .where('typed', '=', sql`${JSON.stringify(typed)}::jsonb`)
    .execute();
};

export const letGoOfAll = async (ctx: Context, person: string): Promise<void> => {
  await tables(ctx).deleteFrom('readiness.held_plan').where('person', '=', person).execute();
};
