import { publishedExample } from '#cap/practice';
import { page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { Route } from '#web/route.ts';
import { day, thousands } from '#web/words.ts';
import { adoptPath, planPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { adoptSteps, mostTasks, plansOf } from '../use-cases/keep-plans.ts';
import { personOf } from './opened.ts';
import { crumbs } from './plans.ts';

type Model = {
  readonly title: string;
  readonly href: string;
  readonly id: string;
  readonly steps: readonly string[];
  readonly plans: readonly { readonly title: string; readonly words: string; readonly action: string }[];
};

const adoptView = view<Model>('capabilities/readiness/pages/plans/adopt.njk');

export const adoptRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: adoptPath,
    access: keepPlans,
    audit: 'readiness.adopt-form',
    handle: async (request, ctx) => {
      const example = await publishedExample(ctx, request.query.get('example') ?? '');
      if (!example) throw notFound('There is no such example, or it was taken back.');
      return page(
        adoptView,
        {
          ...example,
          plans: (await plansOf(ctx, personOf(ctx))).map(({ plan }) => ({
            title: plan.qualification,
            words: `first teach ${day(plan.firstTeach)}`,
            action: `${planPath(plan.id)}/adopt`,
          })),
        },
        { title: 'Put its steps into a plan', crumbs },
      );
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/adopt',
    access: keepPlans,
    audit: 'readiness.adopt',
    handle: async (request, ctx) => {
      const plan = request.params.plan ?? '';
      const example = await publishedExample(ctx, (await request.form()).fields.get('example') ?? '');
      if (!example) throw notFound('There is no such example, or it was taken back.');
      const added = await adoptSteps(ctx, plan, example);
      if (added.kind === 'refused')
        throw notFound(
          added.refusal === 'unknown'
            ? 'There is no such plan.'
            : `A plan can hold ${thousands(mostTasks)} tasks. With these steps it would have more.`,
        );
      return redirect(`${planPath(plan)}?done=adopted`);
    },
  },
];
