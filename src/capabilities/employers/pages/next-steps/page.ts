import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { employerListPath, nextStepsPath } from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import { openStepsOf } from '../../use-cases/next-steps.ts';
import { crumbs, organisationAsked, personOf } from '../opened.ts';
import { type StepLine, stepLines } from '../step-lines.ts';

type Group = { readonly id: string; readonly title: string; readonly steps: readonly StepLine[] };
type Model = {
  readonly doneWords: string;
  readonly organisation: string;
  readonly mine: boolean;
  readonly tabs: readonly { readonly text: string; readonly href: string; readonly current: boolean }[];
  readonly groups: readonly Group[];
  readonly listHref: string;
};
const stepsView = view<Model>('capabilities/employers/pages/next-steps/page.njk');

export const nextStepsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: nextStepsPath,
    access: keepEmployers,
    audit: 'employers.next-steps',
    handle: async (request, ctx) => {
      const { organisation, name } = organisationAsked(ctx, request.query.get('organisation'));
      const all = await stepLines(ctx, organisation, await openStepsOf(ctx, organisation));
      const mine = request.query.get('whose') !== 'all';
      const steps = mine ? all.filter((one) => one.owner === personOf(ctx).id) : all;
      const query = (more: Readonly<Record<string, string>>) =>
        `${nextStepsPath}?${new URLSearchParams({ organisation, ...more })}`;
      return page(
        stepsView,
        {
          doneWords: request.query.get('done') === 'step-done' ? 'The step is done.' : '',
          organisation: name,
          mine,
          tabs: [
            { text: 'Mine', href: query({}), current: mine },
            { text: 'Everyone’s', href: query({ whose: 'all' }), current: !mine },
          ],
          groups: [
            { id: 'overdue', title: 'Overdue', steps: steps.filter((one) => one.overdue) },
            { id: 'this-week', title: 'This week', steps: steps.filter((one) => one.thisWeek) },
            { id: 'later', title: 'Later', steps: steps.filter((one) => !one.overdue && !one.thisWeek) },
          ].filter((group) => group.steps.length > 0),
          listHref: employerListPath(new URLSearchParams({ organisation })),
        },
        { title: 'Next steps with employers', crumbs },
      );
    },
  },
];
