import { londonDay } from '#kernel/london-time.ts';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { nextReview } from '../domain/review.ts';
import { aboutPagePath, deskPath, editPath } from '../paths.ts';
import { edit } from '../policy.ts';
import {
  findPageOnDesk,
  listPagesOnDesk,
  listReviews,
  lookThrough,
  possibleOwners,
  setAbout,
} from '../use-cases/manage-pages.ts';
import { editorOf } from './editor.ts';
import { crumbs } from './show-page.ts';

type Choice = { readonly value: string; readonly text: string; readonly chosen: boolean };
type Model = {
  readonly doneWords: string;
  readonly problems: readonly FormProblem[];
  readonly heading: string;
  readonly action: string;
  readonly topic: string;
  readonly topics: readonly string[];
  readonly places: readonly Choice[];
  readonly owners: readonly Choice[];
  readonly routes: readonly (Choice & { readonly id: string })[];
  readonly published: boolean;
  readonly due: string;
  readonly late: boolean;
  readonly nextDue: string;
  readonly note: string;
  readonly reviews: readonly { readonly when: string; readonly who: string; readonly note: string }[];
};

const aboutView = view<Model>('capabilities/guidance/pages/about/page.njk');

type Typed = {
  readonly topic?: string;
  readonly nextDue?: string;
  readonly note?: string;
  readonly problems?: readonly FormProblem[];
};

const doneWords: Readonly<Record<string, string>> = {
  saved: 'It is saved.',
  looked: 'It is on record that you looked it through.',
};

const show = async (request: PageRequest, ctx: Context, typed: Typed = {}): Promise<Answer> => {
  const about = await findPageOnDesk(ctx, request.params.page ?? '');
  if (!about) throw notFound('There is no page of the guide at this address.');
  const pages = await listPagesOnDesk(ctx);
  const before = pages.filter((one) => one.place < about.place).at(-1)?.id ?? '';
  const owners = await possibleOwners(ctx);
  const title = about.publishedTitle ?? about.draft?.title ?? about.id;
  const problems = typed.problems ?? [];
  return page(
    aboutView,
    {
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      problems,
      heading: `About “${title}”`,
      action: aboutPagePath(about.id),
      topic: typed.topic ?? about.topic,
      topics: [...new Set(pages.map((one) => one.topic))],
      places: [
        { value: '', text: 'First', chosen: before === '' },
        ...pages
          .filter((one) => one.id !== about.id)
          .map((one) => ({
            value: one.id,
            text: `After “${one.publishedTitle ?? one.draft?.title ?? one.id}”`,
            chosen: one.id === before,
          })),
      ],
      owners: [
        { value: '', text: 'Nobody yet: reminders go to the administrators', chosen: about.owner === null },
        ...owners.map((one) => ({ value: one.id, text: one.name, chosen: one.id === about.owner })),
      ],
      routes: occupationalRoutes.map((route, index) => ({
        id: `route-${index + 1}`,
        value: route,
        text: route,
        chosen: about.routes.includes(route),
      })),
      published: about.publishedTitle !== null,
      due: day(about.reviewDue),
      late: about.reviewDue < londonDay(ctx.clock()),
      nextDue: typed.nextDue ?? nextReview(ctx.clock()),
      note: typed.note ?? '',
      reviews: (await listReviews(ctx, about.id)).map((one) => ({
        when: day(one.at),
        who: owners.find((owner) => owner.id === one.by)?.name ?? 'A former editor',
        note: one.note,
      })),
    },
    {
      title: `About “${title}”`,
      crumbs: [...crumbs, { text: 'Editors’ desk', href: deskPath }, { text: title, href: editPath(about.id) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const address = '/guidance/:page/edit/about';

export const aboutRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: address,
    access: edit,
    audit: 'guidance.about-form',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: address,
    access: edit,
    audit: 'guidance.set-about',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const id = request.params.page ?? '';
      const topic = (fields.get('topic') ?? '').trim();
      if (topic === '') return show(request, ctx, { topic, problems: [{ field: 'topic', text: 'Enter a topic' }] });
      const owner = (await possibleOwners(ctx)).find((one) => one.id === fields.get('owner'))?.id ?? null;
      const chosen = fields.getAll('routes');
      const done = await setAbout(ctx, id, {
        topic,
        owner,
        routes: occupationalRoutes.filter((route) => chosen.includes(route)),
        after: fields.get('after') || null,
      });
      if (!done) throw notFound('There is no page of the guide at this address.');
      return redirect(`${aboutPagePath(id)}?done=saved`);
    },
  },
  {
    method: 'POST',
    path: `${address}/looked-through`,
    access: edit,
    audit: 'guidance.look-through',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const id = request.params.page ?? '';
      const nextDue = (fields.get('nextDue') ?? '').trim();
      const note = (fields.get('note') ?? '').trim();
      const wrong = (text: string) => show(request, ctx, { nextDue, note, problems: [{ field: 'nextDue', text }] });
      if (!/^\d{4}-\d{2}-\d{2}$/.test(nextDue) || Number.isNaN(Date.parse(nextDue)))
        return wrong('Enter a date such as 2027-05-24');
      const done = await lookThrough(ctx, editorOf(ctx), id, nextDue, note);
      if (done.kind === 'ok') return redirect(`${aboutPagePath(id)}?done=looked`);
      if (done.refusal === 'unknown') throw notFound('There is no page of the guide at this address.');
      return wrong('Enter a day that is still to come');
    },
  },
];
