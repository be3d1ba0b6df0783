import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { bringBackPath, planPath, plansPath, putAwayPlansPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { bringBack, type EndedPlan, planPutAway, plansPutAway } from '../use-cases/bring-back-plan.ts';
import { personOf } from './opened.ts';
import { crumbs } from './plans.ts';

type AwayPlan = { readonly title: string; readonly words: string; readonly action: string };

const listView = view<{ readonly plans: readonly AwayPlan[]; readonly plansHref: string }>(
  'capabilities/readiness/pages/plans/put-away.njk',
);

const lineOf = (plan: EndedPlan): AwayPlan => ({
  title: plan.qualification,
  words: `First teach ${day(plan.firstTeach)}. Put away on ${day(plan.endedAt)}`,
  action: bringBackPath(plan.id),
});

/** What stands at the address of a plan that was put away, for its provider's people; `null`: it was not. */
export const showPutAwayPlan = async (request: PageRequest, ctx: Context): Promise<Answer | null> => {
  const plan = await planPutAway(ctx, request.params.plan ?? '');
  return (
    plan &&
    page(
      listView,
      { plans: [lineOf(plan)], plansHref: plansPath },
      { title: 'This plan was put away', crumbs, status: 410 },
    )
  );
};

export const putAwayRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: putAwayPlansPath,
    access: keepPlans,
    audit: 'readiness.plans-put-away',
    handle: async (_request, ctx) =>
      page(
        listView,
        { plans: (await plansPutAway(ctx, personOf(ctx))).map(lineOf), plansHref: plansPath },
        { title: 'Plans put away', crumbs },
      ),
  },
  {
    method: 'POST',
    path: '/plans/:plan/bring-back',
    access: keepPlans,
    audit: 'readiness.bring-back-plan',
    handle: async (request, ctx) => {
      const id = request.params.plan ?? '';
      if (!(await bringBack(ctx, id))) throw notFound('There is no such plan.');
      return redirect(`${planPath(id)}?done=brought-back`);
    },
  },
];
