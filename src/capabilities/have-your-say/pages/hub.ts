import { randomUUID } from 'node:crypto';
import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { answerDays, type EnquiryKind, longestText, topics, topicWords } from '../domain/enquiry.ts';
import { answersPath, askPath, hubPath, roundsDeskPath, wantedPath } from '../paths.ts';
import { manageRounds } from '../policy.ts';
import { ask, listAnswers } from '../use-cases/enquiries.ts';
import { crumbs } from './crumbs.ts';
import { publicRounds } from './rounds.ts';

type AskModel = {
  readonly problems: readonly FormProblem[];
  readonly kind: EnquiryKind;
  readonly heading: string;
  readonly lead: string;
  readonly id: string;
  readonly topics: readonly { readonly value: string; readonly text: string }[];
  readonly typed: { readonly topic: string; readonly text: string; readonly address: string };
  readonly needsAddress: boolean;
  readonly action: string;
};
const folder = 'capabilities/have-your-say/pages/hub';
const hubView = view<{
  readonly wantedHref: string;
  readonly wantHref: string;
  readonly askHref: string;
  readonly answersHref: string;
  readonly days: number;
  readonly rounds: Awaited<ReturnType<typeof publicRounds>>;
  readonly deskHref: string;
}>(`${folder}/page.njk`);
const askView = view<AskModel>(`${folder}/ask.njk`);
const sentView = view<{ readonly words: string }>(`${folder}/sent.njk`);
const answersView = view<{
  readonly answers: readonly {
    readonly id: string;
    readonly question: string;
    readonly answer: string;
    readonly words: string;
    readonly page: string;
  }[];
}>(`${folder}/answers.njk`);

const kindOf = (text: string | null): EnquiryKind => (text === 'wanted' ? 'wanted' : 'enquiry');
const showAsk = (
  ctx: Context,
  kind: EnquiryKind,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: AskModel['typed']; readonly id?: string } = {},
): Answer => {
  const problems = more.problems ?? [];
  const heading = kind === 'wanted' ? 'Ask other providers' : 'Ask a question';
  return page(
    askView,
    {
      problems,
      kind,
      heading,
      lead:
        kind === 'wanted'
          ? 'Somebody reads it first, and puts it on the list without your name. Providers answer there for all to read.'
          : `You have an answer within ${answerDays} days. Where it helps others too, it is published without your name.`,
      id: more.id ?? randomUUID(),
      topics: topics.map((value) => ({ value, text: topicWords[value] })),
      typed: more.typed ?? { topic: '', text: '', address: '' },
      needsAddress: ctx.actor.kind !== 'person',
      action: askPath,
    },
    { title: heading, crumbs, faulty: problems.length > 0, status: problems.length > 0 ? 422 : 200 },
  );
};

export const hubRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: hubPath,
    access: 'anyone',
    audit: 'have-your-say.hub',
    handle: async (_request, ctx) =>
      page(
        hubView,
        {
          rounds: await publicRounds(ctx),
          deskHref: isAllowed(ctx.actor, manageRounds) ? roundsDeskPath : '',
          wantedHref: wantedPath,
          wantHref: `${askPath}?kind=wanted`,
          askHref: askPath,
          answersHref: answersPath,
          days: answerDays,
        },
        {
          title: 'Have your say',
          crumbs: [{ text: 'Start', href: '/' }],
          description: 'Rounds of questions with their results, and five questions without an end.',
        },
      ),
  },
  {
    method: 'GET',
    path: askPath,
    access: 'anyone',
    audit: 'have-your-say.ask-form',
    handle: (request, ctx) => showAsk(ctx, kindOf(request.query.get('kind'))),
  },
  {
    method: 'POST',
    path: askPath,
    access: 'anyone',
    audit: 'have-your-say.ask',
    perMinute: 20,
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const kind = kindOf(fields.get('kind'));
      const id = formId(fields);
      const typed = {
        topic: fields.get('topic') ?? '',
        text: (fields.get('text') ?? '').replaceAll('\r\n', '\n').trim(),
        address: (fields.get('address') ?? '').trim(),
      };
      const topic = topics.find((one) => one === typed.topic);
      const address = ctx.actor.kind === 'person' ? null : typed.address === '' ? null : readAddress(typed.address);
      const problems: FormProblem[] = [
        ...(topic ? [] : [{ field: 'topic', text: 'Choose what it is about' }]),
        ...(typed.text === '' ? [{ field: 'text', text: 'Enter your question' }] : []),
        ...(typed.text.length > longestText
          ? [{ field: 'text', text: `Use up to ${longestText.toLocaleString('en-GB')} characters` }]
          : []),
        ...(ctx.actor.kind !== 'person' && address === null && (typed.address !== '' || kind === 'enquiry')
          ? [{ field: 'address', text: 'Enter an email address such as name@college.ac.uk' }]
          : []),
      ];
      if (problems.length > 0 || !topic) return showAsk(ctx, kind, { problems, typed, id });
      await ask(ctx, id, { kind, topic, text: typed.text, address });
      return redirect(`${askPath}/sent?kind=${kind}`);
    },
  },
  {
    method: 'GET',
    path: `${askPath}/sent`,
    access: 'anyone',
    audit: 'have-your-say.sent',
    handle: (request) =>
      page(
        sentView,
        {
          words:
            kindOf(request.query.get('kind')) === 'wanted'
              ? 'Somebody reads your question and puts it before other providers.'
              : `You have an answer by email within ${answerDays} days.`,
        },
        { title: 'It is sent', crumbs },
      ),
  },
  {
    method: 'GET',
    path: answersPath,
    access: 'anyone',
    audit: 'have-your-say.answers',
    handle: async (_request, ctx) =>
      page(
        answersView,
        {
          answers: (await listAnswers(ctx)).map((one) => ({
            id: one.id,
            question: one.publicQuestion ?? '',
            answer: one.publicAnswer ?? '',
            words: `${topicWords[one.topic]}, ${day(one.decidedAt ?? one.madeAt)}`,
            page: one.page,
          })),
        },
        { title: 'Answers for all', crumbs },
      ),
  },
];
