import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { academicYearOf } from '../domain/academic-year.ts';
import { firstTeachTyped } from '../domain/first-teach.ts';
import { type Task, taskStatusWords } from '../domain/plan.ts';
import { aYearOn, repeatReasons } from '../domain/roll-over.ts';
import { strands, strandWords } from '../domain/strand.ts';
import { planPath, rollOverPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import type { OpenedPlan } from '../use-cases/keep-plans.ts';
import { plansOfYear, type RollOverRefusal, repeatsOf, rollOver } from '../use-cases/roll-over.ts';
import { poundsAndPence } from './amount.ts';
import { firstTeachFaultProblem, firstTeachProblem } from './asked.ts';
import { personOf, planAsked, planCrumbs } from './opened.ts';

type Typed = {
  readonly id: string;
  readonly firstTeach: string;
  readonly repeats: ReadonlySet<string>;
  readonly another: boolean;
};
type Model = {
  readonly problems: readonly FormProblem[];
  readonly title: string;
  readonly action: string;
  readonly backHref: string;
  readonly id: string;
  readonly firstTeach: string;
  readonly words: string;
  readonly money: string;
  /** Plans that the year has already. */
  readonly there: readonly { readonly title: string; readonly href: string; readonly words: string }[];
  readonly year: string;
  readonly another: boolean;
  readonly strands: readonly {
    readonly id: string;
    readonly title: string;
    readonly tasks: readonly {
      readonly id: string;
      readonly title: string;
      readonly words: string;
      readonly comes: boolean;
    }[];
  }[];
};

const rollOverView = view<Model>('capabilities/readiness/pages/roll-over/page.njk');

const costOf = (tasks: readonly Task[]): number => tasks.reduce((sum, task) => sum + (task.cost ?? 0), 0);

const moneyWords = (coming: readonly Task[], staying: readonly Task[]): string => {
  const [comes, stays] = [costOf(coming), costOf(staying)];
  if (comes + stays === 0) return '';
  return `Of the expected costs ${poundsAndPence(comes)} comes again, and ${poundsAndPence(stays)} stays with this plan alone.`;
};

const refusalProblem = (refusal: RollOverRefusal): FormProblem => {
  switch (refusal.kind) {
    case 'unknown':
      throw notFound('There is no such plan.');
    case 'first-teach':
      return firstTeachFaultProblem(refusal.fault);
    case 'nothing-repeats':
      return { field: 'tasks', text: 'Tick at least one task that the next group needs' };
    case 'there-already':
      return {
        field: 'another',
        text: 'There is a plan for that year already. Open it below, or say that you want another one',
      };
  }
};

const show = async (
  { plan, tasks }: OpenedPlan,
  ctx: Context,
  typed: Typed | null = null,
  problems: readonly FormProblem[] = [],
): Promise<Answer> => {
  const repeats = repeatsOf(ctx, plan, tasks).map((one) => ({
    ...one,
    comes: typed ? typed.repeats.has(one.task.id) : repeatReasons[one.reason].comes,
  }));
  const [coming, staying] = [true, false].map((comes) =>
    repeats.filter((one) => one.comes === comes && one.task.status !== 'not-needed').map((one) => one.task),
  );
  const firstTeach = firstTeachTyped(typed?.firstTeach ?? '') ?? aYearOn(plan.firstTeach);
  return page(
    rollOverView,
    {
      problems,
      title: plan.qualification,
      action: rollOverPath(plan.id),
      backHref: planPath(plan.id),
      id: typed?.id ?? randomUUID(),
      firstTeach: typed?.firstTeach ?? day(firstTeach),
      words: `${counted(coming?.length ?? 0, 'task')} of ${tasks.length} ${coming?.length === 1 ? 'comes' : 'come'} again, as ticked below.`,
      money: moneyWords(coming ?? [], staying ?? []),
      there: (await plansOfYear(ctx, plan, firstTeach)).map((one) => ({
        title: one.qualification,
        href: planPath(one.id),
        words: `first teach ${day(one.firstTeach)}, begun on ${day(one.madeAt)}`,
      })),
      year: academicYearOf(firstTeach),
      another: typed?.another ?? false,
      strands: strands.flatMap((strand) => {
        const listed = repeats.filter((one) => one.task.strand === strand);
        if (listed.length === 0) return [];
        return [
          {
            id: `strand-${strand}`,
            title: strandWords[strand],
            tasks: listed.map(({ task, reason, comes }) => ({
              id: task.id,
              title: task.title,
              comes,
              words: [
                repeatReasons[reason].words,
                taskStatusWords[task.status].toLowerCase(),
                ...(task.cost === null ? [] : [poundsAndPence(task.cost)]),
              ].join(' · '),
            })),
          },
        ];
      }),
    },
    {
      title: `The next group: ${plan.qualification}`,
      crumbs: planCrumbs(plan),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const rollOverRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/plans/:plan/roll-over',
    access: keepPlans,
    audit: 'readiness.roll-over-form',
    handle: async (request, ctx) => show(await planAsked(request, ctx), ctx),
  },
  {
    method: 'POST',
    path: '/plans/:plan/roll-over',
    access: keepPlans,
    audit: 'readiness.roll-over',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const { fields } = await request.form();
      const typed: Typed = {
        id: formId(fields),
        firstTeach: (fields.get('firstTeach') ?? '').trim(),
        repeats: new Set(fields.getAll('repeats')),
        another: fields.get('another') === 'yes',
      };
      const firstTeach = firstTeachTyped(typed.firstTeach);
      if (firstTeach === null) {
        const problem = firstTeachProblem(typed.firstTeach, '');
        return show(opened, ctx, typed, problem ? [problem] : []);
      }
      const done = await rollOver(ctx, opened.plan.id, { ...typed, firstTeach }, personOf(ctx).id);
      return done.kind === 'refused'
        ? show(opened, ctx, typed, [refusalProblem(done.refusal)])
        : redirect(`${planPath(done.value)}?done=rolled`);
    },
  },
];
