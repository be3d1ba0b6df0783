import { londonDay } from '#kernel/london-time.ts';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { Context } from '#platform/context.ts';
import { page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { type PageLinks, pageLinks } from '#web/page-links.ts';
import type { Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import { type CostBand, costBands, costBandWords, providerKinds } from '../domain/example.ts';
import {
  collectionPath,
  collectionsPath,
  feedPath,
  practicePath,
  sharePath,
  subscribePath,
  themePath,
  themePdfPath,
} from '../paths.ts';
import { listCollections } from '../use-cases/collections.ts';
import { examplesPdf } from '../use-cases/examples-pdf.ts';
import { findExamples, listPublished } from '../use-cases/read.ts';
import { themeOf, themes } from '../use-cases/themes.ts';
import { writeFeed } from '../use-cases/write-feed.ts';
import { type ShownExample, shownExample } from './words.ts';

export const crumbs = [
  { text: 'Start', href: '/' },
  { text: 'Practice', href: practicePath },
];

type Choice = { readonly value: string; readonly text: string };
type IndexModel = {
  readonly themes: readonly { readonly title: string; readonly href: string; readonly words: string }[];
  readonly choices: {
    readonly theme: readonly Choice[];
    readonly route: readonly Choice[];
    readonly kind: readonly Choice[];
    readonly cost: readonly Choice[];
  };
  readonly asked: { readonly theme: string; readonly route: string; readonly kind: string; readonly cost: string };
  readonly narrowed: boolean;
  readonly countWords: string;
  readonly examples: readonly ShownExample[];
  readonly links: PageLinks | null;
  readonly shareHref: string;
  readonly feedHref: string;
  readonly subscribeHref: string;
  readonly collections: readonly { readonly title: string; readonly href: string; readonly words: string }[];
  readonly collectionsHref: string;
};
type ThemeModel = {
  readonly title: string;
  readonly source: string;
  readonly pdfHref: string;
  readonly shareHref: string;
  readonly examples: readonly ShownExample[];
};
const indexView = view<IndexModel>('capabilities/practice/pages/read/index.njk');
const themeView = view<ThemeModel>('capabilities/practice/pages/read/theme.njk');

const todayOf = (ctx: Context): string => londonDay(ctx.clock());

/** Examples of one page of the list. */
const aPage = 30;

/** Collections that the first page names; all are on theirs. */
const collectionsOnIndex = 5;

const showIndex: Route['handle'] = async (request, ctx) => {
  const text = (name: string) => request.query.get(name) ?? '';
  const asked = {
    theme: themeOf(text('theme'))?.id ?? '',
    route: occupationalRoutes.find((one) => one === text('route')) ?? '',
    kind: providerKinds.find((one) => one === text('kind')) ?? '',
    cost: costBands.find((one) => one === text('cost')) ?? ('' as CostBand | ''),
  };
  const all = await listPublished(ctx);
  const found = await findExamples(ctx, asked);
  const narrowed = Object.values(asked).some((one) => one !== '');
  const pages = Math.max(1, Math.ceil(found.length / aPage));
  const at = Math.min(Math.max(1, Number(/^\d{1,6}$/.exec(text('page'))?.[0] ?? 1)), pages);
  const hrefOf = (number: number): string => {
    const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
    if (number > 1) query.set('page', String(number));
    return query.size === 0 ? practicePath : `${practicePath}?${query}`;
  };
  return page(
    indexView,
    {
      themes: themes.map((one) => ({
        title: one.title,
        href: themePath(one.id),
        words: counted(all.filter((example) => example.text.theme === one.id).length, 'example'),
      })),
      choices: {
        theme: themes.map((one) => ({ value: one.id, text: one.title })),
        route: occupationalRoutes.map((one) => ({ value: one, text: one })),
        kind: providerKinds.map((one) => ({ value: one, text: one })),
        cost: costBands.map((one) => ({ value: one, text: costBandWords[one] })),
      },
      asked,
      narrowed,
      countWords: counted(found.length, 'example'),
      examples: found.slice((at - 1) * aPage, at * aPage).map((one) => shownExample(one, todayOf(ctx))),
      links: pageLinks(at, pages, hrefOf),
      shareHref: sharePath,
      feedHref: feedPath,
      subscribeHref: subscribePath,
      collections: (await listCollections(ctx))
        .filter((one) => one.publishedAt !== null)
        .slice(0, collectionsOnIndex)
        .map((one) => ({
          title: one.title,
          href: collectionPath(one.slug),
          words: counted(all.filter((example) => one.examples.includes(example.id)).length, 'example'),
        })),
      collectionsHref: collectionsPath,
    },
    {
      title: 'Practice',
      crumbs: [{ text: 'Start', href: '/' }],
      description: 'What providers did to get ready to teach HTQs, by theme, with cost and result.',
    },
  );
};

/** Newest examples in the feed. */
const inFeed = 50;

export const readingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: practicePath,
    access: 'anyone',
    audit: 'practice.index',
    sameForAll: true,
    handle: showIndex,
  },
  {
    method: 'GET',
    path: feedPath,
    access: 'anyone',
    audit: 'practice.feed',
    handle: async (_request, ctx) => ({
      kind: 'file',
      name: 'updates.atom',
      type: 'application/atom+xml; charset=utf-8',
      inline: true,
      body: writeFeed(ctx, (await listPublished(ctx)).slice(0, inFeed)),
    }),
  },
  {
    method: 'GET',
    path: '/practice/themes/:theme',
    access: 'anyone',
    audit: 'practice.theme',
    sameForAll: true,
    handle: async (request, ctx) => {
      const theme = themeOf(request.params.theme ?? '');
      if (!theme) throw notFound('There is no such theme.');
      const found = await findExamples(ctx, { theme: theme.id, route: '', kind: '', cost: '' });
      return page(
        themeView,
        {
          title: theme.title,
          source: theme.source,
          pdfHref: themePdfPath(theme.id),
          shareHref: sharePath,
          examples: found.map((one) => shownExample(one, todayOf(ctx))),
        },
        { title: theme.title, crumbs, description: `Examples of practice: ${theme.title}.` },
      );
    },
  },
  {
    method: 'GET',
    path: '/practice/theme-files/:file',
    access: 'anyone',
    audit: 'practice.theme-pdf',
    perMinute: 10,
    handle: async (request, ctx) => {
      const theme = themeOf(/^([\w-]+)\.pdf$/.exec(request.params.file ?? '')?.[1] ?? '');
      if (!theme) throw notFound('There is no such theme.');
      const found = await findExamples(ctx, { theme: theme.id, route: '', kind: '', cost: '' });
      const shown = found.map((one) => shownExample(one, todayOf(ctx)));
      return {
        kind: 'file',
        name: `${theme.id}.pdf`,
        type: 'application/pdf',
        body: await examplesPdf(ctx, { title: theme.title, words: '', path: themePath(theme.id) }, shown),
      };
    },
  },
];
