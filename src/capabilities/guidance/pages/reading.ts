import { londonDay } from '#kernel/london-time.ts';
import { isAllowed } from '#kernel/permission.ts';
import { changeWords, compareTexts, countChanges, type Run } from '#platform/documents/compare-texts.ts';
import { type Markup, renderMarkdown } from '#platform/documents/markdown.ts';
import { page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { Route } from '#web/route.ts';
import { counted, day, longDay, moment } from '#web/words.ts';
import { isOwnCheck } from '../domain/guide-page.ts';
import {
  changesPath,
  editPath,
  factPath,
  feedPath,
  guidancePath,
  guidePagePath,
  historyPath,
  updatesPath,
  versionPath,
  wholeGuidePath,
} from '../paths.ts';
import { edit } from '../policy.ts';
import { factChanges } from '../use-cases/facts.ts';
import { madeFormats, wholeGuide } from '../use-cases/make-formats.ts';
import { listPages, listUpdates, listVersions } from '../use-cases/read-guide.ts';
import { resolveIn } from '../use-cases/resolve-addresses.ts';
import { listTakenOut } from '../use-cases/take-out.ts';
import { writeFeed } from '../use-cases/write-feed.ts';
import { type FormatShown, formatsShown } from './formats.ts';
import { crumbs, pageAsked, showText } from './show-page.ts';

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
type HistoryModel = {
  readonly title: string;
  readonly doneWords: string;
  readonly onProblem: string;
  readonly on: string;
  readonly takenOut: readonly string[];
  readonly factChanges: readonly {
    readonly when: string;
    readonly href: string;
    readonly title: string;
    readonly words: string;
  }[];
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
  readonly formats: readonly FormatShown[];
  readonly pages: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    readonly markup: Markup;
  }[];
}>(`${folder}/updates/whole.njk`);

/** What the source had before this guide was written: shown as the source's, on every page that came with the toolkit. */
const origin = [
  '13 October 2021: the Education and Skills Funding Agency first published its guidance for providers.',
  '16 November 2021: it revised the list of successful Growth Fund applicants.',
];

/** Updates shown on a page and in the feed. */
const shownUpdates = 50;

const asWhole = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

const showHistory: Route['handle'] = async (request, ctx) => {
  const guide = await pageAsked(request, ctx);
  const { query } = request;
  if (query.has('from') && query.has('to')) {
    const [one, other] = [asWhole(query.get('from') ?? ''), asWhole(query.get('to') ?? '')];
    return redirect(changesPath(guide.id, Math.min(one, other), Math.max(one, other)));
  }
  const versions = await listVersions(ctx, guide.id);
  const on = query.get('on') ?? '';
  const stood = /^\d{4}-\d{2}-\d{2}$/.test(on) ? versions.find((one) => londonDay(one.publishedAt) <= on) : undefined;
  if (stood) return redirect(versionPath(guide.id, stood.number));
  const mayEdit = isAllowed(ctx.actor, edit);
  return page(
    historyView,
    {
      title: guide.current.title,
      doneWords: query.get('done') === 'taken-out' ? 'The words are taken out of every version.' : '',
      on,
      onProblem:
        on === '' ? '' : /^\d{4}-\d{2}-\d{2}$/.test(on) ? 'The page was not there yet on that day' : 'Enter a date',
      takenOut: (await listTakenOut(ctx, guide.id)).map(
        (one) => `${day(one.at)}: words were taken out of ${counted(one.versions, 'version')}. ${one.reason}`,
      ),
      factChanges: (await factChanges(ctx, guide.current.body, versions.at(-1)?.publishedAt ?? new Date(0))).map(
        (one) => ({
          when: day(one.at),
          href: factPath(one.fact),
          title: one.title,
          words: `“${one.before}” became “${one.after}”`,
        }),
      ),
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
    sameForAll: true,
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
    sameForAll: true,
    handle: async (_request, ctx) => {
      const pages = (await listPages(ctx)).filter((one) => one.withdrawn === null);
      return page(
        wholeView,
        {
          formats: formatsShown(wholeGuide, await madeFormats(ctx, wholeGuide)),
          pages: await Promise.all(
            pages.map(async ({ id, current }) => ({
              id,
              title: current.title,
              summary: current.summary,
              markup: renderMarkdown(current.body, `${id}-`, await resolveIn(ctx, id, current.body, current.number))
                .markup,
            })),
          ),
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
    sameForAll: true,
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
    sameForAll: true,
    handle: async (request, ctx) => {
      const guide = await pageAsked(request, ctx);
      return showText(request, ctx, guide, guide.current);
    },
  },
  {
    method: 'GET',
    path: '/guidance/:page/history',
    access: 'anyone',
    audit: 'guidance.history',
    sameForAll: true,
    handle: showHistory,
  },
  {
    method: 'GET',
    path: '/guidance/:page/versions/:number',
    access: 'anyone',
    audit: 'guidance.version',
    sameForAll: true,
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
    sameForAll: true,
    handle: showChanges,
  },
];
