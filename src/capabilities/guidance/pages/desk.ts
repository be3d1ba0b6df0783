import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day, moment } from '#web/words.ts';
import { waitingValue } from '../domain/fact.ts';
import {
  aboutPagePath,
  deskPath,
  editPath,
  factPath,
  factsPath,
  formatRequestsPath,
  guidePagePath,
  newPagePath,
} from '../paths.ts';
import { edit } from '../policy.ts';
import { checkLinksSoon } from '../use-cases/check-links.ts';
import { listFacts } from '../use-cases/facts.ts';
import { findStale } from '../use-cases/find-stale.ts';
import {
  listPagesOnDesk,
  type NewPageRefusal,
  type PageOnDesk,
  possibleOwners,
  startPage,
} from '../use-cases/manage-pages.ts';
import { formatRequests } from '../use-cases/other-formats.ts';
import { editorOf } from './editor.ts';
import { crumbs } from './show-page.ts';

type Link = { readonly text: string; readonly href: string };
type DeskModel = {
  readonly doneWords: string;
  readonly waiting: readonly (Link & { readonly words: string })[];
  readonly stale: readonly {
    readonly title: string;
    readonly href: string;
    readonly findings: readonly { readonly line: number; readonly text: string }[];
  }[];
  readonly owners: readonly {
    readonly name: string;
    readonly pages: number;
    readonly late: number;
    readonly soon: number;
  }[];
  readonly pages: readonly {
    readonly title: string;
    readonly href: string;
    readonly editHref: string;
    readonly aboutHref: string;
    readonly state: string;
    readonly colour: string;
    readonly owner: string;
    readonly due: string;
    readonly late: boolean;
  }[];
  readonly deskHref: string;
  readonly newHref: string;
  readonly factsHref: string;
  readonly requestsHref: string;
};
type NewModel = {
  readonly problems: readonly FormProblem[];
  readonly action: string;
  readonly title: string;
  readonly topic: string;
  readonly topics: readonly string[];
  readonly after: string;
  readonly pages: readonly { readonly id: string; readonly title: string }[];
};

const deskView = view<DeskModel>('capabilities/guidance/pages/desk/page.njk');
const newView = view<NewModel>('capabilities/guidance/pages/desk/new.njk');

/** Nobody's pages are the administrators'. */
const nobody = 'Nobody yet';

/** Days within which a page counts as due soon. */
const soonDays = 30;

const titleOf = (one: PageOnDesk): string => one.publishedTitle ?? one.draft?.title ?? one.id;

const stateOf = (one: PageOnDesk): { readonly state: string; readonly colour: string } => {
  if (one.draft?.state === 'submitted') return { state: 'Waits to be checked', colour: 'blue' };
  if (one.draft?.state === 'scheduled' && one.draft.publishAt)
    return { state: `Published on ${moment(one.draft.publishAt)}`, colour: 'purple' };
  if (one.publishedTitle === null) return { state: 'Never published', colour: 'grey' };
  if (one.draft) return { state: 'Has a draft', colour: 'yellow' };
  return one.withdrawn ? { state: 'Withdrawn', colour: 'red' } : { state: 'Published', colour: 'green' };
};

const doneWords: Readonly<Record<string, string>> = {
  discarded: 'The draft was thrown away, and the page with it, unless files hang on it.',
  trying: 'The links are being tried. What fails is shown here once that is done.',
};

