import type { Standing } from '#kernel/actor.ts';
import { signedIn } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { organisationPath, organisationsPath } from '../../paths.ts';
import { leadOrganisation } from '../../policy.ts';
import { seeOrganisation } from '../../use-cases/find-organisations.ts';
import { invite, withdrawInvitation } from '../../use-cases/invitations.ts';
import { askToJoin, changeStanding, decideJoin, endMembership } from '../../use-cases/organisations.ts';
import { organisationFacts } from '../organisations/page.ts';
import { demandPerson } from '../signed-in.ts';

type Typed = { readonly address: string; readonly standing: Standing; readonly words: string };

type Model = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly path: string;
  readonly name: string;
  readonly fictional: boolean;
  readonly facts: readonly string[];
  readonly source: string;
  readonly requests: readonly {
    readonly id: string;
    readonly name: string;
    readonly address: string;
    readonly words: string;
    readonly when: string;
  }[];
  readonly members:
    | readonly {
        readonly person: string;
        readonly name: string;
        readonly address: string;
        readonly standing: Standing;
        readonly issuer: string;
      }[]
    | null;
  readonly invitations: readonly {
    readonly id: string;
    readonly address: string;
    readonly standing: string;
    readonly until: string;
  }[];
  readonly leads: boolean;
  readonly belongs: boolean;
  readonly asked: boolean;
  readonly typedAddress: string;
  readonly typedStanding: Standing;
  readonly typedWords: string;
};

const organisationView = view<Model>('capabilities/accounts/pages/organisation/page.njk');

const doneWords: Readonly<Record<string, string>> = {
  invited: 'The invitation is on its way.',
  withdrawn: 'The invitation was withdrawn.',
  'let-in': 'They now belong to the organisation, and have been told.',
  declined: 'Their request was declined, and they have been told.',
  standing: 'Their standing was changed.',
  removed: 'They no longer belong to the organisation.',
  asked: 'Your request was sent.',
  decided: 'Somebody had decided that already.',
};

const nothingTyped: Typed = { address: '', standing: 'member', words: '' };
const longestWords = 500;

const show = async (
  request: PageRequest,
  ctx: Context,
  problems: readonly FormProblem[] = [],
  typed: Typed = nothingTyped,
): Promise<Answer> => {
  const seen = await seeOrganisation(ctx, demandPerson(ctx), request.params.organisation ?? '');
  if (!seen) throw notFound('There is no organisation at this address.');
  const { organisation } = seen;
  return page(
    organisationView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      path: organisationPath(organisation.id),
      name: organisation.name,
      fictional: organisation.fictional,
      facts: organisationFacts(organisation),
      source: organisation.source,
      requests: seen.requests.map((one) => ({ ...one, when: day(one.madeAt) })),
      members:
        seen.members?.map((one) => ({
          person: one.person,
          name: one.name,
          address: one.address ?? '',
          standing: one.standing,
          issuer: one.issuer ? (ctx.issuers.find((issuer) => issuer.id === one.issuer)?.name ?? one.issuer) : '',
        })) ?? null,
      invitations: seen.invitations.map((one) => ({
        id: one.id,
        address: one.address ?? '',
        standing: one.to.kind === 'organisation' ? one.to.standing : '',
        until: day(one.expiresAt),
      })),
      leads: seen.leads,
      belongs: seen.belongs,
      asked: seen.asked,
      typedAddress: typed.address,
      typedStanding: typed.standing,
      typedWords: typed.words,
    },
    {
      title: organisation.name,
      crumbs: [
        { text: 'Start', href: '/' },
        { text: 'Organisations', href: organisationsPath },
      ],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const own = (request: PageRequest): string => request.params.organisation ?? '';
const doneAt = (request: PageRequest, key: string): Answer => redirect(`${organisationPath(own(request))}?done=${key}`);
const address = '/organisations/:organisation';

export const organisationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: address,
    access: signedIn,
    audit: 'accounts.organisation',
    handle: (request, ctx) => show(request, ctx),
  },
  {
    method: 'POST',
    path: `${address}/ask`,
    access: signedIn,
    audit: 'accounts.ask-to-join',
    perMinute: 10,
    handle: async (request, ctx) => {
      const words = ((await request.form()).fields.get('words') ?? '').trim();
      if (words.length > longestWords)
        return show(request, ctx, [{ field: 'words', text: `Use up to ${longestWords} characters` }], {
          ...nothingTyped,
          words,
        });
      const answer = await askToJoin(ctx, demandPerson(ctx), own(request), words);
      if (answer.kind === 'refused' && answer.refusal === 'unknown') throw notFound();
      return doneAt(request, 'asked');
    },
  },
  {
    method: 'POST',
    path: `${address}/requests`,
    access: leadOrganisation,
    audit: 'accounts.decide-join',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const letIn = fields.get('decision') === 'let-in';
      const done = await decideJoin(ctx, own(request), fields.get('request') ?? '', letIn);
      return doneAt(request, done ? (letIn ? 'let-in' : 'declined') : 'decided');
    },
  },
  {
    method: 'POST',
    path: `${address}/members`,
    access: leadOrganisation,
    audit: 'accounts.change-member',
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const person = fields.get('person') ?? '';
      const act = fields.get('act');
      const answer =
        act === 'remove'
          ? await endMembership(ctx, own(request), person)
          : await changeStanding(ctx, own(request), person, act === 'make-lead' ? 'lead' : 'member');
      if (answer.kind === 'refused')
        return show(request, ctx, [
          {
            field: 'members',
            text:
              answer.refusal === 'last-lead'
                ? 'They are the only lead. Make someone else a lead first'
                : 'They no longer belong to the organisation',
          },
        ]);
      return doneAt(request, act === 'remove' ? 'removed' : 'standing');
    },
  },
  {
    method: 'POST',
    path: `${address}/invitations`,
    access: leadOrganisation,
    audit: 'accounts.invite-member',
    perMinute: 30,
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = fields.get('address') ?? '';
      const standing: Standing = fields.get('standing') === 'lead' ? 'lead' : 'member';
      const to = readAddress(typed);
      if (to === null)
        return show(
          request,
          ctx,
          [
            {
              field: 'address',
              text:
                typed.trim() === '' ? 'Enter an email address' : 'Enter an email address such as name@college.ac.uk',
            },
          ],
          { ...nothingTyped, address: typed, standing },
        );
      await invite(ctx, to, { kind: 'organisation', organisation: own(request), standing });
      return doneAt(request, 'invited');
    },
  },
  {
    method: 'POST',
    path: `${address}/invitations/withdraw`,
    access: leadOrganisation,
    audit: 'accounts.withdraw-invitation',
    handle: async (request, ctx) => {
      await withdrawInvitation(ctx, (await request.form()).fields.get('invitation') ?? '', own(request));
      return doneAt(request, 'withdrawn');
    },
  },
  {
    method: 'POST',
    path: `${address}/leave`,
    access: signedIn,
    audit: 'accounts.leave-organisation',
    handle: async (request, ctx) => {
      const answer = await endMembership(ctx, own(request), demandPerson(ctx).id);
      if (answer.kind === 'refused' && answer.refusal === 'last-lead')
        return show(request, ctx, [
          { field: 'members', text: 'You are the only lead. Make someone else a lead first' },
        ]);
      return redirect('/account?done=left');
    },
  },
];
