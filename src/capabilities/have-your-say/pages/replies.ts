import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { replyState, replyStateWords } from '../domain/reply.ts';
import { inboxPath, replyPath, wantedOnePath } from '../paths.ts';
import { answerEnquiries } from '../policy.ts';
import { findEnquiry } from '../use-cases/enquiries.ts';
import { decideOnReply, findReply, type ReplyRefusal } from '../use-cases/replies.ts';
import { crumbs } from './crumbs.ts';
import { personOf } from './inbox.ts';

type Model = {
  readonly problems: readonly FormProblem[];
  readonly provider: string;
  readonly when: string;
  readonly question: string;
  readonly questionHref: string;
  readonly text: string;
  readonly state: string;
  readonly reason: string;
  readonly action: string;
  /** When it was decided last, in milliseconds; empty: not yet. */
  readonly seen: string;
  readonly typed: { readonly how: string; readonly reason: string };
};

const replyView = view<Model>('capabilities/have-your-say/pages/inbox/reply.njk');

/** Characters of a reason. */
const longestReason = 1000;

const refusalWords: Readonly<Record<ReplyRefusal, string>> = {
  unknown: 'It is not here any more',
  changed: 'Somebody else decided on it meanwhile. It stands so now',
  'needs-second-person': 'It is your own provider’s: this instance wants someone else to decide',
  'others-can': 'It is your own provider’s, and there are others who can decide',
};

const show = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: Model['typed'] } = {},
): Promise<Answer> => {
  const one = await findReply(ctx, request.params.reply ?? '');
  if (!one) throw notFound('There is no such answer.');
  const enquiry = await findEnquiry(ctx, one.enquiry);
  const problems = more.problems ?? [];
  return page(
    replyView,
    {
      problems,
      provider: one.provider,
      when: day(one.at),
      question: enquiry?.publicQuestion ?? '',
      questionHref: wantedOnePath(one.enquiry),
      text: one.text,
      state: replyStateWords[replyState(one)],
      reason: one.leftOut ?? '',
      action: replyPath(one.id),
      seen: one.decidedAt === null ? '' : String(one.decidedAt.getTime()),
      typed: more.typed ?? { how: '', reason: one.leftOut ?? '' },
    },
    {
      title: `An answer of ${one.provider}`,
      crumbs: [...crumbs, { text: 'Inbox', href: inboxPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

/** Reading what providers answer to each other’s questions, before everyone does, and taking it out later. */
export const replyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/have-your-say/inbox/replies/:reply',
    access: answerEnquiries,
    audit: 'have-your-say.reply-to-read',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: '/have-your-say/inbox/replies/:reply',
    access: answerEnquiries,
    audit: 'have-your-say.decide-on-reply',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const how = fields.get('how') ?? '';
      const reason = (fields.get('reason') ?? '').replaceAll('\r\n', '\n').trim();
      const typed = { how, reason };
      const problems: FormProblem[] = [
        ...(how === 'show' || how === 'leave-out' ? [] : [{ field: 'how', text: 'Choose what to do' }]),
        ...(how === 'leave-out' && reason === '' ? [{ field: 'reason', text: 'Say why, for whoever wrote it' }] : []),
        ...(reason.length > longestReason
          ? [{ field: 'reason', text: `Use up to ${longestReason.toLocaleString('en-GB')} characters` }]
          : []),
      ];
      if (problems.length > 0) return show(request, ctx, { problems, typed });
      const time = Number(fields.get('seen'));
      const seen = time > 0 ? new Date(time) : null;
      const leftOut = how === 'leave-out' ? reason : null;
      const done = await decideOnReply(ctx, personOf(ctx), request.params.reply ?? '', seen, leftOut);
      if (done.kind === 'refused')
        return show(request, ctx, { typed, problems: [{ field: '', text: refusalWords[done.refusal] }] });
      return redirect(`${inboxPath}?done=reply`);
    },
  },
];
