import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, listed, moment, thousands } from '#web/words.ts';
import { agreementOn, kappaWords } from '../domain/agreement.ts';
import { textQuestions } from '../domain/results.ts';
import type { Round } from '../domain/round.ts';
import { suggestThemes } from '../domain/suggest-themes.ts';
import { readAnswerPath, readRoundPath } from '../paths.ts';
import { readAnswers } from '../policy.ts';
import {
  code,
  countCoded,
  findCodeBook,
  listCodeBooks,
  listToCodeTwice,
  listTwiceCoded,
  listUncoded,
  sampleTexts,
  saveCodeBook,
  themeModel,
} from '../use-cases/read-answers.ts';
import { personOf } from './moderating.ts';
import { askedOf, readCrumbs } from './reading.ts';
import { roundAsked } from './round-asked.ts';

const folder = 'capabilities/have-your-say/pages/reading';
const codeView = view<{
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly caption: string;
  readonly title: string;
  readonly themes: readonly { readonly id: string; readonly name: string; readonly description: string }[];
  readonly text: string;
  readonly answer: string;
  readonly answerHref: string;
  readonly suggested: readonly { readonly name: string; readonly words: string }[];
  readonly learnt: string;
  readonly action: string;
  readonly nothing: string;
  readonly bookHref: string;
  readonly backHref: string;
}>(`${folder}/code.njk`);
type TypedTheme = { readonly id: string; readonly name: string; readonly description: string };
const bookView = view<{
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly round: string;
  readonly action: string;
  readonly number: number;
  readonly themes: readonly (TypedTheme & { readonly legend: string })[];
  readonly note: string;
  readonly versions: readonly string[];
}>(`${folder}/book.njk`);
const agreementView = view<{
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly round: string;
  readonly action: string;
  readonly texts: string;
  readonly agreements: readonly {
    readonly name: string;
    readonly both: number;
    readonly onlyFirst: number;
    readonly onlySecond: number;
    readonly neither: number;
    readonly words: string;
  }[];
  readonly questions: readonly {
    readonly id: string;
    readonly title: string;
    readonly words: string;
    readonly codeHref: string;
    readonly proposed: number;
  }[];
}>(`${folder}/agreement.njk`);

/** Empty rows for new themes. */
const spareThemes = 3;
const mostThemes = 60;

const questionAsked = async (request: PageRequest, ctx: Context, round: Round) => {
  const id = request.query.get('question') ?? '';
  const found = textQuestions(await askedOf(ctx, round)).find((one) => one.question.id === id);
  if (!found) throw notFound('There is no such question.');
  return found.question;
};

