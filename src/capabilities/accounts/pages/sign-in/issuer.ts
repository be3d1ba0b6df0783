import type { Context } from '#platform/context.ts';
import type { IssuerSettings } from '#platform/issuer.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { signInMinutes } from '../../domain/limits.ts';
import { signInPath } from '../../paths.ts';
import { departToIssuer, type ReturnRefusal, returnFromIssuer } from '../../use-cases/sign-in-by-issuer.ts';
import { localPath } from './local-path.ts';
import { sessionCookieOf } from './page.ts';

const awayView = view<{ readonly name: string; readonly address: string }>(
  'capabilities/accounts/pages/sign-in/away.njk',
);
const refusalView = view<{ readonly reason: string; readonly signInHref: string }>(
  'capabilities/accounts/pages/sign-in/issuer-refusal.njk',
);

/** Ties the issuer's answer to the browser that went there. */
const issuerCookie = 'htq_issuer';

const issuerOf = (request: PageRequest, ctx: Context): IssuerSettings => {
  const issuer = ctx.issuers.find((one) => one.id === request.params.issuer);
  if (!issuer) throw notFound();
  return issuer;
};

const refusalWords = (refusal: ReturnRefusal, name: string): string => {
  switch (refusal) {
    case 'unknown':
      return `The answer of ${name} belongs to no sign-in that was begun in this browser in the last ${signInMinutes} minutes. Begin again here.`;
    case 'declined':
      return `${name} says that signing in was declined there.`;
    case 'unavailable':
      return `${name} does not answer at the moment. Nothing is wrong with your account.`;
    case 'not-believed':
      return `What ${name} answered could not be proved to come from it, or was used already, so it was not believed. If it happens again, tell whoever runs this instance.`;
  }
};

const refuse = (refusal: ReturnRefusal, name: string): Answer => ({
  ...page(
    refusalView,
    { reason: refusalWords(refusal, name), signInHref: signInPath },
    { title: 'You are not signed in', status: refusal === 'unavailable' ? 503 : 400 },
  ),
  cookies: [{ name: issuerCookie, value: null }],
});

export const issuerRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/sign-in/with/:issuer',
    access: 'anyone',
    audit: 'accounts.depart-to-issuer',
    perMinute: 30,
    handle: async (request, ctx) => {
      const issuer = issuerOf(request, ctx);
      const departure = await departToIssuer(ctx, issuer, localPath((await request.form()).fields.get('to')));
      if (departure.kind === 'unavailable') return refuse('unavailable', issuer.name);
      // A page in between: a form may lead to this site alone (form-action), also by way of a redirect.
      return {
        ...page(awayView, { name: issuer.name, address: departure.address }, { title: `Going to ${issuer.name}` }),
        cookies: [{ name: issuerCookie, value: departure.kept, maxAgeSeconds: signInMinutes * 60 }],
      };
    },
  },
  {
    method: 'GET',
    path: '/sign-in/with/:issuer/return',
    access: 'anyone',
    audit: 'accounts.return-from-issuer',
    perMinute: 30,
    handle: async (request, ctx) => {
      const issuer = issuerOf(request, ctx);
      const kept = request.cookies[issuerCookie] ?? '';
      const answer = await returnFromIssuer(ctx, issuer, request.query, kept, request.browser);
      if (answer.kind === 'refused') return refuse(answer.refusal, issuer.name);
      return redirect(localPath(answer.to), [sessionCookieOf(answer.token), { name: issuerCookie, value: null }]);
    },
  },
];
