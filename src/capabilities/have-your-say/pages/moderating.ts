import { randomUUID } from 'node:crypto';
import type { Person } from '#kernel/actor.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { readKeptFile } from '#platform/files/kept-file.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { listed, longDay, sizeWords } from '#web/words.ts';
import { type Moderated, personalDetails, withoutDetails } from '../domain/reading.ts';
import { readAnswerPath, readRoundPath } from '../paths.ts';
import { readAnswers } from '../policy.ts';
import {
  decisionSeen,
  findCodeBook,
  findReading,
  listAnswerFiles,
  listModerated,
  moderate,
  quote,
} from '../use-cases/read-answers.ts';
import { answeredWords } from './question-model.ts';
import { answerAsked, askedOf, readCrumbs } from './reading.ts';
import { roundAsked } from './round-asked.ts';

type Typed = { readonly question: string; readonly how: string; readonly text: string; readonly reason: string };
type AnswerModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly title: string;
  readonly lead: string;
  readonly mayPublish: boolean;
  readonly action: string;
  readonly listHref: string;
  readonly themes: readonly { readonly id: string; readonly name: string }[];
  readonly answers: readonly {
    readonly id: string;
    readonly title: string;
    readonly words: string;
    readonly isText: boolean;
    readonly files: readonly { readonly name: string; readonly href: string; readonly size: string }[];
    readonly themes: string;
    readonly how: string;
    readonly howWords: string;
    readonly publicText: string;
    readonly reason: string;
    readonly details: string;
    readonly open: boolean;
    readonly typedHow: string;
    readonly typedText: string;
    readonly typedReason: string;
    readonly seen: string;
    readonly quoteId: string;
    readonly draftable: boolean;
  }[];
};
const answerView = view<AnswerModel>('capabilities/have-your-say/pages/reading/answer.njk');

export const personOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(readAnswers);
  return ctx.actor;
};

const howWords: Readonly<Record<Moderated['how'], string>> = {
  'as-it-is': 'Everyone may read it',
  redacted: 'Everyone may read what is left of it',
  withheld: 'Nobody else may read it',
};

const doneWords: Readonly<Record<string, string>> = {
  decided: 'It is decided.',
  quoted: 'The passage is quoted.',
};

const show = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: Typed } = {},
): Promise<Answer> => {
  const round = await roundAsked(request, ctx);
  const answer = await answerAsked(request, ctx, round);
  const problems = more.problems ?? [];
  const moderated = await listModerated(ctx, answer.id);
  const files = await listAnswerFiles(ctx, answer.id);
  const book = await findCodeBook(ctx, round.id);
  const here = readAnswerPath(round.slug, answer.id);
  const answers = [];
  for (const { question } of await askedOf(ctx, round)) {
    const words = answeredWords(question, answer.given, question.kind === 'file' ? [] : files);
    const theirs = files.filter((file) => file.question === question.id);
    if (words === '' && theirs.length === 0) continue;
    const decided = moderated.get(question.id);
    const reading = question.kind === 'text' ? await findReading(ctx, answer.id, question.id, 'first') : null;
    const typed = more.typed?.question === question.id ? more.typed : null;
    answers.push({
      id: question.id,
      title: question.title,
      words: words || `${theirs.length === 1 ? 'One file' : `${theirs.length} files`}, which are never published`,
      isText: question.kind === 'text',
      files: theirs.map((file) => ({ name: file.name, href: `${here}/files/${file.id}`, size: sizeWords(file.size) })),
      themes: reading
        ? reading.themes.map((id) => book?.themes.find((one) => one.id === id)?.name ?? id).join('; ') || 'none fits'
        : '',
      how: decided?.how ?? '',
      howWords: decided ? howWords[decided.how] : 'Not decided yet',
      publicText: decided?.publicText ?? '',
      reason: decided?.reason ?? '',
      details: listed(personalDetails(words)),
      open: typed !== null,
      typedHow: typed?.how ?? decided?.how ?? (personalDetails(words).length > 0 ? 'redacted' : ''),
      typedText: typed?.text ?? (decided?.how === 'redacted' ? decided.publicText : withoutDetails(words)),
      typedReason: typed?.reason ?? decided?.reason ?? '',
      seen: decisionSeen(decided),
      quoteId: randomUUID(),
      draftable: (decided?.publicText.length ?? 0) > 80,
    });
  }
  const title =
    [answer.name, answer.organisation].filter((part) => part !== '').join(', ') || 'An answer without a name';
  return page(
    answerView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      title,
      lead: `${[answer.providerKind, answer.region].filter((part) => part !== '').join(', ') || 'Kind and region were not told'}. Sent on ${longDay(answer.sentAt ?? new Date(0))}, to version ${answer.version} of the questions. ${answer.mayPublish ? 'Its words may be published without name and organisation.' : 'It is counted, and its words may not be published.'}`,
      mayPublish: answer.mayPublish,
      action: here,
      listHref: `${readRoundPath(round.slug)}/answers`,
      themes: book?.themes ?? [],
      answers,
    },
    { title, crumbs: readCrumbs(round), faulty: problems.length > 0, status: problems.length > 0 ? 422 : 200 },
  );
};

