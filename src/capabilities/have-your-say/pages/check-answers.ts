import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import type { AnswerFile } from '../domain/answer.ts';
import { askedSections } from '../domain/questionnaire.ts';
import { confirmAnswerPath, roundPath, writtenPath, writtenStepPath } from '../paths.ts';
import { confirmAnswer, isConfirmable } from '../use-cases/answer-round.ts';
import { crumbs } from './crumbs.ts';
import { aboutStep, type Opened, type ReturnModel, returnModel } from './opened-answer.ts';
import { answeredWords } from './question-model.ts';
import { publicRoundAsked } from './round-asked.ts';

type CheckModel = ReturnModel & {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly round: string;
  readonly roundHref: string;
  readonly title: string;
  readonly lead: string;
  readonly writing: boolean;
  readonly action: string;
  readonly sections: readonly {
    readonly title: string;
    readonly href: string;
    readonly answers: readonly { readonly title: string; readonly words: string }[];
  }[];
  readonly drafts: readonly { readonly title: string; readonly text: string }[];
};
const checkView = view<CheckModel>('capabilities/have-your-say/pages/answering/check.njk');
const confirmView = view<{
  readonly problems: readonly FormProblem[];
  readonly title: string;
  readonly words: string;
  readonly action: string;
  readonly round: string;
  readonly roundHref: string;
}>('capabilities/have-your-say/pages/answering/confirm.njk');

/** Letters from which on a text is enough to begin an example with. */
const enoughForExample = 80;

/** Everything on one page: to be sent, or as it was sent. */
export const showChecked = (
  ctx: Context,
  one: Opened,
  files: readonly AnswerFile[],
  writing: boolean,
  doneWords: string,
  problems: readonly FormProblem[] = [],
): Answer => {
  const { answer, questions } = one.written;
  const { round, token } = one;
  const asked = askedSections(questions, answer.given);
  const late = answer.state === 'draft' && !writing;
  const title = writing
    ? 'Check your answers'
    : late
      ? 'The round is closed'
      : answer.state === 'sent'
        ? 'Your answer is sent'
        : 'Your answer waits for you to confirm it';
  const href = (step: string): string => (writing ? writtenStepPath(round.slug, token, step) : '');
  return page(
    checkView,
    {
      ...returnModel(ctx, round, token),
      problems,
      doneWords,
      round: round.title,
      roundHref: roundPath(round.slug),
      title,
      lead: late
        ? 'It closed before your answer was sent, so it does not count. What you had saved is still below.'
        : answer.state === 'unconfirmed'
          ? 'We have mailed you a link. Use it, and your answer counts.'
          : answer.state === 'sent'
            ? 'It cannot be changed any more. This address keeps showing it.'
            : '',
      writing,
      action: writtenPath(round.slug, token),
      sections: [
        ...asked.map((section) => ({
          title: section.title,
          href: href(section.id),
          answers: section.questions.map((each) => ({
            title: each.title,
            words: answeredWords(each, answer.given, files),
          })),
        })),
        {
          title: 'About you',
          href: href(aboutStep),
          answers: [
            { title: 'Name', words: answer.name },
            { title: 'Organisation', words: answer.organisation },
            { title: 'What you are', words: answer.providerKind },
            { title: 'Region', words: answer.region },
            { title: 'Email address', words: answer.address ?? '' },
            {
              title: 'May we publish what you say?',
              words: answer.mayPublish ? 'Yes' : 'No: nobody but those who read the answers sees it',
            },
          ],
        },
      ],
      drafts: asked.flatMap((section) =>
        section.questions.flatMap((each) => {
          const text = answer.given[each.id];
          return each.kind === 'text' && typeof text === 'string' && text.length >= enoughForExample
            ? [{ title: each.title, text }]
            : [];
        }),
      ),
    },
    {
      title,
      crumbs: [...crumbs, { text: round.title, href: roundPath(round.slug) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const confirmRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/have-your-say/:round/confirm/:token',
    access: 'anyone',
    audit: 'have-your-say.confirm-form',
    perMinute: 60,
    handle: async (request, ctx) => {
      const round = await publicRoundAsked(request, ctx);
      const token = request.params.token ?? '';
      const there = await isConfirmable(ctx, round, token);
      const done = request.query.has('done');
      const title = done
        ? 'Your answer counts'
        : there
          ? 'Is this answer from you?'
          : 'There is nothing to confirm here';
      return page(
        confirmView,
        {
          problems: request.query.has('before')
            ? [{ field: '', text: 'An answer with this address was there already, so this one does not count' }]
            : [],
          title,
          words: done
            ? 'Thank you. You are told what came of it.'
            : there
              ? `An answer to “${round.title}” was sent with your address.`
              : 'The link was used already, or it is older than 30 days.',
          action: there && !done ? confirmAnswerPath(round.slug, token) : '',
          round: round.title,
          roundHref: roundPath(round.slug),
        },
        { title, crumbs: [...crumbs, { text: round.title, href: roundPath(round.slug) }] },
      );
    },
  },
  {
    method: 'POST',
    path: '/have-your-say/:round/confirm/:token',
    access: 'anyone',
    audit: 'have-your-say.confirm',
    perMinute: 30,
    handle: async (request, ctx) => {
      const round = await publicRoundAsked(request, ctx);
      const token = request.params.token ?? '';
      const confirmed = await confirmAnswer(ctx, round, token);
      const how = confirmed.kind === 'ok' ? '?done=yes' : confirmed.refusal === 'answered-before' ? '?before=yes' : '';
      return redirect(`${confirmAnswerPath(round.slug, token)}${how}`);
    },
  },
];
