import type { Person } from '#kernel/actor.ts';
import { londonDay } from '#kernel/london-time.ts';
import { NotAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day, longDay } from '#web/words.ts';
import { type Enquiry, enquiryStateWords, referenceOf, topicWords } from '../domain/enquiry.ts';
import { inboxOnePath, inboxPath, replyPath } from '../paths.ts';
import { answerEnquiries } from '../policy.ts';
import {
  findEnquiry,
  giveTo,
  listNew,
  listSettled,
  possibleOwners,
  type Settled,
  settle,
} from '../use-cases/enquiries.ts';
import { listUnread } from '../use-cases/replies.ts';
import { crumbs } from './crumbs.ts';

type Line = { readonly text: string; readonly href: string; readonly words: string; readonly late: boolean };
type InboxModel = {
  readonly doneWords: string;
  readonly waiting: readonly Line[];
  /** What providers answer to each other’s questions, and nobody has read. */
  readonly replies: readonly Line[];
  readonly settled: readonly Line[];
};
type OneModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly kind: string;
  readonly wanted: boolean;
  readonly open: boolean;
  readonly state: string;
  readonly topic: string;
  readonly text: string;
  readonly due: string;
  readonly hasAddress: boolean;
  readonly answered: string;
  readonly owners: readonly { readonly value: string; readonly text: string; readonly chosen: boolean }[];
  readonly action: string;
  readonly typed: {
    readonly how: string;
    readonly answer: string;
    readonly question: string;
    readonly page: string;
  };
};

const inboxView = view<InboxModel>('capabilities/have-your-say/pages/inbox/page.njk');
const oneView = view<OneModel>('capabilities/have-your-say/pages/inbox/one.njk');

export const personOf = (ctx: Context): Person => {
  if (ctx.actor.kind !== 'person') throw new NotAllowed(answerEnquiries);
  return ctx.actor;
};

/** Letters of a question that a list shows. */
const shownLetters = 120;

const show = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: OneModel['typed'] } = {},
): Promise<Answer> => {
  const one = await findEnquiry(ctx, request.params.enquiry ?? '');
  if (!one) throw notFound('There is no such enquiry.');
  const problems = more.problems ?? [];
  const title = one.kind === 'wanted' ? 'To other providers' : topicWords[one.topic];
  return page(
    oneView,
    {
      problems,
      doneWords: request.query.has('done') ? 'It is given.' : '',
      kind: title,
      wanted: one.kind === 'wanted',
      open: one.state === 'new',
      state: enquiryStateWords[one.state],
      topic: topicWords[one.topic],
      text: one.text,
      due: day(one.due),
      hasAddress: one.address !== null || one.person !== null,
      answered: one.answer ?? '',
      owners: [
        { value: '', text: 'Nobody yet', chosen: one.owner === null },
        ...(await possibleOwners(ctx)).map((each) => ({
          value: each.id,
          text: each.name,
          chosen: each.id === one.owner,
        })),
      ],
      action: inboxOnePath(one.id),
      typed: more.typed ?? { how: '', answer: '', question: '', page: '' },
    },
    {
      title,
      crumbs: [...crumbs, { text: 'Inbox', href: inboxPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const doneWords: Readonly<Record<string, string>> = {
  told: 'It is settled, and whoever asked is told.',
  reply: 'It is decided, and whoever wrote it is told.',
  settled: 'It is settled. Nobody left an address, so nobody is told.',
};

/** Settled ones that the inbox shows: the latest. */
const mostSettled = 50;

const startOf = (text: string): string => (text.length > shownLetters ? `${text.slice(0, shownLetters)}…` : text);

const lineOf = (one: Enquiry) => ({
  text: one.text === '' ? 'Its words were deleted a year after it was settled' : startOf(one.text),
  href: inboxOnePath(one.id),
});

export const inboxRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: inboxPath,
    access: answerEnquiries,
    audit: 'have-your-say.inbox',
    handle: async (request, ctx) => {
      const owners = new Map((await possibleOwners(ctx)).map((one) => [one.id, one.name]));
      const today = londonDay(ctx.clock());
      return page(
        inboxView,
        {
          doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
          waiting: (await listNew(ctx)).map((one) => ({
            ...lineOf(one),
            words: `${referenceOf(one.id)}. ${one.kind === 'wanted' ? 'To other providers' : topicWords[one.topic]}, by ${day(one.due)}, ${one.owner ? (owners.get(one.owner) ?? 'someone who has left') : 'nobody’s yet'}`,
            late: one.due < today,
          })),
          replies: (await listUnread(ctx)).map((one) => ({
            text: startOf(one.text),
            href: replyPath(one.id),
            words: `${one.provider}, ${day(one.at)}`,
            late: false,
          })),
          settled: (await listSettled(ctx, mostSettled)).map((one) => ({
            ...lineOf(one),
            words: `${referenceOf(one.id)}. ${enquiryStateWords[one.state]}${one.decidedAt ? `, ${longDay(one.decidedAt)}` : ''}`,
            late: false,
          })),
        },
        { title: 'Inbox of enquiries', crumbs },
      );
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/inbox/:enquiry',
    access: answerEnquiries,
    audit: 'have-your-say.enquiry',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: '/have-your-say/inbox/:enquiry',
    access: answerEnquiries,
    audit: 'have-your-say.settle',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const text = (name: string) => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
      const typed = { how: text('how'), answer: text('answer'), question: text('question'), page: text('page') };
      const problems: FormProblem[] = [
        ...(['answer', 'publish', 'wanted', 'decline'].includes(typed.how)
          ? []
          : [{ field: 'how-answer', text: 'Choose what to do' }]),
        ...(typed.how !== 'wanted' && typed.answer === ''
          ? [{ field: 'answer', text: 'Enter what is sent to whoever asked' }]
          : []),
        ...((typed.how === 'publish' || typed.how === 'wanted') && typed.question === ''
          ? [{ field: 'question', text: 'Put the question in words that name nobody' }]
          : []),
        ...(typed.page === '' || /^\/(?!\/)\S*$/.test(typed.page)
          ? []
          : [{ field: 'page', text: 'Enter an address on this site, such as /guidance/funding' }]),
      ];
      if (problems.length > 0) return show(request, ctx, { problems, typed });
      const settled: Settled =
        typed.how === 'wanted'
          ? { kind: 'publish-wanted', question: typed.question }
          : typed.how === 'decline'
            ? { kind: 'decline', reason: typed.answer }
            : {
                kind: 'answer',
                answer: typed.answer,
                publicQuestion: typed.how === 'publish' ? typed.question : null,
                page: typed.page,
              };
      const done = await settle(ctx, personOf(ctx), request.params.enquiry ?? '', settled);
      if (done.kind === 'refused')
        return show(request, ctx, {
          typed,
          problems: [{ field: '', text: 'Somebody else settled it meanwhile. What you typed is still in the form' }],
        });
      return redirect(`${inboxPath}?done=${done.value ? 'told' : 'settled'}`);
    },
  },
  {
    method: 'POST',
    path: '/have-your-say/inbox/:enquiry/owner',
    access: answerEnquiries,
    audit: 'have-your-say.give',
    handle: async (request, ctx) => {
      const owner = (await request.form()).fields.get('owner') ?? '';
      const known = (await possibleOwners(ctx)).find((one) => one.id === owner)?.id ?? null;
      if (!(await giveTo(ctx, request.params.enquiry ?? '', known))) throw notFound('There is no such enquiry.');
      return redirect(`${inboxOnePath(request.params.enquiry ?? '')}?done=yes`);
    },
  },
];
