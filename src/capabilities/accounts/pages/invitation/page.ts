import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { acceptPath, invitationPath, organisationPath, pattern, signInPath } from '../../paths.ts';
import { type Accepted, acceptInvitation, lookAtInvitation } from '../../use-cases/invitations.ts';
import { sessionCookieOf } from '../sign-in/page.ts';

type Model = {
  /** Completes "You are invited to …"; empty when it cannot be accepted. */
  readonly words: string;
  readonly refusal: string;
  readonly address: string;
  readonly mustSignIn: boolean;
  readonly signInHref: string;
  readonly action: string;
};

const invitationView = view<Model>('capabilities/accounts/pages/invitation/page.njk');

const refusalWords: Readonly<Record<Exclude<Accepted['kind'], 'accepted' | 'sign-in-first'>, string>> = {
  unknown: 'There is no such invitation: the link may have been cut short when it was copied.',
  expired: 'It is too old. Ask whoever invited you to send another one.',
  'accepted-before': 'It was accepted already: each works once. Sign in to go on.',
  withdrawn: 'Whoever sent it has withdrawn it.',
};

const refuse = (request: PageRequest, kind: keyof typeof refusalWords): Answer =>
  page(
    invitationView,
    {
      words: '',
      refusal: refusalWords[kind],
      address: '',
      mustSignIn: false,
      signInHref: signInPath,
      action: request.path,
    },
    { title: 'This invitation cannot be accepted', status: kind === 'unknown' ? 404 : 410 },
  );

export const invitationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: pattern(invitationPath, 'token'),
    access: 'anyone',
    audit: 'accounts.invitation',
    perMinute: 30,
    handle: async (request, ctx) => {
      const token = request.params.token ?? '';
      const seen = await lookAtInvitation(ctx, token);
      if (seen.kind !== 'open') return refuse(request, seen.kind === 'accepted' ? 'accepted-before' : seen.kind);
      return page(
        invitationView,
        {
          words: seen.words,
          refusal: '',
          address: seen.address,
          mustSignIn: ctx.actor.kind !== 'person' && seen.hasAccount,
          signInHref: `${signInPath}?to=${encodeURIComponent(invitationPath(token))}`,
          action: acceptPath(token),
        },
        { title: `You are invited to ${seen.words}` },
      );
    },
  },
  {
    method: 'POST',
    path: `${pattern(invitationPath, 'token')}/accept`,
    access: 'anyone',
    audit: 'accounts.accept-invitation',
    perMinute: 30,
    handle: async (request, ctx) => {
      const token = request.params.token ?? '';
      const me = ctx.actor.kind === 'person' ? ctx.actor : null;
      const answer = await acceptInvitation(ctx, token, me, request.browser);
      if (answer.kind === 'sign-in-first') return redirect(invitationPath(token));
      if (answer.kind !== 'accepted') return refuse(request, answer.kind);
      const cookies = answer.token ? [sessionCookieOf(answer.token)] : [];
      // Someone new gives their name first.
      return me && answer.to.kind === 'organisation'
        ? redirect(organisationPath(answer.to.organisation), cookies)
        : redirect('/account?done=joined', cookies);
    },
  },
];
