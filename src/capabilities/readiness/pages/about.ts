import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import type { Plan } from '../domain/plan.ts';
import { aboutPath, planPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { aboutRevision, correctPlan } from '../use-cases/correct-plan.ts';
import { readAbout, readTyped, type TypedPlan } from './asked.ts';
import { changedProblem } from './offer.ts';
import { planAsked, planCrumbs } from './opened.ts';

type TypedAbout = Omit<TypedPlan, 'firstTeach'>;
type Model = {
  readonly problems: readonly FormProblem[];
  readonly theirs: readonly string[];
  readonly title: string;
  readonly typed: TypedAbout;
  readonly routes: readonly string[];
  readonly firstTeach: string;
  readonly planHref: string;
  readonly action: string;
  readonly revision: string;
};

const aboutView = view<Model>('capabilities/readiness/pages/plan/about.njk');

const asTyped = (plan: Plan): TypedAbout => ({
  qualification: plan.qualification,
  route: plan.route,
  level: plan.level === null ? '' : String(plan.level),
  awardingOrganisation: plan.awardingOrganisation,
  learners: plan.learners === null ? '' : String(plan.learners),
});

/** What somebody else saved that differs from what was typed. */
const savedMeanwhile = (saved: TypedAbout, typed: TypedAbout): readonly string[] =>
  (
    [
      ['qualification', 'Qualification'],
      ['route', 'Route'],
      ['level', 'Level'],
      ['awardingOrganisation', 'Awarding organisation'],
      ['learners', 'Learners expected'],
    ] as const
  ).flatMap(([field, name]) => (saved[field] === typed[field] ? [] : [`${name}: ${saved[field] || 'nothing'}`]));

const show = (
  plan: Plan,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed?: TypedAbout;
    readonly revision?: string;
    readonly changed?: true;
  } = {},
): Answer => {
  const problems = more.problems ?? [];
  const typed = more.typed ?? asTyped(plan);
  return page(
    aboutView,
    {
      problems,
      theirs: more.changed ? savedMeanwhile(asTyped(plan), typed) : [],
      title: plan.qualification,
      typed,
      routes: occupationalRoutes,
      firstTeach: day(plan.firstTeach),
      planHref: planPath(plan.id),
      action: aboutPath(plan.id),
      revision: more.changed ? aboutRevision(plan) : (more.revision ?? aboutRevision(plan)),
    },
    {
      title: 'About this plan',
      crumbs: planCrumbs(plan),
      faulty: problems.length > 0,
      status: more.changed ? 409 : problems.length > 0 ? 422 : 200,
    },
  );
};

export const aboutRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/plans/:plan/about',
    access: keepPlans,
    audit: 'readiness.about-plan',
    handle: async (request, ctx) => show((await planAsked(request, ctx)).plan),
  },
  {
    method: 'POST',
    path: '/plans/:plan/about',
    access: keepPlans,
    audit: 'readiness.correct-plan',
    handle: async (request, ctx: Context) => {
      const { plan } = await planAsked(request, ctx);
      const { fields } = await request.form();
      const typed = readTyped(fields);
      const revision = fields.get('revision') ?? '';
      const { problems, about } = readAbout(typed);
      if (problems.length > 0) return show(plan, { problems, typed, revision });
      const done = await correctPlan(ctx, plan.id, about, revision);
      if (done.kind === 'ok') return redirect(`${planPath(plan.id)}?done=corrected`);
      if (done.refusal.kind === 'unknown') throw notFound('There is no such plan.');
      return show(done.refusal.now, { problems: [changedProblem], typed, changed: true });
    },
  },
];
