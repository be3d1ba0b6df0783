import type { Person } from '#kernel/actor.ts';
import { NotAllowed, signedIn } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { redirect } from '#web/answer.ts';
import { WebProblem } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { firstTeachTyped } from '../domain/first-teach.ts';
import { holdPath, newPlanPath, plansPath } from '../paths.ts';
import { holdPlan, letHeldGo, listHeld } from '../use-cases/hold-plans.ts';
import { readPlan, readTyped, type TypedPlan } from './asked.ts';

export type HeldLine = { readonly id: string; readonly title: string; readonly href: string; readonly words: string };

/** The address at which what was typed is a plan again. */
export const addressOf = (path: string, typed: TypedPlan | Readonly<Record<string, string>>): string =>
  `${path}?${new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''))}`;

const personIn = ({ actor }: Context): Person => {
  if (actor.kind !== 'person') throw new NotAllowed(signedIn);
  return actor;
};

/** What waits for whoever asks until they belong to a provider. */
export const heldLines = async (ctx: Context): Promise<readonly HeldLine[]> => {
  if (ctx.actor.kind !== 'person') return [];
  return (await listHeld(ctx, ctx.actor.id)).map(({ id, typed, heldAt }) => {
    const teach = firstTeachTyped(typed.firstTeach ?? '');
    return {
      id,
      title: typed.qualification ?? '',
      href: addressOf(newPlanPath, typed),
      words: `${teach ? `first teach ${day(teach)}, ` : ''}held since ${day(heldAt)}`,
    };
  });
};

export const heldRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: holdPath,
    access: signedIn,
    audit: 'readiness.hold-plan',
    perMinute: 30,
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = readTyped(fields);
      // The page that the button stands on is what says why a plan cannot be.
      if (readPlan(ctx, typed).problems.length > 0) return redirect(addressOf(newPlanPath, typed));
      const done = await holdPlan(ctx, personIn(ctx), { id: formId(fields), typed });
      if (done.kind === 'refused')
        throw new WebProblem(409, 'As many plans wait for you as can. Let one of them go first, under Delivery plans.');
      return redirect(`${plansPath}?done=held`);
    },
  },
  {
    method: 'POST',
    path: `${holdPath}/let-go`,
    access: signedIn,
    audit: 'readiness.let-held-go',
    handle: async (request, ctx) => {
      await letHeldGo(ctx, personIn(ctx), formId((await request.form()).fields));
      return redirect(`${plansPath}?done=let-go`);
    },
  },
];
