import { redirect } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { dayTyped } from '../domain/calendar-day.ts';
import type { WeekFault } from '../domain/recruitment-week.ts';
import { learnersPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { noteWeek, removeWeek } from '../use-cases/plan-case.ts';
import { readCount } from './amount.ts';
import { dayProblem } from './asked.ts';
import { showLearners } from './learners.ts';
import { planAsked } from './opened.ts';

const address = '/plans/:plan/learners/week';
const counts = ['applications', 'offers', 'accepted'] as const;

const faultProblem = (fault: WeekFault): FormProblem => {
  switch (fault.kind) {
    case 'to-come':
      return { field: 'week', text: 'That day is still to come. Enter the last day of a week that is over' };
    case 'there-already':
      return { field: 'week', text: 'Another week has that day already. Put that one right, or remove it' };
    default: {
      const there = `${day(fault.than.week)} has ${counted(fault.than[fault.field], fault.field.slice(0, -1))}`;
      return {
        field: fault.field,
        text: `These are counted from the beginning, and ${there}: enter ${fault.kind === 'fewer' ? 'as many or more' : 'as many or fewer'}, or put that week right`,
      };
    }
  }
};

export const weeksRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: address,
    access: keepPlans,
    audit: 'readiness.note-week',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const { fields } = await request.form();
      const typed = Object.fromEntries(['week', ...counts].map((name) => [name, (fields.get(name) ?? '').trim()]));
      const was = fields.get('was') || null;
      const [applications = null, offers = null, accepted = null] = counts.map((name) => readCount(typed[name] ?? ''));
      const read = { applications, offers, accepted };
      const problems: FormProblem[] = [
        ...dayProblem('week', typed.week ?? '', '24 January 2027'),
        ...counts.flatMap((field) =>
          read[field] === null || Number.isNaN(read[field])
            ? [{ field, text: 'Enter a whole number, counted from the beginning' }]
            : [],
        ),
      ];
      if (problems.length === 0 && (offers ?? 0) > (applications ?? 0))
        problems.push({ field: 'offers', text: 'There cannot be more offers than applications' });
      if (problems.length === 0 && (accepted ?? 0) > (offers ?? 0))
        problems.push({ field: 'accepted', text: 'No more can have accepted than had an offer' });
      if (problems.length > 0) return showLearners(opened, ctx, request.query, { problems, typed, was });
      const week = dayTyped(typed.week ?? '') ?? '';
      const done = await noteWeek(
        ctx,
        opened.plan.id,
        { week, applications: applications ?? 0, offers: offers ?? 0, accepted: accepted ?? 0 },
        was,
      );
      if (done.kind === 'ok') return redirect(`${learnersPath(opened.plan.id)}?done=week#weeks`);
      if (done.refusal.kind === 'unknown') throw notFound('There is no such plan.');
      return showLearners(opened, ctx, request.query, { problems: [faultProblem(done.refusal)], typed, was });
    },
  },
  {
    method: 'POST',
    path: `${address}/remove`,
    access: keepPlans,
    audit: 'readiness.remove-week',
    handle: async (request, ctx) => {
      const { plan } = await planAsked(request, ctx);
      await removeWeek(ctx, plan.id, (await request.form()).fields.get('week') ?? '');
      return redirect(`${learnersPath(plan.id)}?done=week#weeks`);
    },
  },
];
