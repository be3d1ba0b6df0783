import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { isAllowed, NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { type Collection, longestTitle, longestWords, mostExamples } from '../domain/collection.ts';
import { collectionPath, collectionPdfPath, collectionsPath, editCollectionPath, newCollectionPath } from '../paths.ts';
import { curate } from '../policy.ts';
import {
  beginCollection,
  type CollectionChange,
  type CollectionRefusal,
  changeCollection,
  examplesOf,
  findCollection,
  listCollections,
  throwCollectionAway,
} from '../use-cases/collections.ts';
import { examplesPdf } from '../use-cases/examples-pdf.ts';
import { listPublished } from '../use-cases/read.ts';
import { themeOf, themes } from '../use-cases/themes.ts';
import { crumbs } from './reading.ts';
import { type ShownExample, shownExample } from './words.ts';

type ListModel = {
  readonly doneWords: string;
  readonly collections: readonly {
    readonly title: string;
    readonly href: string;
    readonly words: string;
    readonly hidden: boolean;
  }[];
  readonly newHref: string;
};
type PageModel = {
  readonly title: string;
  readonly words: string;
  readonly stand: string;
  readonly hidden: boolean;
  readonly pdfHref: string;
  readonly editHref: string;
  readonly examples: readonly ShownExample[];
};
type NewModel = {
  readonly problems: readonly FormProblem[];
  readonly action: string;
  readonly id: string;
  readonly typed: { readonly title: string; readonly words: string };
};
type EditModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly heading: string;
  readonly action: string;
  readonly revision: number;
  readonly typed: { readonly title: string; readonly words: string };
  readonly examples: readonly {
    readonly id: string;
    readonly title: string;
    readonly theme: string;
    /** Readers have it no more. */
    readonly gone: boolean;
    readonly first: boolean;
  }[];
  readonly groups: readonly {
    readonly title: string;
    readonly examples: readonly { readonly id: string; readonly title: string }[];
  }[];
  readonly published: boolean;
  readonly href: string;
};

const folder = 'capabilities/practice/pages/collections';
const listView = view<ListModel>(`${folder}/list.njk`);
const pageView = view<PageModel>(`${folder}/page.njk`);
const newView = view<NewModel>(`${folder}/new.njk`);
const editView = view<EditModel>(`${folder}/edit.njk`);

const collectionCrumbs = [...crumbs, { text: 'Collections', href: collectionsPath }];

const editorOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(curate);
  return ctx.actor;
};

/** What is shown to readers, or to editors before that. */
const collectionAsked = async (request: PageRequest, ctx: Context, slug = request.params.collection ?? '') => {
  const one = await findCollection(ctx, slug);
  if (!one || (one.publishedAt === null && !isAllowed(ctx.actor, curate)))
    throw notFound('There is no such collection.');
  return one;
};

const shownExamples = async (ctx: Context, one: Collection): Promise<readonly ShownExample[]> =>
  (await examplesOf(ctx, one)).map((example) => shownExample(example, londonDay(ctx.clock())));

const readTyped = (fields: URLSearchParams) => {
  const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  return { title: text('title'), words: text('words') };
};

const textProblems = ({ title, words }: { readonly title: string; readonly words: string }): readonly FormProblem[] => [
  ...(title === '' ? [{ field: 'title', text: 'Enter a title' }] : []),
  ...(title.length > longestTitle ? [{ field: 'title', text: `Use up to ${longestTitle} characters` }] : []),
  ...(words.length > longestWords
    ? [{ field: 'words', text: `Use up to ${longestWords.toLocaleString('en-GB')} characters` }]
    : []),
];

