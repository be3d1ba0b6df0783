import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { type CostBand, costBands, costBandWords, outcomes, outcomeWords, providerKinds } from '../domain/example.ts';
import {
  exampleFilePath,
  examplePath,
  feedPath,
  practicePath,
  sharePath,
  subscribePath,
  themePath,
  themePdfPath,
} from '../paths.ts';
import { sayTried } from '../policy.ts';
import { listFiles, openFile } from '../use-cases/attach.ts';
import { findExample, findExamples, listPublished, listTried, sayHowItWent } from '../use-cases/read.ts';
import { themePdf } from '../use-cases/theme-pdf.ts';
import { themeOf, themes } from '../use-cases/themes.ts';
import { writeFeed } from '../use-cases/write-feed.ts';
import { fileAnswer } from './file-answer.ts';
import { type ShownExample, shownExample, shownFile } from './words.ts';

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
  readonly shareHref: string;
  readonly feedHref: string;
  readonly subscribeHref: string;
};
type ThemeModel = {
  readonly title: string;
  readonly source: string;
  readonly pdfHref: string;
  readonly shareHref: string;
  readonly examples: readonly ShownExample[];
};
type ExampleModel = {
  readonly doneWords: string;
  readonly problems: readonly FormProblem[];
  readonly shown: ShownExample;
  readonly published: string;
  readonly tried: readonly {
    readonly title: string;
    readonly all: readonly {
      readonly provider: string;
      readonly when: string;
      readonly cost: string;
      readonly text: string;
    }[];
  }[];
  readonly triedCount: number;
  readonly maySay: boolean;
  readonly outcomes: readonly Choice[];
  readonly typed: { readonly outcome: string; readonly cost: string; readonly text: string };
  readonly action: string;
  readonly adoptHref: string;
};

const indexView = view<IndexModel>('capabilities/practice/pages/read/index.njk');
const themeView = view<ThemeModel>('capabilities/practice/pages/read/theme.njk');
const exampleView = view<ExampleModel>('capabilities/practice/pages/read/example.njk');

const todayOf = (ctx: Context): string => ctx.clock().toISOString().slice(0, 10);

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
      examples: found.map((one) => shownExample(one, todayOf(ctx))),
      shareHref: sharePath,
      feedHref: feedPath,
      subscribeHref: subscribePath,
    },
    {
      title: 'Practice',
      crumbs: [{ text: 'Start', href: '/' }],
      description: 'What providers did to get ready to teach HTQs, by theme, with cost and result.',
    },
  );
};

const showExample = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: ExampleModel['typed'] } = {},
): Promise<Answer> => {
  const one = await findExample(ctx, request.params.example ?? '');
  if (one?.state !== 'published') throw notFound('There is no such example, or it was taken back.');
  const tried = await listTried(ctx, one.id);
  const problems = more.problems ?? [];
  return page(
    exampleView,
    {
      doneWords: request.query.get('done') === 'said' ? 'It is there. Saying it anew puts it right.' : '',
      problems,
      shown: shownExample(
        one,
        todayOf(ctx),
        (await listFiles(ctx, one.id))
          .filter((file) => file.heldBack === null)
          .map((file) => shownFile(file, exampleFilePath(one.id, file.id))),
      ),
      published: one.publishedAt ? day(one.publishedAt) : '',
      // Those whom it worked for and those whom it did not, side by side.
      tried: outcomes.flatMap((outcome) => {
        const all = tried.filter((said) => said.outcome === outcome);
        return all.length === 0
          ? []
          : [
              {
                title: outcomeWords[outcome],
                all: all.map((said) => ({
                  provider: said.provider,
                  when: day(said.at),
                  cost: said.cost,
                  text: said.text,
                })),
              },
            ];
      }),
      triedCount: tried.length,
      maySay: isAllowed(ctx.actor, sayTried),
      outcomes: outcomes.map((value) => ({ value, text: outcomeWords[value] })),
      typed: more.typed ?? { outcome: '', cost: '', text: '' },
      action: examplePath(one.id),
      adoptHref: `/plans/adopt?example=${one.id}`,
    },
    {
      title: one.text.title,
      crumbs: [...crumbs, { text: themeOf(one.text.theme)?.title ?? 'Theme', href: themePath(one.text.theme) }],
      description: one.text.summary.slice(0, 200),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
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
        body: await themePdf(ctx, theme, shown),
      };
    },
  },
  {
    method: 'GET',
    path: '/practice/examples/:example',
    access: 'anyone',
    audit: 'practice.example',
    handle: (request, ctx) => showExample(request, ctx),
  },
  {
    method: 'GET',
    path: '/practice/examples/:example/files/:file',
    access: 'anyone',
    audit: 'practice.file',
    perMinute: 60,
    handle: async (request, ctx) => {
      const one = await findExample(ctx, request.params.example ?? '');
      return fileAnswer(one?.state === 'published' ? await openFile(ctx, one, request.params.file ?? '', false) : null);
    },
  },
  {
    method: 'POST',
    path: '/practice/examples/:example',
    access: sayTried,
    audit: 'practice.say-tried',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = {
        outcome: fields.get('outcome') ?? '',
        cost: (fields.get('cost') ?? '').trim().slice(0, 200),
        text: (fields.get('text') ?? '').trim(),
      };
      const outcome = outcomes.find((one) => one === typed.outcome);
      const problems = [
        ...(outcome ? [] : [{ field: 'outcome-yes', text: 'Say how it went' }]),
        ...(typed.text === '' ? [{ field: 'text', text: 'Say what you did, and what came of it' }] : []),
      ];
      if (problems.length > 0 || !outcome || ctx.actor.kind !== 'person')
        return showExample(request, ctx, { problems, typed });
      const id = request.params.example ?? '';
      if (!(await sayHowItWent(ctx, ctx.actor, id, { ...typed, outcome })))
        throw notFound('There is no such example, or it was taken back.');
      return redirect(`${examplePath(id)}?done=said`);
    },
  },
];
