import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { sessionCookie } from '#web/session.ts';
import { sessionHours, signInMinutes } from '../../domain/limits.ts';
import {
  accountPath,
  mailboxPath,
  pattern,
  signInCodePath,
  signInLinkPath,
  signInPath,
  signInWithPath,
} from '../../paths.ts';
import { signOut } from '../../use-cases/sessions.ts';
import {
  beginSignIn,
  lookAtLink,
  type SignInRefusal,
  signInByCode,
  signInByLink,
} from '../../use-cases/sign-in-by-mail.ts';
import { isExampleVisitor } from '../example/guard.ts';
import { localPath } from './local-path.ts';

type StartModel = {
  readonly problems: readonly FormProblem[];
  readonly address: string;
  readonly to: string;
  readonly issuers: readonly { readonly name: string; readonly action: string }[];
};
type CodeModel = {
  readonly problems: readonly FormProblem[];
  readonly code: string;
  readonly to: string;
  readonly minutes: number;
  readonly againHref: string;
  /** This sign-in is over: only a new code helps. */
  readonly over: boolean;
  /** Where the message can be read; empty where there is no mailbox for this visitor. */
  readonly mailbox: string;
  /** What this instance, which sends no mail, does instead; empty where it does, or the mailbox is open. */
  readonly noMail: string;
};
type LinkModel = { readonly refusal: string | null; readonly action: string };

const startView = view<StartModel>('capabilities/accounts/pages/sign-in/start.njk');
const codeView = view<CodeModel>('capabilities/accounts/pages/sign-in/code.njk');
const linkView = view<LinkModel>('capabilities/accounts/pages/sign-in/link.njk');

/** Ties the code to the browser that asked for it. */
export const signInCookie = 'htq_sign_in';

export const sessionCookieOf = (token: string) => ({
  name: sessionCookie,
  value: token,
  maxAgeSeconds: sessionHours * 3600,
});

const signInAgainPath = (to: string): string =>
  to === accountPath ? signInPath : `${signInPath}?to=${encodeURIComponent(to)}`;

export const refusalWords = (refusal: SignInRefusal): string => {
  switch (refusal.kind) {
    case 'unknown':
      return 'No code waits for this browser. Enter the code where you asked for it, or ask for a new one.';
    case 'expired':
      return `It was made more than ${signInMinutes} minutes ago, so it no longer works.`;
    case 'used':
      return 'It has been used already: each works once.';
    case 'wrong-code':
      return `This is not the code that was sent. ${refusal.left === 1 ? 'One more try is' : `${refusal.left} more tries are`} left.`;
    case 'too-many-guesses':
      return 'A wrong code was entered five times, so this one no longer works.';
  }
};

const linkRefusalWords = (refusal: SignInRefusal): string =>
  refusal.kind === 'unknown'
    ? 'There is no such link: it may have been cut short when it was copied.'
    : refusalWords(refusal);

export const showStart = (request: PageRequest, issuers: StartModel['issuers'], model: Partial<StartModel>): Answer =>
  page(
    startView,
    {
      problems: [],
      address: '',
      to: localPath(request.query.get('to')),
      issuers,
      ...model,
    },
    {
      title: 'Sign in',
      faulty: (model.problems ?? []).length > 0,
      status: (model.problems ?? []).length > 0 ? 422 : 200,
    },
  );

const noMailWords = (request: PageRequest, ctx: Context): string => {
  if (ctx.mail !== null || isExampleVisitor(request, ctx)) return '';
  return ctx.storeKind === 'example'
    ? 'This example store sends no mail: it keeps messages in a mailbox, which opens with the link that was printed when it started.'
    : 'This instance cannot send mail yet, so the message waits. Whoever runs it can sign you in by a link: bin/htq admin sign-in.';
};

const issuersOf = (ctx: Context): StartModel['issuers'] =>
  ctx.issuers.map((one) => ({ name: one.name, action: signInWithPath(one.id) }));

const showCode = (
  request: PageRequest,
  ctx: Context,
  to: string,
  refusal: SignInRefusal | null,
  typed: string,
): Answer =>
  page(
    codeView,
    {
      problems: refusal ? [{ field: refusal.kind === 'wrong-code' ? 'code' : '', text: refusalWords(refusal) }] : [],
      code: typed,
      to,
      minutes: signInMinutes,
      againHref: signInAgainPath(to),
      over: refusal !== null && refusal.kind !== 'wrong-code',
      mailbox: isExampleVisitor(request, ctx) ? mailboxPath : '',
      noMail: noMailWords(request, ctx),
    },
    { title: 'Check your email', faulty: refusal !== null, status: refusal ? 422 : 200 },
  );

