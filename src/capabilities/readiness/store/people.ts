import type { Context } from '#platform/context.ts';
import { letGoOfAll, listHeld } from './held-plans.ts';
import { tables } from './tables.ts';

/** What a person has in plans: those that they made and those that wait for them, tasks that are theirs, and what they wrote. */
export const inPlansOf = async (ctx: Context, person: string) => ({
  plans: await tables(ctx)
    .selectFrom('readiness.plan')
    .select(['qualification', 'made_at as madeAt'])
    .where('made_by', '=', person)
    .execute(),
  tasks: await tables(ctx)
    .selectFrom('readiness.task')
    .select(['title', 'starts', 'ends', 'status'])
    .where('owner', '=', person)
    .execute(),
  comments: await tables(ctx).selectFrom('readiness.comment').select(['at', 'text']).where('by', '=', person).execute(),
  heldPlans: await listHeld(ctx, person),
});

/** The plan stays with its provider; the person's name goes from it. */
export const leavePlans = async (ctx: Context, person: string): Promise<void> => {
  await tables(ctx)
    .updateTable('readiness.plan')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', 'in', (plans) => plans.selectFrom('readiness.task').select('plan_id').where('owner', '=', person))
    .execute();
  await tables(ctx).updateTable('readiness.task').set({ owner: null }).where('owner', '=', person).execute();
  await tables(ctx).updateTable('readiness.comment').set({ by: null }).where('by', '=', person).execute();
  await letGoOfAll(ctx, person);
  await tables(ctx).updateTable('readiness.plan').set({ made_by: null }).where('made_by', '=', person).execute();
};
