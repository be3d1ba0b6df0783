import { redirect } from '#web/answer.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { offerPath } from '../paths.ts';
import { keepPlans } from '../policy.ts';
import { noteWayIn, removeWayIn } from '../use-cases/plan-case.ts';
import { waysInKinds } from '../use-cases/reference-data.ts';
import { readCount } from './amount.ts';
import { showOffer } from './offer.ts';
import { planAsked } from './opened.ts';

const longestTitle = 200;

export const waysInRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/plans/:plan/offer/ways-in',
    access: keepPlans,
    audit: 'readiness.note-way-in',
    handle: async (request, ctx) => {
      const opened = await planAsked(request, ctx);
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').trim();
      const way = { kind: text('kind'), title: text('way'), people: text('people'), percent: text('percent') };
      const people = readCount(way.people);
      const percent = readCount(way.percent.replace(/%$/, ''));
      const problems: FormProblem[] = [
        ...(waysInKinds.kinds.some((one) => one.id === way.kind)
          ? []
          : [{ field: 'kind', text: 'Choose where they are now' }]),
        ...(way.title === '' ? [{ field: 'way', text: 'Say which group it is' }] : []),
        ...(way.title.length > longestTitle ? [{ field: 'way', text: `Use up to ${longestTitle} characters` }] : []),
        ...(people === null || Number.isNaN(people)
          ? [{ field: 'people', text: 'Enter a whole number of people' }]
          : []),
        ...(percent === null || Number.isNaN(percent) || percent > 100
          ? [{ field: 'percent', text: 'Enter a whole number from 0 to 100' }]
          : []),
      ];
      if (problems.length > 0) return showOffer(opened, ctx, request.query, { problems, way });
      await noteWayIn(ctx, opened.plan.id, {
        id: formId(fields),
        kind: way.kind,
        title: way.title,
        people: people ?? 0,
        percent: percent ?? 0,
      });
      return redirect(`${offerPath(opened.plan.id)}?done=saved#ways`);
    },
  },
  {
    method: 'POST',
    path: '/plans/:plan/offer/ways-in/remove',
    access: keepPlans,
    audit: 'readiness.remove-way-in',
    handle: async (request, ctx) => {
      const { plan } = await planAsked(request, ctx);
      await removeWayIn(ctx, plan.id, formId((await request.form()).fields));
      return redirect(`${offerPath(plan.id)}?done=saved#ways`);
    },
  },
];
