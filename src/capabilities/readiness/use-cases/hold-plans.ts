import type { Person } from '#kernel/actor.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { addHeld, type HeldPlan, letGo, letGoOfTyped, listHeld } from '../store/held-plans.ts';

export { type HeldPlan, listHeld } from '../store/held-plans.ts';

/** Plans that one person may have waiting. */
const mostHeld = 20;

/** Holds what someone typed of a plan until they belong to a provider that can keep it. */
export const holdPlan = (
  ctx: Context,
  person: Person,
  one: Pick<HeldPlan, 'id' | 'typed'>,
): Promise<Result<void, 'too-many'>> =>
  ctx.transaction(async (inside) => {
    if ((await listHeld(inside, person.id)).length >= mostHeld) return refused('too-many');
    await addHeld(inside, person.id, one);
    await recordAct(inside, { name: 'readiness.plan-held', subject: { kind: 'held-plan', id: one.id } });
    return ok(undefined);
  });

export const letHeldGo = (ctx: Context, person: Person, id: string): Promise<void> =>
  ctx.transaction(async (inside) => {
    await letGo(inside, person.id, id);
    await recordAct(inside, { name: 'readiness.held-plan-let-go', subject: { kind: 'held-plan', id } });
  });

/** What was held is kept by a provider now, so that it waits no more. */
export const heldIsKept = (ctx: Context, person: Person, typed: HeldPlan['typed']): Promise<void> =>
  letGoOfTyped(ctx, person.id, typed);
