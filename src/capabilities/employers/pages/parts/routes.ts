import { randomUUID } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import type { Typed } from '../../domain/typed.ts';
import { employerPath, newPartPath, nextStepsPath, partPath } from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import type { OpenedEmployer } from '../../use-cases/keep-employers.ts';
import { dropPart, keepPart, mostParts, nextStepKind, type PartRefusal } from '../../use-cases/keep-parts.ts';
import { type Field, typedIn } from '../fields.ts';
import { employerCrumbs, ownEmployerAsked } from '../opened.ts';
import { askPage } from './ask.ts';
import { contactPage } from './contact.ts';
import { meetingPage } from './meeting.ts';
import { nextStepPage } from './next-step.ts';
import type { Kept, PartPage } from './part-page.ts';

type Model = {
  readonly problems: readonly FormProblem[];
  readonly heading: string;
  readonly caption: string;
  readonly lead: string;
  readonly fields: readonly Field[];
  readonly hidden: readonly (readonly [string, string])[];
  readonly action: string;
  readonly isNew: boolean;
  readonly removeAction: string;
  readonly remove: string;
  readonly backHref: string;
  readonly theirs: readonly string[] | null;
};
const partView = view<Model>('capabilities/employers/pages/parts/page.njk');

const refusalWords = (refusal: PartRefusal<unknown>): string => {
  switch (refusal.kind) {
    case 'unknown':
      return 'It is no longer there: someone removed it meanwhile';
    case 'too-many':
      return `One record holds up to ${mostParts} of them`;
    case 'changed':
      return 'Someone saved this meanwhile. Look at what is there now, and save yours over it or not';
  }
};

const routesOf = <Part extends Kept, Text>(shape: PartPage<Part, Text>): readonly Route[] => {
  const { slug, kind } = shape;
  const show = async (
    ctx: Context,
    opened: OpenedEmployer,
    part: Part | null,
    typed: Typed,
    more: {
      readonly problems?: readonly FormProblem[];
      readonly refusal?: PartRefusal<Part>;
      readonly id?: string;
      readonly revision?: number;
    } = {},
  ): Promise<Answer> => {
    const { id, name } = opened.employer;
    const { refusal } = more;
    const problems = [...(more.problems ?? []), ...(refusal ? [{ field: '', text: refusalWords(refusal) }] : [])];
    const now = refusal?.kind === 'changed' ? refusal.now : null;
    const title = part ? shape.titleOf(part) : shape.newTitle;
    return page(
      partView,
      {
        problems,
        heading: title,
        caption: name,
        lead: shape.lead,
        fields: await shape.fields(typed, opened, ctx),
        hidden: part
          ? [['revision', String(now?.revision ?? more.revision ?? part.revision)]]
          : [['id', more.id ?? randomUUID()]],
        action: part ? partPath(id, slug, part.id) : newPartPath(id, slug),
        isNew: part === null,
        removeAction: part ? `${partPath(id, slug, part.id)}/remove` : '',
        remove: shape.remove,
        backHref: employerPath(id),
        theirs: now ? shape.theirs(now) : null,
      },
      {
        title,
        crumbs: employerCrumbs(opened),
        faulty: problems.length > 0,
        status: refusal ? 409 : problems.length > 0 ? 422 : 200,
      },
    );
  };
  const asked = async (request: PageRequest, ctx: Context): Promise<{ opened: OpenedEmployer; part: Part }> => {
    const opened = await ownEmployerAsked(request, ctx);
    const part = shape.parts(opened).find((one) => one.id === request.params.part);
    if (!part) throw notFound('There is no such thing in this record.');
    return { opened, part };
  };
  return [
    {
      method: 'GET',
      path: `/employers/:employer/${slug}/new`,
      access: keepEmployers,
      audit: `employers.new-${kind.name}-form`,
      handle: async (request, ctx) => {
        const opened = await ownEmployerAsked(request, ctx);
        return show(ctx, opened, null, shape.fresh(opened, ctx));
      },
    },
    {
      method: 'POST',
      path: `/employers/:employer/${slug}/new`,
      access: keepEmployers,
      audit: `employers.add-${kind.name}`,
      handle: async (request, ctx) => {
        const opened = await ownEmployerAsked(request, ctx);
        const { fields } = await request.form();
        const id = formId(fields);
        const typed = typedIn(fields);
        const { problems, text } = await shape.read(typed, opened, ctx);
        if (problems.length > 0) return show(ctx, opened, null, typed, { problems, id });
        const done = await keepPart(ctx, kind, opened.employer.id, id, 0, text);
        if (done.kind === 'refused') return show(ctx, opened, null, typed, { refusal: done.refusal, id });
        return redirect(`${employerPath(opened.employer.id)}?done=saved`);
      },
    },
    {
      method: 'GET',
      path: `/employers/:employer/${slug}/:part`,
      access: keepEmployers,
      audit: `employers.${kind.name}-form`,
      handle: async (request, ctx) => {
        const { opened, part } = await asked(request, ctx);
        return show(ctx, opened, part, shape.typedOf(part));
      },
    },
    {
      method: 'POST',
      path: `/employers/:employer/${slug}/:part`,
      access: keepEmployers,
      audit: `employers.change-${kind.name}`,
      handle: async (request, ctx) => {
        const { opened, part } = await asked(request, ctx);
        const { fields } = await request.form();
        const typed = typedIn(fields);
        const revision = Number(fields.get('revision')) || -1;
        const { problems, text } = await shape.read(typed, opened, ctx);
        if (problems.length > 0) return show(ctx, opened, part, typed, { problems, revision });
        const done = await keepPart(ctx, kind, opened.employer.id, part.id, revision, text);
        if (done.kind === 'refused') return show(ctx, opened, part, typed, { refusal: done.refusal, revision });
        return redirect(`${employerPath(opened.employer.id)}?done=saved`);
      },
    },
    {
      method: 'POST',
      path: `/employers/:employer/${slug}/:part/remove`,
      access: keepEmployers,
      audit: `employers.remove-${kind.name}`,
      handle: async (request, ctx) => {
        const { opened, part } = await asked(request, ctx);
        await dropPart(ctx, kind, opened.employer.id, part.id);
        return redirect(`${employerPath(opened.employer.id)}?done=gone`);
      },
    },
  ];
};

/** "Done" beside a step, in one click: where it was changed meanwhile, its own page says so. */
const doneRoute: Route = {
  method: 'POST',
  path: '/employers/:employer/next-steps/:part/done',
  access: keepEmployers,
  audit: 'employers.next-step-done',
  handle: async (request, ctx) => {
    const opened = await ownEmployerAsked(request, ctx);
    const step = opened.steps.find((one) => one.id === request.params.part);
    if (!step) throw notFound('There is no such step in this record.');
    const { fields } = await request.form();
    const done = await keepPart(ctx, nextStepKind, opened.employer.id, step.id, Number(fields.get('revision')) || -1, {
      what: step.what,
      owner: step.owner,
      due: step.due,
      done: true,
    });
    if (done.kind === 'refused') return redirect(partPath(opened.employer.id, 'next-steps', step.id));
    return redirect(
      fields.get('to') === 'employer'
        ? `${employerPath(opened.employer.id)}?done=step-done`
        : `${nextStepsPath}?organisation=${opened.employer.organisation}&done=step-done`,
    );
  },
};

export const partRoutes: readonly Route[] = [
  ...routesOf(contactPage),
  ...routesOf(meetingPage),
  ...routesOf(nextStepPage),
  ...routesOf(askPage),
  doneRoute,
];
