import { colleaguesOf } from '#cap/accounts';
import type { Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest } from '#web/route.ts';
import type { Plan } from '../domain/plan.ts';
import { planPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { type OpenedPlan, openPlan } from '../use-cases/keep-plans.ts';
import { crumbs } from './plans.ts';

/** The plan of the address, for whoever belongs to its provider. */
export const planAsked = async (request: PageRequest, ctx: Context): Promise<OpenedPlan> => {
  const found = await openPlan(ctx, request.params.plan ?? '');
  if (!found) throw notFound('There is no such plan.');
  return found;
};

export const personOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(keepPlans);
  return ctx.actor;
};

/** The revision of what a form began with. One that has none is of nothing that there is. */
export const revisionSent = (fields: URLSearchParams): number => Number(fields.get('revision')) || 0;

export const planCrumbs = (plan: Plan) => [...crumbs, { text: plan.qualification, href: planPath(plan.id) }];

/** People's names by their ids. */
export const namesIn = async (ctx: Context, plan: Plan): Promise<(person: string) => string> => {
  const names = new Map((await colleaguesOf(ctx, plan.organisation)).map((one) => [one.id, one.name]));
  return (person) => names.get(person) ?? 'Someone who has left';
};
