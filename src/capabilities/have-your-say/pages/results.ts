import { isAllowed } from '#kernel/permission.ts';
import type { Shown } from '#kernel/shown-counts.ts';
import { smallest } from '#kernel/small-numbers.ts';
import type { Context } from '#platform/context.ts';
import { page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, longDay, thousands } from '#web/words.ts';
import { type Bar, leastAnswers, type Results, toldPart } from '../domain/results.ts';
import { type Round, roundState } from '../domain/round.ts';
import { publicAnswerPath, resultsPath, roundPath } from '../paths.ts';
import { readAnswers } from '../policy.ts';
import { listDecisions } from '../use-cases/decide.ts';
import { resultRows, sheetTypes, writeOnPool } from '../use-cases/export-answers.ts';
import {
  findSent,
  listModerated,
  listPublic,
  listQuotes,
  publicTexts,
  startOfAnswer,
} from '../use-cases/read-answers.ts';
import { countResults } from '../use-cases/results.ts';
import { crumbs } from './crumbs.ts';
import { type ShownDecision, shownDecision } from './deciding.ts';
import { askedOf } from './reading.ts';
import { publicRoundAsked } from './round-asked.ts';

export type ShownBar = {
  readonly text: string;
  readonly words: string;
  readonly held: boolean;
  /** Width, of the longest bar. */
  readonly percent: number;
};
type TableRow = { readonly name: string; readonly cells: readonly string[] };
export type ResultsModel = {
  readonly preview: boolean;
  readonly published: string;
  readonly title: string;
  readonly purpose: string;
  readonly answers: string;
  readonly small: string;
  readonly enough: boolean;
  readonly downloads: readonly { readonly text: string; readonly href: string }[];
  readonly themes: readonly {
    readonly anchor: string;
    readonly name: string;
    readonly description: string;
    readonly count: string;
    readonly quotes: readonly { readonly text: string; readonly start: string; readonly href: string }[];
    readonly decisions: readonly ShownDecision[];
  }[];
  readonly themeBars: readonly ShownBar[];
  readonly themeOf: string;
  readonly questions: readonly {
    readonly title: string;
    readonly words: string;
    readonly bars: readonly ShownBar[];
  }[];
  readonly byKind: readonly ShownBar[];
  readonly byRegion: readonly ShownBar[];
  readonly groups: { readonly regions: readonly string[]; readonly rows: readonly TableRow[] } | null;
  readonly themeTables: readonly {
    readonly title: string;
    readonly groups: readonly string[];
    readonly rows: readonly TableRow[];
  }[];
  readonly publicAnswers: readonly { readonly title: string; readonly href: string }[];
  readonly moreHref: string;
};

export const resultsView = view<ResultsModel>('capabilities/have-your-say/pages/results/page.njk');
const answerView = view<{
  readonly round: string;
  readonly title: string;
  readonly texts: readonly { readonly title: string; readonly text: string; readonly reason: string }[];
  readonly resultsHref: string;
}>('capabilities/have-your-say/pages/results/answer.njk');

const shown = (count: Shown): string => (count === null ? '–' : thousands(count));

export const shownBars = (bars: readonly Bar[]): readonly ShownBar[] => {
  const most = Math.max(1, ...bars.map((one) => one.count ?? 0));
  return bars.map(({ text, count }) => ({
    text,
    words: shown(count),
    held: count === null,
    percent: Math.round(((count ?? 0) / most) * 1000) / 10,
  }));
};

const bars = (names: readonly string[], counts: readonly Shown[]): readonly ShownBar[] =>
  shownBars(counts.map((count, at) => ({ text: names[at] ?? '', count })).filter((one) => one.count !== 0));

