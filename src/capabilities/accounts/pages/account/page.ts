import type { Person } from '#kernel/actor.ts';
import { signedIn } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { sessionCookie } from '#web/session.ts';
import { moment } from '#web/words.ts';
import { sessionHours, sessionIdleMinutes, signInMinutes } from '../../domain/limits.ts';
import { accountPath, addressPath, deleteAccountPath, organisationPath } from '../../paths.ts';
import { deleteAccount, everythingHeld, me, rename } from '../../use-cases/my-data.ts';
import { actFor, mySessions, signOut } from '../../use-cases/sessions.ts';
import { beginSignIn, proveAddress } from '../../use-cases/sign-in-by-mail.ts';
import { refusalWords, signInCookie } from '../sign-in/page.ts';
import { demandPerson } from '../signed-in.ts';

type AccountModel = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  readonly name: string;
  readonly named: boolean;
  readonly address: string;
  readonly typedAddress: string;
  readonly memberships: readonly {
    readonly id: string;
    readonly name: string;
    readonly standing: string;
    readonly acting: boolean;
    readonly href: string;
  }[];
  readonly actingForAny: boolean;
  readonly roles: readonly string[];
  readonly sessions: readonly {
    readonly id: string;
    readonly browser: string;
    readonly by: string;
    readonly since: string;
    readonly seen: string;
    readonly here: boolean;
  }[];
  readonly idleHours: number;
  readonly longestHours: number;
  readonly held: readonly { readonly title: string; readonly json: string }[];
};

const accountView = view<AccountModel>('capabilities/accounts/pages/account/page.njk');
const addressView = view<{
  readonly problems: readonly FormProblem[];
  readonly code: string;
  readonly minutes: number;
}>('capabilities/accounts/pages/account/address.njk');
const deleteView = view<{ readonly problems: readonly FormProblem[] }>(
  'capabilities/accounts/pages/account/delete.njk',
);

const doneWords: Readonly<Record<string, string>> = {
  name: 'Your name is saved.',
  'acting-for': 'For whom you act is saved.',
  session: 'The session was ended.',
  joined: 'You have accepted the invitation.',
  address: 'Your address is saved.',
  left: 'You have left the organisation.',
};

const longestName = 100;

const byWords = (by: string, ctx: Context): string =>
  by === 'mail'
    ? 'email'
    : by === 'example'
      ? 'the example people’s page'
      : (ctx.issuers.find((one) => one.id === by)?.name ?? by);

const showAccount = async (
  request: PageRequest,
  ctx: Context,
  person: Person,
  problems: readonly FormProblem[] = [],
  typed: { readonly name?: string; readonly address?: string } = {},
): Promise<Answer> => {
  const [sessions, held, own] = await Promise.all([
    mySessions(ctx, person.id),
    everythingHeld(ctx, person.id),
    me(ctx, person.id),
  ]);
  return page(
    accountView,
    {
      problems,
      doneWords: doneWords[request.query.get('done') ?? ''] ?? '',
      name: typed.name ?? person.name,
      named: person.name !== '',
      address: own?.address ?? '',
      typedAddress: typed.address ?? '',
      memberships: person.memberships.map((one) => ({
        id: one.organisation,
        name: one.name,
        standing: one.standing,
        acting: one.organisation === person.actingFor,
        href: organisationPath(one.organisation),
      })),
      actingForAny: person.actingFor !== null,
      roles: person.roles,
      sessions: sessions.map((one) => ({
        id: one.id,
        browser: one.browser,
        by: byWords(one.by, ctx),
        since: moment(one.madeAt),
        seen: moment(one.seenAt),
        here: one.id === request.session,
      })),
      idleHours: sessionIdleMinutes / 60,
      longestHours: sessionHours,
      held: Object.entries(held).map(([title, value]) => ({ title, json: JSON.stringify(value, null, 2) })),
    },
    { title: 'Your account', faulty: problems.length > 0, status: problems.length > 0 ? 422 : 200 },
  );
};

