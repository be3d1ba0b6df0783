import { randomUUID } from 'node:crypto';
import { type Membership, membershipOf, speaksFor } from '#kernel/actor.ts';
import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day } from '#web/words.ts';
import { longestText, topicWords } from '../domain/enquiry.ts';
import { replyState } from '../domain/reply.ts';
import { askPath, replyPath, wantedOnePath, wantedPath } from '../paths.ts';
import { answerEnquiries, replyToWanted } from '../policy.ts';
import { findEnquiry, listWanted } from '../use-cases/enquiries.ts';
import { countReplies, listReplies, reply } from '../use-cases/replies.ts';
import { crumbs } from './crumbs.ts';

type WantedModel = {
  readonly wanted: readonly { readonly question: string; readonly href: string; readonly words: string }[];
  readonly askHref: string;
};
type WantedOneModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly question: string;
  readonly since: string;
  readonly replies: readonly {
    readonly provider: string;
    readonly when: string;
    readonly text: string;
    /** For those who decide on it; empty: others. */
    readonly decideHref: string;
  }[];
  /** Of the provider that the reader speaks for, and not there for others. */
  readonly mine: readonly { readonly when: string; readonly text: string; readonly words: string }[];
  /** The provider whose name an answer is shown with; `null`: the reader speaks for none. */
  readonly provider: { readonly id: string; readonly name: string; readonly one: boolean } | null;
  readonly action: string;
  readonly id: string;
  readonly typed: string;
};

const wantedView = view<WantedModel>('capabilities/have-your-say/pages/hub/wanted.njk');
const wantedOneView = view<WantedOneModel>('capabilities/have-your-say/pages/hub/wanted-one.njk');

const providerOf = ({ actor }: Context): Membership | null => (actor.kind === 'person' ? speaksFor(actor) : null);

const showWanted = async (
  request: PageRequest,
  ctx: Context,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: string; readonly id?: string } = {},
): Promise<Answer> => {
  const one = await findEnquiry(ctx, request.params.enquiry ?? '');
  if (one?.state !== 'open' || one.publicQuestion === null) throw notFound('There is no such question.');
  const problems = more.problems ?? [];
  const provider = providerOf(ctx);
  const mayDecide = isAllowed(ctx.actor, answerEnquiries);
  const replies = await listReplies(ctx, one.id);
  return page(
    wantedOneView,
    {
      problems,
      doneWords: request.query.has('done')
        ? 'Thank you. Your answer is shown to everyone once somebody has read it; you are told by email.'
        : '',
      question: one.publicQuestion,
      since: day(one.decidedAt ?? one.madeAt),
      replies: replies
        .filter((each) => replyState(each) === 'shown')
        .map((each) => ({
          provider: each.provider,
          when: day(each.at),
          text: each.text,
          decideHref: mayDecide ? replyPath(each.id) : '',
        })),
      mine: replies
        .filter((each) => provider?.organisation === each.organisation && replyState(each) !== 'shown')
        .map((each) => ({
          when: day(each.at),
          text: each.text,
          words: each.leftOut === null ? 'Waits to be read' : `Left out: ${each.leftOut}`,
        })),
      provider: provider && {
        id: provider.organisation,
        name: provider.name,
        one:
          ctx.actor.kind === 'person' && ctx.actor.memberships.filter((each) => each.kind === 'provider').length === 1,
      },
      action: wantedOnePath(one.id),
      id: more.id ?? randomUUID(),
      typed: more.typed ?? '',
    },
    {
      title: one.publicQuestion.slice(0, 100),
      crumbs: [...crumbs, { text: 'What providers want to know', href: wantedPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

export const wantedRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: wantedPath,
    access: 'anyone',
    audit: 'have-your-say.wanted',
    handle: async (_request, ctx) => {
      const counts = await countReplies(ctx);
      return page(
        wantedView,
        {
          wanted: (await listWanted(ctx)).map((one) => ({
            question: one.publicQuestion ?? '',
            href: wantedOnePath(one.id),
            words: `${topicWords[one.topic]}, ${counted(counts.get(one.id) ?? 0, 'answer')}`,
          })),
          askHref: `${askPath}?kind=wanted`,
        },
        { title: 'What providers want to know', crumbs },
      );
    },
  },
  {
    method: 'GET',
    path: '/have-your-say/wanted/:enquiry',
    access: 'anyone',
    audit: 'have-your-say.wanted-one',
    handle: (request, ctx) => showWanted(request, ctx),
  },
  {
    method: 'POST',
    path: '/have-your-say/wanted/:enquiry',
    access: replyToWanted,
    audit: 'have-your-say.reply',
    perMinute: 20,
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const text = (fields.get('text') ?? '').replaceAll('\r\n', '\n').trim();
      const id = formId(fields);
      const { actor } = ctx;
      // The provider that the form named, whichever they act for in another tab by now.
      const provider = actor.kind === 'person' ? membershipOf(actor, fields.get('organisation') ?? '') : null;
      const problem =
        text === ''
          ? 'Enter your answer'
          : text.length > longestText
            ? `Use up to ${longestText.toLocaleString('en-GB')} characters`
            : provider === null
              ? 'You do not belong to that provider any more: look which one it is for now, and send it again'
              : '';
      if (problem !== '' || actor.kind !== 'person' || provider === null)
        return showWanted(request, ctx, { problems: [{ field: 'text', text: problem }], typed: text, id });
      if (!(await reply(ctx, actor, provider, request.params.enquiry ?? '', id, text)))
        throw notFound('There is no such question.');
      return redirect(`${wantedOnePath(request.params.enquiry ?? '')}?done=yes`);
    },
  },
];