/** The counts as tables and bars. */
export const shownCounts = (
  results: Results,
): Pick<ResultsModel, 'questions' | 'themeBars' | 'themeOf' | 'byKind' | 'byRegion' | 'groups' | 'themeTables'> => ({
  questions: results.questions.map((one) => ({
    title: one.question.title,
    words: [
      one.answered === null ? 'Answered by too few, or by nearly all' : `Answered by ${thousands(one.answered)}.`,
      one.words,
      one.until === null ? '' : `Not asked any more since version ${one.until + 1} of the questions.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
    bars: shownBars(one.bars),
  })),
  themeBars: results.enough ? shownBars(results.themes.map((one) => ({ text: one.theme.name, count: one.count }))) : [],
  themeOf: results.coded === null ? '' : `Of ${counted(results.coded, 'answer')} with a text that was coded`,
  byKind: bars(results.kinds, results.byKind),
  byRegion: bars(results.regions, results.byRegion),
  groups: results.groups
    ? {
        regions: results.regions,
        rows: results.kinds.map((name, row) => ({
          name,
          cells: [...(results.groups?.[row] ?? []), results.byKind[row] ?? null].map(shown),
        })),
      }
    : null,
  themeTables: [
    {
      title: 'Themes by what people are',
      groups: results.kinds,
      rows: results.themes.map((one) => ({ name: one.theme.name, cells: one.byKind })),
    },
    {
      title: 'Themes by region',
      groups: results.regions,
      rows: results.themes.map((one) => ({ name: one.theme.name, cells: one.byRegion })),
    },
  ].flatMap(({ title, groups, rows }) => {
    const table = toldPart(groups, rows);
    return table.rows.length === 0
      ? []
      : [
          {
            title,
            groups: table.groups,
            rows: table.rows.map(({ name, cells }) => ({ name, cells: cells.map(shown) })),
          },
        ];
  }),
});

/** The round whose results the address names: editors and moderators see them before everyone does. */
const resultsAsked = async (request: PageRequest, ctx: Context): Promise<Round> => {
  const round = await publicRoundAsked(request, ctx);
  if (roundState(round, ctx.clock()) !== 'results' && !isAllowed(ctx.actor, readAnswers))
    throw notFound('The results of this round are not published yet.');
  return round;
};

const formats = ['csv', 'xlsx', 'ods'] as const;
/** Letters of a quote by which its link is told apart. */
const startLetters = 60;
const aPage = 50;

export const resultsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/have-your-say/:round/results',
    access: 'anyone',
    audit: 'have-your-say.results',
    handle: async (request, ctx) => {
      const round = await resultsAsked(request, ctx);
      const results = await countResults(ctx, round);
      const quotes = await listQuotes(ctx, round.id);
      const decisions = await listDecisions(ctx, round.id);
      const themes = [];
      for (const { theme, count } of results.themes) {
        const theirs = [];
        for (const one of decisions) if (one.theme === theme.id) theirs.push(await shownDecision(ctx, one));
        themes.push({
          anchor: `theme-${theme.id}`,
          name: theme.name,
          description: theme.description === '' ? '' : `${theme.description.replace(/\.$/, '')}.`,
          count: count === null ? '' : `${counted(count, 'answer')} said something about it.`,
          quotes: quotes
            .filter((one) => one.theme === theme.id)
            .map((one) => ({
              text: one.text,
              start: one.text.slice(0, startLetters),
              href: `${publicAnswerPath(round.slug, one.answer)}`,
            })),
          decisions: theirs,
        });
      }
      const after = Number(/^\d{1,9}$/.exec(request.query.get('from') ?? '')?.[0] ?? 0);
      const answers = await listPublic(ctx, round.id, aPage + 1, after);
      const state = roundState(round, ctx.clock());
      return page(
        resultsView,
        {
          preview: state !== 'results',
          published: round.resultsAt ? `Results, published on ${longDay(round.resultsAt)}` : 'Results, not published',
          title: round.title,
          purpose: round.purpose,
          answers: results.enough
            ? `${counted(results.answers, 'person', 'people')} answered`
            : `Fewer than ${leastAnswers} people answered, so nothing is counted here`,
          small: results.enough
            ? `A number under ${smallest} is not shown, nor another by which it could be worked out: a dash stands for it.`
            : '',
          enough: results.enough,
          downloads: formats.map((format) => ({
            text: format.toUpperCase(),
            href: `${resultsPath(round.slug)}/download?format=${format}`,
          })),
          themes,
          ...shownCounts(results),
          publicAnswers: answers.slice(0, aPage).map((one, at) => ({
            title: `Answer ${after + at + 1}: ${one.start}${one.start.length >= startOfAnswer ? '…' : ''}`,
            href: publicAnswerPath(round.slug, one.id),
          })),
          moreHref: answers.length > aPage ? `${resultsPath(round.slug)}?from=${after + aPage}` : '',
        },
        {
          title: `What was said: ${round.title}`,
          crumbs: [...crumbs, { text: round.title, href: roundPath(round.slug) }],
          description: `What was said in “${round.title}”, and what was done about it.`,
        },
      );
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/:round/results/download',
    access: 'anyone',
    audit: 'have-your-say.download-results',
    perMinute: 30,
    handle: async (request, ctx) => {
      const round = await resultsAsked(request, ctx);
      const format = formats.find((one) => one === request.query.get('format')) ?? 'csv';
      return {
        kind: 'file',
        name: `${round.slug}-results.${format}`,
        type: sheetTypes[format],
        body: await writeOnPool(ctx, {
          title: round.title,
          name: 'Results',
          rows: resultRows(await countResults(ctx, round)),
          format,
        }),
      };
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/:round/results/answers/:answer',
    access: 'anyone',
    audit: 'have-your-say.public-answer',
    handle: async (request, ctx) => {
      const round = await resultsAsked(request, ctx);
      const answer = await findSent(ctx, round.id, request.params.answer ?? '');
      const texts = answer ? await publicTexts(ctx, answer) : new Map<string, string>();
      if (!answer || texts.size === 0) throw notFound('There is no such answer that everyone may read.');
      const moderated = await listModerated(ctx, answer.id);
      return page(
        answerView,
        {
          round: round.title,
          title: 'An answer',
          texts: (await askedOf(ctx, round)).flatMap(({ question }) => {
            const text = texts.get(question.id);
            const reason = moderated.get(question.id)?.how === 'redacted' ? moderated.get(question.id)?.reason : '';
            return text === undefined ? [] : [{ title: question.title, text, reason: reason ?? '' }];
          }),
          resultsHref: resultsPath(round.slug),
        },
        {
          title: 'An answer',
          crumbs: [
            ...crumbs,
            { text: round.title, href: roundPath(round.slug) },
            { text: 'Results', href: resultsPath(round.slug) },
          ],
        },
      );
    },
  },
];