export const moderatingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/have-your-say/:round/read/answers/:answer',
    access: readAnswers,
    audit: 'have-your-say.answer',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/read/answers/:answer',
    access: readAnswers,
    audit: 'have-your-say.moderate',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const answer = await answerAsked(request, ctx, round);
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
      const typed: Typed = { question: text('question'), how: text('how'), text: text('text'), reason: text('reason') };
      const how = (['as-it-is', 'redacted', 'withheld'] as const).find((one) => one === typed.how);
      if (!how)
        return show(request, ctx, {
          typed,
          problems: [{ field: `${typed.question}-as-it-is`, text: 'Choose what everyone may read' }],
        });
      const moderated = { how, publicText: typed.text, reason: typed.reason };
      const done = await moderate(ctx, personOf(ctx), round, answer.id, typed.question, moderated, text('seen'));
      if (done.kind === 'ok') return redirect(`${readAnswerPath(round.slug, answer.id)}?done=decided`);
      if (done.refusal === 'no-reason')
        return show(request, ctx, {
          typed,
          problems: [{ field: `${typed.question}-reason`, text: 'Say why something is taken out' }],
        });
      if (done.refusal === 'changed')
        return show(request, ctx, {
          typed,
          problems: [
            {
              field: `${typed.question}-as-it-is`,
              text: 'Somebody decided on this text meanwhile. What you typed is still here: look at theirs, and decide again',
            },
          ],
        });
      throw notFound('There is no such text, or it may not be published.');
    },
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/read/answers/:answer/quote',
    access: readAnswers,
    audit: 'have-your-say.quote',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const answer = await answerAsked(request, ctx, round);
      const { fields } = await request.form();
      const question = fields.get('question') ?? '';
      const quoted = await quote(ctx, round, {
        id: formId(fields),
        answer: answer.id,
        question,
        theme: fields.get('theme') ?? '',
        text: (fields.get('text') ?? '').replaceAll('\r\n', '\n').trim(),
      });
      if (quoted) return redirect(`${readAnswerPath(round.slug, answer.id)}?done=quoted`);
      return show(request, ctx, {
        problems: [{ field: question, text: 'Quote a passage word for word, out of what everyone may read' }],
      });
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/:round/read/answers/:answer/files/:file',
    access: readAnswers,
    audit: 'have-your-say.file',
    handle: async (request, ctx) => {
      const round = await roundAsked(request, ctx);
      const answer = await answerAsked(request, ctx, round);
      const file = (await listAnswerFiles(ctx, answer.id)).find((one) => one.id === request.params.file);
      const kept = file ? await readKeptFile(ctx, file.file) : undefined;
      if (!file || !kept) throw notFound('There is no such file.');
      return { kind: 'file', name: file.name.replaceAll(/[^\w .()-]/g, '_'), type: kept.type, body: kept.bytes };
    },
  },
];
