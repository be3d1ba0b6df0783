import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Heading, type Markup, renderMarkdown } from '#platform/documents/markdown.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day, longDay, moment } from '#web/words.ts';
import { type GuidePage, isOwnCheck, type PageVersion } from '../domain/guide-page.ts';
import { changeWords, countChanges, type Run } from '../domain/text-changes.ts';
import {
  changesPath,
  editPath,
  feedPath,
  guidancePath,
  guidePagePath,
  historyPath,
  subscribePath,
  updatesPath,
  versionPath,
  wholeGuidePath,
} from '../paths.ts';
import { edit } from '../policy.ts';
import { compareTexts } from '../use-cases/compare-texts.ts';
import { findDraft } from '../use-cases/edit-page.ts';
import { findPage, listPages, listUpdates, listVersions } from '../use-cases/read-guide.ts';
import { writeFeed } from '../use-cases/write-feed.ts';

type IndexModel = {
  readonly topics: readonly {
    readonly id: string;
    readonly title: string;
    readonly pages: readonly {
      readonly title: string;
      readonly href: string;
      readonly summary: string;
      readonly withdrawn: boolean;
    }[];
  }[];
};
type PageModel = {
  readonly doneWords: string;
  readonly banner: {
    readonly title: string;
    readonly text: string;
    readonly href: string;
    readonly linkText: string;
  } | null;
  readonly topic: string;
  readonly title: string;
  readonly summary: string;
  readonly published: string;
  readonly updated: string;
  readonly historyHref: string;
  readonly late: boolean;
  readonly reviewDue: string;
  readonly headings: readonly Heading[];
  readonly markup: Markup;
  readonly subscribeHref: string;
  readonly editHref: string;
  readonly hasDraft: boolean;
};
type HistoryModel = {
  readonly title: string;
  readonly origin: readonly string[];
  readonly versions: readonly {
    readonly number: number;
    readonly when: string;
    readonly note: string;
    readonly who: string;
    readonly href: string;
    readonly changesHref: string;
    readonly restore: string;
  }[];
  readonly compareAction: string;
};
type ChangesModel = {
  readonly from: number;
  readonly to: number;
  readonly fromWhen: string;
  readonly toWhen: string;
  readonly fromHref: string;
  readonly toHref: string;
  readonly countWords: string;
  readonly parts: readonly { readonly title: string; readonly runs: readonly Run[] }[];
};

const folder = 'capabilities/guidance/pages';
const indexView = view<IndexModel>(`${folder}/index/page.njk`);
const pageView = view<PageModel>(`${folder}/guide-page/page.njk`);
const historyView = view<HistoryModel>(`${folder}/history/page.njk`);
const changesView = view<ChangesModel>(`${folder}/changes/page.njk`);
const updatesView = view<{
  readonly updates: readonly {
    readonly when: string;
    readonly href: string;
    readonly title: string;
    readonly note: string;
  }[];
}>(`${folder}/updates/page.njk`);
const wholeView = view<{
  readonly pages: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    readonly markup: Markup;
  }[];
}>(`${folder}/updates/whole.njk`);

const crumbs = [
  { text: 'Start', href: '/' },
  { text: 'Guidance', href: guidancePath },
];

/** What the source had before this guide was written: shown as the source's, on every page that came with the toolkit. */
const origin = [
  '13 October 2021: the Education and Skills Funding Agency first published its guidance for providers.',
  '16 November 2021: it revised the list of successful Growth Fund applicants.',
];

/** Updates shown on a page and in the feed. */
const shownUpdates = 50;

export const pageAsked = async (request: PageRequest, ctx: Context): Promise<GuidePage> => {
  const found = await findPage(ctx, request.params.page ?? '');
  if (!found) throw notFound('There is no page of the guide at this address.');
  return found;
};

const doneWords: Readonly<Record<string, string>> = {
  published: 'It is published.',
  discarded: 'The draft was thrown away.',
  withdrawn: 'The page is withdrawn.',
  again: 'The page is published again.',
};

const showText = async (request: PageRequest, ctx: Context, guide: GuidePage, shown: PageVersion): Promise<Answer> => {
  const { markup, headings } = renderMarkdown(shown.body);
  const first = (await listVersions(ctx, guide.id)).at(-1) ?? shown;
  const mayEdit = isAllowed(ctx.actor, edit);
  const older = shown.number !== guide.current.number;
  return page(
    pageView,
    {
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      banner: guide.withdrawn
        ? {
            title: `Withdrawn on ${day(guide.withdrawn.at)}.`,
            text: guide.withdrawn.reason,
            href: '',
            linkText: '',
          }
        : older
          ? {
              title: `This is version ${shown.number}, of ${day(shown.publishedAt)}.`,
              text: 'It is kept as it stood.',
              href: guidePagePath(guide.id),
              linkText: 'Read what holds now',
            }
          : null,
      topic: guide.topic,
      title: shown.title,
      summary: shown.summary,
      published: day(first.publishedAt),
      updated: day(shown.publishedAt),
      historyHref: historyPath(guide.id),
      late: guide.reviewDue < ctx.clock().toISOString().slice(0, 10),
      reviewDue: day(guide.reviewDue),
      headings,
      markup,
      subscribeHref: `${subscribePath}?page=${encodeURIComponent(guide.id)}`,
      editHref: mayEdit && !older ? editPath(guide.id) : '',
      hasDraft: mayEdit && (await findDraft(ctx, guide.id)) !== undefined,
    },
    {
      title: shown.title,
      crumbs,
      description: shown.summary,
      canonicalPath: guidePagePath(guide.id),
    },
  );
};

const asWhole = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

