import { z } from 'zod';
import { type UnitsOfQualification, unitsOfQualification } from '#cap/alignment';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { isAdded, unitPrefix } from '../domain/added-task.ts';
import type { PlannedUnit } from '../domain/new-plan.ts';
import { taskStatusWords } from '../domain/plan.ts';
import { planPath, taskPath, unitsPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { addUnits, type OpenedPlan } from '../use-cases/keep-plans.ts';
import { removeTasks } from '../use-cases/work-on-tasks.ts';
import { longestLine } from './asked.ts';
import { planAsked, planCrumbs } from './opened.ts';
import { showPlan } from './plan.ts';

type Choice = { readonly id: string; readonly value: string; readonly text: string; readonly chosen: boolean };
type ChooseModel = {
  readonly title: string;
  readonly action: string;
  readonly backHref: string;
  readonly words: readonly string[];
  readonly groups: readonly { readonly title: string; readonly hint: string; readonly units: readonly Choice[] }[];
};
type AddedModel = {
  readonly title: string;
  readonly action: string;
  readonly backHref: string;
  readonly tasks: readonly {
    readonly id: string;
    readonly title: string;
    readonly href: string;
    readonly words: string;
  }[];
};

const chooseView = view<ChooseModel>('capabilities/readiness/pages/units/choose.njk');
const addedView = view<AddedModel>('capabilities/readiness/pages/units/added.njk');

/** The file is not kept, so that each unit travels with its tick. */
const sentUnit = z.tuple([z.string().min(1).max(longestLine), z.string().max(longestLine)]);

const unitsSent = (fields: URLSearchParams): readonly PlannedUnit[] =>
  fields.getAll('unit').flatMap((sent) => {
    try {
      const [code, title] = sentUnit.parse(JSON.parse(sent));
      return [{ code, title }];
    } catch {
      return [];
    }
  });

const chooseUnits = ({ plan, tasks }: OpenedPlan, { units, mostChosen }: UnitsOfQualification): Answer => {
  const there = new Set(tasks.map((task) => task.step));
  const fresh = units.filter((unit) => !there.has(`${unitPrefix}${unit.code}`));
  const choice = (unit: (typeof units)[number], place: number): Choice => ({
    id: `unit-${unit.mandatory ? 'all' : 'chosen'}-${place}`,
    value: JSON.stringify([unit.code, unit.title.slice(0, longestLine)]),
    text: `${unit.code} ${unit.title}`,
    chosen: unit.mandatory,
  });
  const [mandatory, optional] = [true, false].map((one) => fresh.filter((unit) => unit.mandatory === one).map(choice));
  return page(
    chooseView,
    {
      title: plan.qualification,
      action: `${unitsPath(plan.id)}/add`,
      backHref: planPath(plan.id),
      words: [
        `The file has ${counted(units.length, 'unit')}. Each that you tick becomes a task: somebody has to prepare it.`,
        ...(fresh.length < units.length
          ? [`${counted(units.length - fresh.length, 'unit is', 'units are')} in the plan already.`]
          : []),
        'They are laid out before the summer where there is time, and later where there is none. Every date can be changed.',
      ],
      groups: [
        { title: 'Units that every learner takes', hint: '', units: mandatory ?? [] },
        {
          title: 'Units that learners choose from',
          hint:
            mostChosen === null
              ? 'Tick those that you will run'
              : `A learner takes up to ${mostChosen} of ${units.filter((unit) => !unit.mandatory).length}. Tick those that you will run`,
          units: optional ?? [],
        },
      ].filter((group) => group.units.length > 0),
    },
    { title: `Units to prepare: ${plan.qualification}`, crumbs: planCrumbs(plan) },
  );
};

const showAdded = ({ plan, tasks }: OpenedPlan): Answer =>
  page(
    addedView,
    {
      title: plan.qualification,
      action: `${unitsPath(plan.id)}/remove`,
      backHref: planPath(plan.id),
      tasks: tasks.filter(isAdded).map((task) => ({
        id: task.id,
        title: task.title,
        href: taskPath(plan.id, task.id),
        words: `${taskStatusWords[task.status]}, ${day(task.starts)} to ${day(task.ends)}`,
      })),
    },
    { title: `What was added: ${plan.qualification}`, crumbs: planCrumbs(plan) },
  );

const wrong = (opened: OpenedPlan, ctx: Context, text: string): Promise<Answer> =>
  showPlan(opened, ctx, new URLSearchParams(), { problems: [{ field: 'file', text }] });

export const unitsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/plans/:plan/units',
    access: keepPlans,
    audit: 'readiness.added-tasks',
    handle: async (request, ctx) => showAdded(await planAsked(request, ctx)),
  },
  {
    // Changes nothing: what is in the file is shown, to choose from.
    method: 'POST',
    path: '/plans/:plan/units',
    access: keepPlans,
    audit: 'readiness.choose-units',
    perMinute: 20,
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const [sent] = (await request.form()).files;
      if (!sent) return wrong(opened, ctx, 'Choose a qualification file or a workbook');
      const read = await unitsOfQualification(ctx, sent);
      return read.kind === 'refused' ? wrong(opened, ctx, read.refusal) : chooseUnits(opened, read.value);
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/units/add',
    access: keepPlans,
    audit: 'readiness.add-units',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const units = unitsSent((await request.form()).fields);
      if (units.length === 0)
        return wrong(opened, ctx, 'No unit was ticked. Choose the file again, and tick those that you run');
      const added = await addUnits(ctx, opened.plan.id, units);
      if (added.kind === 'refused') return wrong(opened, ctx, 'The plan would have more tasks than one plan can hold');
      return redirect(`${planPath(opened.plan.id)}?done=${added.value > 0 ? 'units' : 'no-units'}`);
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/units/remove',
    access: keepPlans,
    audit: 'readiness.remove-added',
    handle: async (request, ctx) => {
      const { plan } = await planAsked(request, ctx);
      const gone = await removeTasks(ctx, plan.id, new Set((await request.form()).fields.getAll('task')));
      return redirect(gone > 0 ? `${planPath(plan.id)}?done=removed-tasks` : unitsPath(plan.id));
    },
  },
];