const showCode = async (request: PageRequest, ctx: Context, problems: readonly FormProblem[] = []): Promise<Answer> => {
  const round = await roundAsked(request, ctx);
  const question = await questionAsked(request, ctx, round);
  const second = request.query.get('as') === 'second';
  const here = readRoundPath(round.slug);
  const book = await findCodeBook(ctx, round.id);
  const [next] = second
    ? await listToCodeTwice(ctx, round.id, question.id, personOf(ctx).id, 1)
    : await listUncoded(ctx, round.id, question.id, 1);
  const counts = await countCoded(ctx, round.id, question.id);
  // The second coder sees neither what the first chose nor what was learnt from it.
  const model = second || !book ? null : await themeModel(ctx, round, book.themes);
  return page(
    codeView,
    {
      problems,
      doneWords: '',
      caption: second
        ? `As the second coder: ${thousands(counts.twice)} of ${thousands(counts.sample)} done`
        : `${thousands(counts.coded)} of ${thousands(counts.texts)} texts are coded`,
      title: question.title,
      themes: book?.themes ?? [],
      text: next?.text ?? '',
      answer: next?.answer ?? '',
      answerHref: next ? readAnswerPath(round.slug, next.answer) : '',
      suggested:
        model && next
          ? suggestThemes(model, next.text).map((one) => ({
              name: book?.themes.find((each) => each.id === one.theme)?.name ?? one.theme,
              words: listed(one.words.map((word) => `“${word}”`)) || 'how often it is chosen',
            }))
          : [],
      learnt: counted(model?.texts ?? 0, 'text'),
      action: `${here}/code?question=${question.id}${second ? '&as=second' : ''}`,
      nothing: second
        ? 'No text waits for you: the sample is done, or the rest was coded by you first.'
        : 'Every text that has come so far is coded.',
      bookHref: `${here}/code-book`,
      backHref: second ? `${here}/agreement` : here,
    },
    {
      title: `Code: ${question.title}`,
      crumbs: readCrumbs(round),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const showBook = async (
  request: PageRequest,
  ctx: Context,
  more: {
    readonly problems?: readonly FormProblem[];
    readonly typed?: readonly TypedTheme[];
    readonly note?: string;
  } = {},
): Promise<Answer> => {
  const round = await roundAsked(request, ctx);
  const problems = more.problems ?? [];
  const [book, ...older] = await listCodeBooks(ctx, round.id);
  const spare = Array.from({ length: spareThemes }, () => ({ id: '', name: '', description: '' }));
  const themes = more.typed ?? [...(book?.themes ?? []), ...spare];
  return page(
    bookView,
    {
      problems,
      doneWords: request.query.has('done') ? 'It is saved.' : '',
      round: round.title,
      action: `${readRoundPath(round.slug)}/code-book`,
      number: book?.number ?? 0,
      themes: themes.map((one, at) => ({ ...one, legend: one.id === '' ? `New theme ${at + 1}` : `Theme ${at + 1}` })),
      note: more.note ?? '',
      versions: (book ? [book, ...older] : []).map(
        (one) =>
          `${one.number}: ${moment(one.madeAt)}, ${counted(one.themes.length, 'theme')}${one.note === '' ? '' : `. ${one.note}`}`,
      ),
    },
    {
      title: 'Code book',
      crumbs: readCrumbs(round),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const showAgreement = async (
  request: PageRequest,
  ctx: Context,
  problems: readonly FormProblem[] = [],
): Promise<Answer> => {
  const round = await roundAsked(request, ctx);
  const here = readRoundPath(round.slug);
  const book = await findCodeBook(ctx, round.id);
  const texts = await listTwiceCoded(ctx, round.id);
  const questions = [];
  for (const { question } of textQuestions(await askedOf(ctx, round))) {
    const counts = await countCoded(ctx, round.id, question.id);
    questions.push({
      id: question.id,
      title: question.title,
      words: `${counted(counts.coded, 'coded text')}, ${thousands(counts.sample)} in the sample, ${thousands(counts.twice)} coded twice.`,
      codeHref: counts.sample > counts.twice ? `${here}/code?question=${question.id}&as=second` : '',
      proposed: Math.min(50, Math.max(1, Math.ceil(counts.coded / 5))),
    });
  }
  return page(
    agreementView,
    {
      problems,
      doneWords: request.query.has('done') ? 'The sample is drawn.' : '',
      round: round.title,
      action: `${here}/agreement`,
      texts: counted(texts.length, 'text'),
      agreements:
        texts.length === 0
          ? []
          : (book?.themes ?? []).map((theme) => {
              const one = agreementOn(texts, theme.id);
              const words = kappaWords(one.kappa);
              return {
                ...one,
                name: theme.name,
                words: one.kappa === null ? `It ${words}` : `${one.kappa.toFixed(2)}, ${words}`,
              };
            }),
      questions,
    },
    {
      title: 'A second coder',
      crumbs: readCrumbs(round),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const codingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/have-your-say/:round/read/code',
    access: readAnswers,
    audit: 'have-your-say.code-form',
    handle: (request, ctx) => showCode(request, ctx),
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/read/code',
    access: readAnswers,
    audit: 'have-your-say.code',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const question = await questionAsked(request, ctx, round);
      const second = request.query.get('as') === 'second';
      const { fields } = await request.form();
      const done = await code(
        ctx,
        personOf(ctx),
        round,
        fields.get('answer') ?? '',
        question.id,
        second ? 'second' : 'first',
        fields.getAll('theme'),
      );
      if (done.kind === 'refused' && done.refusal === 'coded')
        return showCode(request, ctx, [
          { field: '', text: 'Somebody else coded that text meanwhile. Here is the next that waits' },
        ]);
      if (done.kind === 'refused')
        throw notFound(
          done.refusal === 'own'
            ? 'You have coded this text already, so somebody else codes it again.'
            : 'There is no such text.',
        );
      return redirect(
        `${readRoundPath(round.slug)}/code?question=${encodeURIComponent(question.id)}${second ? '&as=second' : ''}`,
      );
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/:round/read/code-book',
    access: readAnswers,
    audit: 'have-your-say.code-book-form',
    handle: (request, ctx) => showBook(request, ctx),
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/read/code-book',
    access: readAnswers,
    audit: 'have-your-say.save-code-book',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').trim().slice(0, 500);
      const count = Math.min(mostThemes, Number(text('count')) || 0);
      const typed = Array.from({ length: count }, (_, at) => ({
        id: text(`id-${at + 1}`),
        name: text(`name-${at + 1}`),
        description: text(`description-${at + 1}`),
      }));
      const themes = typed.filter((one) => one.name !== '');
      const twice = typed.findIndex(
        (one, at) => one.name !== '' && typed.findIndex((other) => other.name === one.name) < at,
      );
      const problems: FormProblem[] = [
        ...(themes.length === 0 ? [{ field: 'name-1', text: 'Enter at least one theme' }] : []),
        ...(twice >= 0 ? [{ field: `name-${twice + 1}`, text: 'Another theme has this name' }] : []),
      ];
      if (problems.length > 0) return showBook(request, ctx, { problems, typed, note: text('note') });
      if (!(await saveCodeBook(ctx, personOf(ctx), round, themes, text('note'), Number(text('number')))))
        return showBook(request, ctx, {
          typed,
          note: text('note'),
          problems: [
            {
              field: '',
              text: 'Somebody saved a version meanwhile. What you typed is still here: saving makes the next',
            },
          ],
        });
      return redirect(`${readRoundPath(round.slug)}/code-book?done=yes`);
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/:round/read/agreement',
    access: readAnswers,
    audit: 'have-your-say.agreement',
    handle: (request, ctx) => showAgreement(request, ctx),
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/read/agreement',
    access: readAnswers,
    audit: 'have-your-say.sample',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const { fields } = await request.form();
      const question = fields.get('question') ?? '';
      const count = Number(fields.get('count'));
      if (!Number.isInteger(count) || count < 1 || count > 1000)
        return showAgreement(request, ctx, [
          { field: `count-${question}`, text: 'Enter a whole number from 1 to 1,000' },
        ]);
      await sampleTexts(ctx, round, question, count);
      return redirect(`${readRoundPath(round.slug)}/agreement?done=yes`);
    },
  },
];