const showHistory: Route['handle'] = async (request, ctx) => {
  const guide = await pageAsked(request, ctx);
  const { query } = request;
  if (query.has('from') && query.has('to')) {
    const [one, other] = [asWhole(query.get('from') ?? ''), asWhole(query.get('to') ?? '')];
    return redirect(changesPath(guide.id, Math.min(one, other), Math.max(one, other)));
  }
  const versions = await listVersions(ctx, guide.id);
  const mayEdit = isAllowed(ctx.actor, edit);
  return page(
    historyView,
    {
      title: guide.current.title,
      origin: versions.at(-1)?.writtenBy === null ? origin : [],
      versions: versions.map((one) => ({
        number: one.number,
        when: longDay(one.publishedAt),
        note: one.changeNote ?? 'Small corrections.',
        who:
          one.writtenBy === null
            ? 'Came with the toolkit'
            : isOwnCheck(one)
              ? 'Written and checked by the same person, since there was no second'
              : 'Checked by a second person',
        href: versionPath(guide.id, one.number),
        changesHref: one.number > 1 ? changesPath(guide.id, one.number - 1, one.number) : '',
        restore: mayEdit && one.number !== guide.current.number ? `${editPath(guide.id)}/restore` : '',
      })),
      compareAction: historyPath(guide.id),
    },
    {
      title: `All updates of “${guide.current.title}”`,
      crumbs: [...crumbs, { text: guide.current.title, href: guidePagePath(guide.id) }],
    },
  );
};

const showChanges: Route['handle'] = async (request, ctx) => {
  const guide = await pageAsked(request, ctx);
  const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(request.params.range ?? '') ?? [];
  const versions = await listVersions(ctx, guide.id);
  const [before, after] = [from, to].map((text) => versions.find((one) => one.number === asWhole(text ?? '')));
  if (!before || !after) throw notFound('There are no such two versions of this page.');
  const parts = (['title', 'summary', 'body'] as const).flatMap((key) => {
    const runs = compareTexts(before[key], after[key]);
    const title = { title: 'Title', summary: 'Summary', body: 'Text' }[key];
    return key === 'body' || runs.some((run) => run.kind !== 'same') ? [{ title, runs }] : [];
  });
  return page(
    changesView,
    {
      from: before.number,
      to: after.number,
      fromWhen: day(before.publishedAt),
      toWhen: day(after.publishedAt),
      fromHref: versionPath(guide.id, before.number),
      toHref: versionPath(guide.id, after.number),
      countWords: changeWords(countChanges(parts.flatMap((part) => part.runs))),
      parts,
    },
    {
      title: `What changed from version ${before.number} to ${after.number}: ${guide.current.title}`,
      crumbs: [...crumbs, { text: guide.current.title, href: guidePagePath(guide.id) }],
    },
  );
};

export const readingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: guidancePath,
    access: 'anyone',
    audit: 'guidance.index',
    handle: async (_request, ctx) => {
      const byTopic = Map.groupBy(await listPages(ctx), (one) => one.topic);
      return page(
        indexView,
        {
          topics: [...byTopic].map(([title, pages], index) => ({
            id: `topic-${index + 1}`,
            title,
            pages: pages.map((one) => ({
              title: one.current.title,
              href: guidePagePath(one.id),
              summary: one.current.summary,
              withdrawn: one.withdrawn !== null,
            })),
          })),
        },
        { title: 'Guidance', crumbs: [{ text: 'Start', href: '/' }] },
      );
    },
  },
  {
    method: 'GET',
    path: wholeGuidePath,
    access: 'anyone',
    audit: 'guidance.whole',
    handle: async (_request, ctx) => {
      const pages = (await listPages(ctx)).filter((one) => one.withdrawn === null);
      return page(
        wholeView,
        {
          pages: pages.map(({ id, current }) => ({
            id,
            title: current.title,
            summary: current.summary,
            markup: renderMarkdown(current.body, `${id}-`).markup,
          })),
        },
        { title: 'The whole guide', crumbs },
      );
    },
  },
  {
    method: 'GET',
    path: updatesPath,
    access: 'anyone',
    audit: 'guidance.updates',
    handle: async (_request, ctx) =>
      page(
        updatesView,
        {
          updates: (await listUpdates(ctx, shownUpdates)).map((one) => ({
            when: moment(one.publishedAt),
            href: guidePagePath(one.page),
            title: one.title,
            note: one.changeNote ?? '',
          })),
        },
        { title: 'All updates of the guide', crumbs },
      ),
  },
  {
    method: 'GET',
    path: feedPath,
    access: 'anyone',
    audit: 'guidance.feed',
    handle: async (_request, ctx) => ({
      kind: 'file',
      name: 'updates.atom',
      type: 'application/atom+xml; charset=utf-8',
      inline: true,
      body: writeFeed(ctx, await listUpdates(ctx, shownUpdates)),
    }),
  },
  {
    method: 'GET',
    path: '/guidance/:page',
    access: 'anyone',
    audit: 'guidance.page',
    handle: async (request, ctx) => {
      const guide = await pageAsked(request, ctx);
      return showText(request, ctx, guide, guide.current);
    },
  },
  { method: 'GET', path: '/guidance/:page/history', access: 'anyone', audit: 'guidance.history', handle: showHistory },
  {
    method: 'GET',
    path: '/guidance/:page/versions/:number',
    access: 'anyone',
    audit: 'guidance.version',
    handle: async (request, ctx) => {
      const guide = await pageAsked(request, ctx);
      const number = asWhole(request.params.number ?? '');
      const version = (await listVersions(ctx, guide.id)).find((one) => one.number === number);
      if (!version) throw notFound('There is no such version of this page.');
      return showText(request, ctx, guide, version);
    },
  },
  {
    method: 'GET',
    path: '/guidance/:page/changes/:range',
    access: 'anyone',
    audit: 'guidance.changes',
    handle: showChanges,
  },
];