const showNew = (problems: readonly FormProblem[], typed: NewModel['typed'], id: string): Answer =>
  page(
    newView,
    { problems, action: newCollectionPath, id, typed },
    {
      title: 'Put examples together',
      crumbs: collectionCrumbs,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );

const refusalWords: Readonly<Record<Exclude<CollectionRefusal, 'unknown'>, FormProblem>> = {
  changed: {
    field: '',
    text: 'Another editor saved this collection after you opened it. What you typed is still here: saving again keeps it',
  },
  'no-example': { field: 'add', text: 'Choose an example' },
  full: { field: 'add', text: `A collection has up to ${mostExamples} examples` },
  empty: { field: 'add', text: 'Put in an example first' },
};

const showEdit = async (
  request: PageRequest,
  ctx: Context,
  problems: readonly FormProblem[] = [],
  typed: EditModel['typed'] | null = null,
): Promise<Answer> => {
  const one = await collectionAsked(request, ctx);
  const published = await listPublished(ctx);
  return page(
    editView,
    {
      problems,
      doneWords: request.query.has('done') ? 'It is saved.' : '',
      heading: `Edit “${one.title}”`,
      action: editCollectionPath(one.slug),
      revision: one.revision,
      typed: typed ?? { title: one.title, words: one.words },
      examples: one.examples.map((id, at) => {
        const example = published.find((each) => each.id === id);
        return {
          id,
          title: example?.text.title ?? 'An example that was taken back',
          theme: example ? (themeOf(example.text.theme)?.title ?? '') : '',
          gone: example === undefined,
          first: at === 0,
        };
      }),
      groups: themes
        .map((theme) => ({
          title: theme.title,
          examples: published
            .filter((each) => each.text.theme === theme.id && !one.examples.includes(each.id))
            .map((each) => ({ id: each.id, title: each.text.title })),
        }))
        .filter((group) => group.examples.length > 0),
      published: one.publishedAt !== null,
      href: collectionPath(one.slug),
    },
    {
      title: `Edit “${one.title}”`,
      crumbs: [...collectionCrumbs, { text: one.title, href: collectionPath(one.slug) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

/** What the button that was pressed does beside saving. */
const thenOf = (fields: URLSearchParams): CollectionChange['then'] => {
  const act = fields.get('do') ?? '';
  if (act === 'add') return { kind: 'add', example: fields.get('add') ?? '' };
  if (act === 'publish' || act === 'hide') return { kind: act };
  const [, kind, example = ''] = /^(up|take-out):(.+)$/.exec(act) ?? [];
  return kind === 'up' || kind === 'take-out' ? { kind, example } : null;
};

export const collectionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: collectionsPath,
    access: 'anyone',
    audit: 'practice.collections',
    sameForAll: true,
    handle: async (request, ctx) => {
      const mayEdit = isAllowed(ctx.actor, curate);
      const published = new Set((await listPublished(ctx)).map((one) => one.id));
      const shown = [];
      for (const one of await listCollections(ctx))
        if (one.publishedAt !== null || mayEdit)
          shown.push({
            title: one.title,
            href: one.publishedAt === null ? editCollectionPath(one.slug) : collectionPath(one.slug),
            words: counted(one.examples.filter((id) => published.has(id)).length, 'example'),
            hidden: one.publishedAt === null,
          });
      return page(
        listView,
        {
          doneWords: request.query.has('deleted') ? 'The collection is deleted. Its examples stay.' : '',
          collections: shown,
          newHref: mayEdit ? newCollectionPath : '',
        },
        {
          title: 'Collections of practice',
          crumbs,
          description: 'Examples of practice that editors have put together.',
        },
      );
    },
  },
  {
    method: 'GET',
    path: newCollectionPath,
    access: curate,
    audit: 'practice.new-collection-form',
    handle: () => showNew([], { title: '', words: '' }, randomUUID()),
  },
  {
    method: 'POST',
    path: newCollectionPath,
    access: curate,
    audit: 'practice.new-collection',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = readTyped(fields);
      const id = formId(fields);
      const problems = textProblems(typed);
      if (problems.length > 0) return showNew(problems, typed, id);
      const begun = await beginCollection(ctx, editorOf(ctx), { id, ...typed });
      if (begun.kind === 'refused')
        return showNew([{ field: 'title', text: 'Another collection has this title: choose another one' }], typed, id);
      return redirect(editCollectionPath(begun.value));
    },
  },
  {
    method: 'GET',
    path: '/practice/collections/:collection',
    access: 'anyone',
    audit: 'practice.collection',
    sameForAll: true,
    handle: async (request, ctx) => {
      const one = await collectionAsked(request, ctx);
      return page(
        pageView,
        {
          title: one.title,
          words: one.words,
          stand: `Put together by the editors of this site, last changed on ${day(one.changedAt)}.`,
          hidden: one.publishedAt === null,
          pdfHref: collectionPdfPath(one.slug),
          editHref: isAllowed(ctx.actor, curate) ? editCollectionPath(one.slug) : '',
          examples: await shownExamples(ctx, one),
        },
        {
          title: one.title,
          crumbs: collectionCrumbs,
          description: one.words.slice(0, 200) || `Examples of practice: ${one.title}.`,
        },
      );
    },
  },
  {
    method: 'GET',
    path: '/practice/collection-files/:file',
    access: 'anyone',
    audit: 'practice.collection-pdf',
    perMinute: 10,
    handle: async (request, ctx) => {
      const slug = /^([\w-]+)\.pdf$/.exec(request.params.file ?? '')?.[1] ?? '';
      const one = await collectionAsked(request, ctx, slug);
      return {
        kind: 'file',
        name: `${one.slug}.pdf`,
        type: 'application/pdf',
        body: await examplesPdf(
          ctx,
          { title: one.title, words: one.words, path: collectionPath(one.slug) },
          await shownExamples(ctx, one),
        ),
      };
    },
  },
  {
    method: 'GET',
    path: '/practice/collections/:collection/edit',
    access: curate,
    audit: 'practice.edit-collection-form',
    handle: (request, ctx) => showEdit(request, ctx),
  },
  {
    method: 'POST',
    path: '/practice/collections/:collection/edit',
    access: curate,
    audit: 'practice.edit-collection',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = readTyped(fields);
      const problems = textProblems(typed);
      if (problems.length > 0) return showEdit(request, ctx, problems, typed);
      const slug = request.params.collection ?? '';
      const then = thenOf(fields);
      const saved = await changeCollection(ctx, slug, Number(fields.get('revision')) || 0, { ...typed, then });
      if (saved.kind === 'refused') {
        if (saved.refusal === 'unknown') throw notFound('There is no such collection.');
        return showEdit(request, ctx, [refusalWords[saved.refusal]], typed);
      }
      return redirect(then?.kind === 'publish' ? collectionPath(slug) : `${editCollectionPath(slug)}?done=saved`);
    },
  },
  {
    method: 'POST',
    path: '/practice/collections/:collection/delete',
    access: curate,
    audit: 'practice.delete-collection',
    handle: async (request, ctx) => {
      await throwCollectionAway(ctx, request.params.collection ?? '');
      return redirect(`${collectionsPath}?deleted=yes`);
    },
  },
];
