import { isUuid } from '#kernel/uuid.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { longDay, thousands } from '#web/words.ts';
import type { RoundAnswer } from '../domain/answer.ts';
import { everAsked, textQuestions } from '../domain/results.ts';
import { type Round, roundState, roundStateWords } from '../domain/round.ts';
import { readAnswerPath, readRoundPath, resultsPath, roundPath } from '../paths.ts';
import { readAnswers } from '../policy.ts';
import { exportAnswers, sheetTypes } from '../use-cases/export-answers.ts';
import {
  countCoded,
  countStates,
  findCodeBook,
  findSent,
  listModerated,
  pageOfSent,
} from '../use-cases/read-answers.ts';
import { listRoundVersions } from '../use-cases/rounds.ts';
import { crumbs } from './crumbs.ts';
import { roundAsked } from './round-asked.ts';

const overviewView = view<{
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly title: string;
  readonly state: string;
  readonly figures: readonly { readonly name: string; readonly count: string }[];
  readonly answersHref: string;
  readonly bookHref: string;
  readonly book: number;
  readonly agreementHref: string;
  readonly questions: readonly {
    readonly title: string;
    readonly until: number | null;
    readonly texts: string;
    readonly coded: string;
    readonly href: string;
  }[];
  readonly exportAction: string;
  readonly formats: readonly { readonly value: string; readonly text: string }[];
  readonly decisionsHref: string;
  readonly resultsHref: string;
  readonly published: boolean;
}>('capabilities/have-your-say/pages/reading/overview.njk');
const answersView = view<{
  readonly answers: readonly {
    readonly title: string;
    readonly href: string;
    readonly words: string;
    readonly waits: boolean;
  }[];
  readonly nextHref: string;
}>('capabilities/have-your-say/pages/reading/answers.njk');

export const readCrumbs = (round: Round) => [
  ...crumbs,
  { text: round.title, href: roundPath(round.slug) },
  { text: 'Answers', href: readRoundPath(round.slug) },
];

export const askedOf = async (ctx: Context, round: Round) => everAsked(await listRoundVersions(ctx, round.id));

export const answerAsked = async (request: PageRequest, ctx: Context, round: Round): Promise<RoundAnswer> => {
  const found = await findSent(ctx, round.id, request.params.answer ?? '');
  if (!found) throw notFound('There is no such answer.');
  return found;
};

/** Answers of one page of the list. */
const aPage = 50;

/** Where a page of the list ends: the last answer's time and id. */
const placeOf = (text: string | null): { readonly sentAt: Date; readonly id: string } | null => {
  const [at = '', id = ''] = (text ?? '').split('_');
  const sentAt = new Date(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(at) ? at : Number.NaN);
  return isUuid(id) && !Number.isNaN(sentAt.getTime()) ? { sentAt, id } : null;
};

const nameOf = (one: RoundAnswer): string =>
  [one.name, one.organisation].filter((part) => part !== '').join(', ') || 'Somebody who gave no name';

const showAnswers = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const round = await roundAsked(request, ctx);
  const texts = new Set(textQuestions(await askedOf(ctx, round)).map((one) => one.question.id));
  const found = await pageOfSent(ctx, round.id, aPage, placeOf(request.query.get('after')));
  const answers = [];
  for (const one of found) {
    const moderated = one.mayPublish ? await listModerated(ctx, one.id) : new Map();
    answers.push({
      title: nameOf(one),
      href: readAnswerPath(round.slug, one.id),
      words: `${[one.providerKind, one.region].filter((part) => part !== '').join(', ') || 'Nothing else told'}. Sent on ${longDay(one.sentAt ?? new Date(0))}. ${one.mayPublish ? 'May be published' : 'Not for publication'}`,
      waits: one.mayPublish && Object.keys(one.given).some((id) => texts.has(id) && !moderated.has(id)),
    });
  }
  const last = found.at(-1);
  return page(
    answersView,
    {
      answers,
      nextHref:
        last && found.length === aPage
          ? `${readRoundPath(round.slug)}/answers?after=${last.sentAt?.toISOString()}_${last.id}`
          : '',
    },
    { title: 'All answers', crumbs: readCrumbs(round) },
  );
};

const formats = ['csv', 'xlsx', 'ods'] as const;

export const readingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/have-your-say/:round/read',
    access: readAnswers,
    audit: 'have-your-say.read',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const here = readRoundPath(round.slug);
      const counts = await countStates(ctx, round.id);
      const state = roundState(round, ctx.clock());
      const questions = [];
      for (const { question, until } of textQuestions(await askedOf(ctx, round))) {
        const { texts, coded } = await countCoded(ctx, round.id, question.id);
        questions.push({
          title: question.title,
          until,
          texts: thousands(texts),
          coded: thousands(coded),
          href: coded < texts ? `${here}/code?question=${question.id}` : '',
        });
      }
      return page(
        overviewView,
        {
          problems: [],
          doneWords: '',
          title: round.title,
          state: roundStateWords[state],
          figures: [
            { name: 'Sent', count: thousands(counts.sent) },
            { name: 'Waiting to be confirmed', count: thousands(counts.unconfirmed) },
            { name: 'Being written', count: thousands(counts.draft) },
          ],
          answersHref: `${here}/answers`,
          bookHref: `${here}/code-book`,
          book: (await findCodeBook(ctx, round.id))?.number ?? 0,
          agreementHref: `${here}/agreement`,
          questions,
          exportAction: `${here}/export`,
          formats: formats.map((value) => ({ value, text: value.toUpperCase() })),
          decisionsHref: `${here}/decisions`,
          resultsHref: resultsPath(round.slug),
          published: state === 'results',
        },
        { title: `Answers to ${round.title}`, crumbs: readCrumbs(round).slice(0, -1) },
      );
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/:round/read/answers',
    access: readAnswers,
    audit: 'have-your-say.answer-list',
    handle: showAnswers,
  },
  {
    // By a form, since it is written down who took answers away.
    method: 'POST',
    path: '/have-your-say/:round/read/export',
    access: readAnswers,
    audit: 'have-your-say.export',
    perMinute: 20,
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const { fields } = await request.form();
      const format = formats.find((one) => one === fields.get('format')) ?? 'csv';
      const names = fields.get('names') === 'yes';
      return {
        kind: 'file',
        name: `${round.slug}-answers${names ? '-with-names' : ''}.${format}`,
        type: sheetTypes[format],
        body: await exportAnswers(ctx, round, format, names),
      };
    },
  },
];