const showAddressCode = (problems: readonly FormProblem[], code: string): Answer =>
  page(
    addressView,
    { problems, code, minutes: signInMinutes },
    {
      title: 'Check your email',
      crumbs: [{ text: 'Your account', href: accountPath }],
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );

const doneAt = (key: string): Answer => redirect(`${accountPath}?done=${key}`);

export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: accountPath,
    access: signedIn,
    audit: 'accounts.account',
    handle: (request, ctx) => showAccount(request, ctx, demandPerson(ctx)),
  },
  {
    method: 'POST',
    path: accountPath,
    access: signedIn,
    audit: 'accounts.rename',
    handle: async (request, ctx) => {
      const typed = (await request.form()).fields.get('name') ?? '';
      const name = typed.trim().replaceAll(/\s+/g, ' ');
      if (name === '' || name.length > longestName)
        return showAccount(
          request,
          ctx,
          demandPerson(ctx),
          [
            {
              field: 'name',
              text: name === '' ? 'Enter your name' : `Enter a name of up to ${longestName} characters`,
            },
          ],
          { name: typed },
        );
      await rename(ctx, demandPerson(ctx), name);
      return doneAt('name');
    },
  },
  {
    method: 'POST',
    path: addressPath,
    access: signedIn,
    audit: 'accounts.send-address-code',
    perMinute: 10,
    handle: async (request, ctx) => {
      const typed = (await request.form()).fields.get('address') ?? '';
      const address = readAddress(typed);
      if (address === null)
        return showAccount(
          request,
          ctx,
          demandPerson(ctx),
          [{ field: 'address', text: 'Enter an email address such as name@college.ac.uk' }],
          { address: typed },
        );
      const kept = await beginSignIn(ctx, address);
      return redirect(addressPath, [{ name: signInCookie, value: kept, maxAgeSeconds: signInMinutes * 60 }]);
    },
  },
  {
    method: 'GET',
    path: addressPath,
    access: signedIn,
    audit: 'accounts.address-code-form',
    handle: () => showAddressCode([], ''),
  },
  {
    method: 'POST',
    path: `${addressPath}/code`,
    access: signedIn,
    audit: 'accounts.prove-address',
    perMinute: 10,
    handle: async (request, ctx) => {
      const typed = ((await request.form()).fields.get('code') ?? '').replaceAll(/[\s-]/g, '');
      const answer = await proveAddress(ctx, demandPerson(ctx).id, request.cookies[signInCookie] ?? '', typed);
      if (answer.kind === 'proved') return doneAt('address');
      const text =
        answer.kind === 'taken'
          ? 'Another account signs in with this address. Sign out, and sign in with a code to it'
          : refusalWords(answer.refusal);
      return showAddressCode([{ field: 'code', text }], typed);
    },
  },
  {
    method: 'POST',
    path: '/account/acting-for',
    access: signedIn,
    audit: 'accounts.act-for',
    handle: async (request, ctx) => {
      const chosen = (await request.form()).fields.get('organisation') ?? '';
      const done =
        request.session !== null &&
        (await actFor(ctx, demandPerson(ctx), request.session, chosen === '' ? null : chosen));
      return done
        ? doneAt('acting-for')
        : showAccount(request, ctx, demandPerson(ctx), [
            { field: 'organisations', text: 'You no longer belong to that organisation. Choose another one' },
          ]);
    },
  },
  {
    method: 'POST',
    path: '/account/sessions/end',
    access: signedIn,
    audit: 'accounts.end-session',
    handle: async (request, ctx) => {
      const session = (await request.form()).fields.get('session') ?? '';
      const mine = await mySessions(ctx, demandPerson(ctx).id);
      if (mine.some((one) => one.id === session)) await signOut(ctx, demandPerson(ctx), { only: session });
      return doneAt('session');
    },
  },
  {
    method: 'POST',
    path: '/account/sessions/end-all',
    access: signedIn,
    audit: 'accounts.end-all-sessions',
    handle: async (_request, ctx) => {
      await signOut(ctx, demandPerson(ctx));
      return redirect('/', [{ name: sessionCookie, value: null }]);
    },
  },
  {
    method: 'GET',
    path: '/account/data.json',
    access: signedIn,
    audit: 'accounts.download-data',
    handle: async (_request, ctx) => ({
      kind: 'file',
      name: 'what-is-held-about-me.json',
      type: 'application/json',
      body: `${JSON.stringify(await everythingHeld(ctx, demandPerson(ctx).id), null, 2)}\n`,
    }),
  },
  {
    method: 'GET',
    path: deleteAccountPath,
    access: signedIn,
    audit: 'accounts.delete-form',
    handle: () =>
      page(
        deleteView,
        { problems: [] },
        { title: 'Delete your account', crumbs: [{ text: 'Your account', href: accountPath }] },
      ),
  },
  {
    method: 'POST',
    path: deleteAccountPath,
    access: signedIn,
    audit: 'accounts.delete-account',
    handle: async (_request, ctx) => {
      const answer = await deleteAccount(ctx, demandPerson(ctx));
      if (answer.kind === 'ok') return redirect('/', [{ name: sessionCookie, value: null }]);
      return page(
        deleteView,
        {
          problems: [
            {
              field: '',
              text: 'You are the only administrator of this instance. Give the role to someone else first, then delete your account.',
            },
          ],
        },
        { title: 'Delete your account', faulty: true, status: 409 },
      );
    },
  },
];