/** A network that asks for more in a minute than a busy office would is told to wait. */
const perMinute = 30;

export const signInRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: signInPath,
    access: 'anyone',
    audit: 'accounts.sign-in-form',
    handle: (request, ctx) => showStart(request, issuersOf(ctx), {}),
  },
  {
    method: 'POST',
    path: signInPath,
    access: 'anyone',
    audit: 'accounts.sign-in-begin',
    perMinute,
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = fields.get('address') ?? '';
      const to = localPath(fields.get('to'));
      const address = readAddress(typed);
      if (address === null)
        return showStart(request, issuersOf(ctx), {
          address: typed,
          to,
          problems: [
            {
              field: 'address',
              text:
                typed.trim() === '' ? 'Enter your email address' : 'Enter an email address such as name@college.ac.uk',
            },
          ],
        });
      const kept = await beginSignIn(ctx, address);
      return redirect(`${signInCodePath}?to=${encodeURIComponent(to)}`, [
        { name: signInCookie, value: kept, maxAgeSeconds: signInMinutes * 60 },
      ]);
    },
  },
  {
    method: 'GET',
    path: signInCodePath,
    access: 'anyone',
    audit: 'accounts.code-form',
    handle: (request, ctx) => showCode(request, ctx, localPath(request.query.get('to')), null, ''),
  },
  {
    method: 'POST',
    path: signInCodePath,
    access: 'anyone',
    audit: 'accounts.sign-in-by-code',
    perMinute,
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const to = localPath(fields.get('to'));
      const typed = (fields.get('code') ?? '').replaceAll(/[\s-]/g, '');
      if (!/^\d{6}$/.test(typed))
        return page(
          codeView,
          {
            problems: [{ field: 'code', text: 'Enter the six digits of the code' }],
            code: fields.get('code') ?? '',
            to,
            minutes: signInMinutes,
            againHref: signInAgainPath(to),
            over: false,
            mailbox: isExampleVisitor(request, ctx) ? mailboxPath : '',
            noMail: noMailWords(request, ctx),
          },
          { title: 'Check your email', faulty: true, status: 422 },
        );
      const answer = await signInByCode(ctx, request.cookies[signInCookie] ?? '', typed, request.browser);
      if (answer.kind === 'refused') return showCode(request, ctx, to, answer.refusal, typed);
      return redirect(to, [sessionCookieOf(answer.token), { name: signInCookie, value: null }]);
    },
  },
  {
    method: 'GET',
    path: pattern(signInLinkPath, 'token'),
    access: 'anyone',
    audit: 'accounts.sign-in-link',
    perMinute,
    handle: async (request, ctx) => {
      const refusal = await lookAtLink(ctx, request.params.token ?? '');
      return page(
        linkView,
        { refusal: refusal ? linkRefusalWords(refusal) : null, action: request.path },
        { title: refusal ? 'This link no longer works' : `Sign in to ${ctx.name}`, status: refusal ? 410 : 200 },
      );
    },
  },
  {
    method: 'POST',
    path: pattern(signInLinkPath, 'token'),
    access: 'anyone',
    audit: 'accounts.sign-in-by-link',
    perMinute,
    handle: async (request, ctx) => {
      const answer = await signInByLink(ctx, request.params.token ?? '', request.browser);
      if (answer.kind === 'refused')
        return page(
          linkView,
          { refusal: linkRefusalWords(answer.refusal), action: request.path },
          { title: 'This link no longer works', status: 410 },
        );
      return redirect(accountPath, [sessionCookieOf(answer.token), { name: signInCookie, value: null }]);
    },
  },
  {
    method: 'POST',
    path: '/sign-out',
    access: 'anyone',
    audit: 'accounts.sign-out',
    handle: async (request, ctx) => {
      if (ctx.actor.kind === 'person' && request.session) await signOut(ctx, ctx.actor, { only: request.session });
      return redirect('/', [{ name: sessionCookie, value: null }]);
    },
  },
];