const showDesk = async (ctx: Context, done: string): Promise<Answer> => {
  const pages = await listPagesOnDesk(ctx);
  const names = new Map((await possibleOwners(ctx)).map((one) => [one.id, one.name]));
  const ownerOf = (one: PageOnDesk) => (one.owner === null ? nobody : (names.get(one.owner) ?? 'A former editor'));
  const today = londonDay(ctx.clock());
  const soon = londonDay(new Date(ctx.clock().getTime() + soonDays * 86_400_000));
  const standing = pages.filter((one) => one.publishedTitle !== null && !one.withdrawn);
  const requests = (await formatRequests(ctx)).filter((one) => one.answeredAt === null).length;
  const staleByPage = Map.groupBy(await findStale(ctx), (one) => one.page.id);
  return page(
    deskView,
    {
      doneWords: doneWords[done] ?? '',
      waiting: [
        ...pages
          .filter((one) => one.draft?.state === 'submitted')
          .map((one) => ({
            text: titleOf(one),
            href: editPath(one.id),
            words: `handed over by ${one.draft?.editedBy === editorOf(ctx).id ? 'you' : (names.get(one.draft?.editedBy ?? '') ?? 'another editor')}`,
          })),
        ...(await listFacts(ctx))
          .filter((fact) => waitingValue(fact) !== null)
          .map((fact) => ({ text: fact.title, href: factPath(fact.id), words: 'a fact that waits to be confirmed' })),
        ...(requests > 0
          ? [{ text: counted(requests, 'request'), href: formatRequestsPath, words: 'for another format' }]
          : []),
      ],
      stale: [...staleByPage.values()].map((findings) => ({
        title: findings[0]?.page.current.title ?? '',
        href: editPath(findings[0]?.page.id ?? ''),
        findings: findings.map(({ line, text }) => ({ line, text })),
      })),
      owners: [...Map.groupBy(standing, ownerOf)]
        .map(([name, own]) => ({
          name,
          pages: own.length,
          late: own.filter((one) => one.reviewDue < today).length,
          soon: own.filter((one) => one.reviewDue >= today && one.reviewDue <= soon).length,
        }))
        .toSorted((one, other) => other.late - one.late || one.name.localeCompare(other.name)),
      pages: pages.map((one) => ({
        title: titleOf(one),
        href: one.publishedTitle === null ? editPath(one.id) : guidePagePath(one.id),
        editHref: editPath(one.id),
        aboutHref: aboutPagePath(one.id),
        ...stateOf(one),
        owner: ownerOf(one),
        due: day(one.reviewDue),
        late: one.reviewDue < today && !one.withdrawn && one.publishedTitle !== null,
      })),
      deskHref: deskPath,
      newHref: newPagePath,
      factsHref: factsPath,
      requestsHref: formatRequestsPath,
    },
    { title: 'Editors’ desk', crumbs, wide: true },
  );
};

const refusalWords: Readonly<Record<NewPageRefusal, string>> = {
  'no-address': 'Use a title with letters, and not one that this site uses for something else',
  taken: 'There is a page with this address already: use another title',
};

const showNew = async (
  ctx: Context,
  typed: Pick<NewModel, 'title' | 'topic' | 'after' | 'problems'> = { title: '', topic: '', after: '', problems: [] },
): Promise<Answer> => {
  const pages = await listPagesOnDesk(ctx);
  return page(
    newView,
    {
      ...typed,
      after: typed.after || (pages.at(-1)?.id ?? ''),
      topics: [...new Set(pages.map((one) => one.topic))],
      pages: pages.map((one) => ({ id: one.id, title: titleOf(one) })),
      action: newPagePath,
    },
    {
      title: 'A new page',
      crumbs: [...crumbs, { text: 'Editors’ desk', href: deskPath }],
      faulty: typed.problems.length > 0,
      status: typed.problems.length > 0 ? 422 : 200,
    },
  );
};

export const deskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: deskPath,
    access: edit,
    audit: 'guidance.desk',
    handle: (request, ctx) => showDesk(ctx, request.query.get('done') ?? ''),
  },
  {
    method: 'POST',
    path: `${deskPath}/try-links`,
    access: edit,
    audit: 'guidance.try-links',
    perMinute: 5,
    handle: async (_request, ctx) => {
      await checkLinksSoon(ctx);
      return redirect(`${deskPath}?done=trying`);
    },
  },
  {
    method: 'GET',
    path: newPagePath,
    access: edit,
    audit: 'guidance.new-page-form',
    handle: (_request, ctx) => showNew(ctx),
  },
  {
    method: 'POST',
    path: newPagePath,
    access: edit,
    audit: 'guidance.new-page',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = {
        title: (fields.get('title') ?? '').trim(),
        topic: (fields.get('topic') ?? '').trim(),
        after: fields.get('after') ?? '',
      };
      const problems: FormProblem[] = [
        ...(typed.title === '' ? [{ field: 'title', text: 'Enter a title' }] : []),
        ...(typed.topic === '' ? [{ field: 'topic', text: 'Enter a topic' }] : []),
      ];
      if (problems.length > 0) return showNew(ctx, { ...typed, problems });
      const answer = await startPage(ctx, editorOf(ctx), { ...typed, after: typed.after || null });
      if (answer.kind === 'refused')
        return showNew(ctx, { ...typed, problems: [{ field: 'title', text: refusalWords[answer.refusal] }] });
      return redirect(editPath(answer.value));
    },
  },
];
