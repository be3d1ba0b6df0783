import { randomUUID } from 'node:crypto';
import { londonDay } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { readKeptFile } from '#platform/files/kept-file.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { answerWorkingDays, otherFormats } from '../domain/format-request.ts';
import { formatRequestsPath, guidePagePath, otherFormatPath } from '../paths.ts';
import { edit } from '../policy.ts';
import { answerRequest, askForFormat, formatRequests, madeOnRequest } from '../use-cases/other-formats.ts';
import { editorOf } from './editor.ts';
import { crumbs, pageAsked } from './show-page.ts';

type AskModel = {
  readonly problems: readonly FormProblem[];
  readonly action: string;
  readonly title: string;
  readonly id: string;
  readonly formats: readonly string[];
  readonly wanted: string;
  readonly details: string;
  readonly address: string;
  readonly days: number;
  /** Day of the answer, once it was asked for; empty before. */
  readonly due: string;
  readonly pageHref: string;
};
type InboxModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly waiting: readonly Waiting[];
  readonly answered: readonly { readonly words: string; readonly answer: string }[];
};
type Waiting = {
  readonly id: string;
  readonly pageTitle: string;
  readonly href: string;
  readonly wanted: string;
  readonly details: string;
  readonly asked: string;
  readonly due: string;
  readonly late: boolean;
  readonly action: string;
  readonly typed: string;
};

const askView = view<AskModel>('capabilities/guidance/pages/other-formats/ask.njk');
const inboxView = view<InboxModel>('capabilities/guidance/pages/other-formats/inbox.njk');

/** Characters of what someone writes to us here. */
const longestText = 5000;

const showAsk = async (
  request: PageRequest,
  ctx: Context,
  more: Partial<Pick<AskModel, 'problems' | 'id' | 'wanted' | 'details' | 'address' | 'due'>> = {},
): Promise<Answer> => {
  const guide = await pageAsked(request, ctx);
  const problems = more.problems ?? [];
  const title = more.due ? 'We have your request' : 'Ask for another format';
  return page(
    askView,
    {
      problems,
      action: otherFormatPath(guide.id),
      title: guide.current.title,
      id: more.id ?? randomUUID(),
      formats: otherFormats,
      wanted: more.wanted ?? '',
      details: more.details ?? '',
      address: more.address ?? '',
      days: answerWorkingDays,
      due: more.due ? day(more.due) : '',
      pageHref: guidePagePath(guide.id),
    },
    {
      title,
      crumbs: [...crumbs, { text: guide.current.title, href: guidePagePath(guide.id) }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const ask: Route['handle'] = async (request, ctx) => {
  const { fields } = await request.form();
  const guide = await pageAsked(request, ctx);
  const typed = {
    id: /^[0-9a-f-]{36}$/.test(fields.get('id') ?? '') ? (fields.get('id') ?? '') : randomUUID(),
    wanted: fields.get('wanted') ?? '',
    details: (fields.get('details') ?? '').trim(),
    address: fields.get('address') ?? '',
  };
  const address = readAddress(typed.address);
  const problems: FormProblem[] = [
    ...((otherFormats as readonly string[]).includes(typed.wanted)
      ? []
      : [{ field: 'wanted-1', text: 'Choose what would help' }]),
    ...(typed.wanted === 'Something else' && typed.details === ''
      ? [{ field: 'details', text: 'Say what would help' }]
      : []),
    ...(typed.details.length > longestText ? [{ field: 'details', text: `Use up to ${longestText} characters` }] : []),
    ...(address === null ? [{ field: 'address', text: 'Enter an email address, such as name@college.ac.uk' }] : []),
  ];
  if (problems.length > 0 || address === null) return showAsk(request, ctx, { ...typed, problems });
  const due = await askForFormat(ctx, { ...typed, address, page: guide.id });
  return showAsk(request, ctx, { due });
};

const showInbox = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problem?: FormProblem; readonly id?: string; readonly typed?: string } = {},
): Promise<Answer> => {
  const all = await formatRequests(ctx);
  const today = londonDay(ctx.clock());
  return page(
    inboxView,
    {
      problems: more.problem ? [more.problem] : [],
      doneWords: request.query.get('done') === 'answered' ? 'The answer is on its way.' : '',
      waiting: all
        .filter((one) => one.answeredAt === null)
        .map((one) => ({
          id: one.id,
          pageTitle: one.pageTitle,
          href: guidePagePath(one.page),
          wanted: one.wanted,
          details: one.details,
          asked: day(one.madeAt),
          due: day(one.due),
          late: one.due < today,
          action: `${formatRequestsPath}/${one.id}/answer`,
          typed: one.id === more.id ? (more.typed ?? '') : '',
        })),
      answered: all
        .filter((one) => one.answeredAt !== null)
        .map((one) => ({
          words: `${one.pageTitle}: ${one.wanted}, asked on ${day(one.madeAt)}, answered on ${day(one.answeredAt ?? one.madeAt)}`,
          answer: one.answer ?? '',
        })),
    },
    {
      title: 'Format requests',
      crumbs,
      faulty: more.problem !== undefined,
      status: more.problem ? 422 : 200,
    },
  );
};

const answer: Route['handle'] = async (request, ctx) => {
  const { fields, files } = await request.form();
  const id = request.params.id ?? '';
  const words = (fields.get('words') ?? '').trim();
  const wrong = (field: string, text: string) =>
    showInbox(request, ctx, { problem: { field: `${field}-${id}`, text }, id, typed: words });
  if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound();
  if (words === '') return wrong('words', 'Write the answer');
  const sent = files.find((one) => one.field === 'file');
  const done = await answerRequest(ctx, editorOf(ctx), id, words, sent ?? null);
  return done.kind === 'ok' ? redirect(`${formatRequestsPath}?done=answered`) : wrong('file', done.refusal);
};

const sendMade: Route['handle'] = async (request, ctx) => {
  const guide = await pageAsked(request, ctx);
  const made = (await madeOnRequest(ctx, guide.id)).find((one) => one.id === request.params.id);
  const file = made ? await readKeptFile(ctx, made.file) : undefined;
  if (!made || !file) throw notFound('There is no such file.');
  return {
    kind: 'file',
    name: `${guide.id}-${made.wanted.toLowerCase().replaceAll(' ', '-')}.${made.ending}`,
    type: file.type,
    body: file.bytes,
  };
};

export const otherFormatRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/guidance/:page/another-format',
    access: 'anyone',
    audit: 'guidance.format-form',
    handle: (request, ctx) => showAsk(request, ctx),
  },
  {
    method: 'POST',
    path: '/guidance/:page/another-format',
    access: 'anyone',
    audit: 'guidance.ask-for-format',
    perMinute: 5,
    handle: ask,
  },
  {
    method: 'GET',
    path: '/guidance/:page/made/:id',
    access: 'anyone',
    audit: 'guidance.made-format',
    handle: sendMade,
  },
  {
    method: 'GET',
    path: formatRequestsPath,
    access: edit,
    audit: 'guidance.format-requests',
    handle: (request, ctx) => showInbox(request, ctx),
  },
  {
    method: 'POST',
    path: `${formatRequestsPath}/:id/answer`,
    access: edit,
    audit: 'guidance.answer-format-request',
    handle: answer,
  },
];
