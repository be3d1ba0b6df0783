import type { MailBlock } from '#platform/mail/mail.ts';
import { keptMail } from '#platform/mail/outbox.ts';
import { page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { moment } from '#web/words.ts';
import { accountPath, examplePeoplePath, mailboxPath, pattern } from '../../paths.ts';
import { type ExamplePerson, examplePeople, signInAsExample } from '../../use-cases/example-people.ts';
import { sessionCookieOf } from '../sign-in/page.ts';
import { exampleCookie, isExampleDoor, isExampleVisitor } from './guard.ts';

type PeopleModel = { readonly people: readonly ExamplePerson[]; readonly action: string; readonly mailbox: string };
type MailboxModel = {
  readonly mails: readonly {
    readonly to: string;
    readonly subject: string;
    readonly when: string;
    readonly body: readonly MailBlock[];
  }[];
};

const peopleView = view<PeopleModel>('capabilities/accounts/pages/example/people.njk');
const mailboxView = view<MailboxModel>('capabilities/accounts/pages/example/mailbox.njk');

/** Messages that the mailbox shows. */
const shownMails = 50;

/** To everyone but whoever may enter, this door does not exist. */
const demandToken = (request: PageRequest, ctx: Parameters<Route['handle']>[1]): string => {
  if (!isExampleDoor(request, ctx) || request.params.token !== ctx.exampleToken) throw notFound();
  return request.params.token;
};

export const exampleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: pattern(examplePeoplePath, 'token'),
    access: 'anyone',
    audit: 'accounts.example-people',
    perMinute: 60,
    handle: (request, ctx) => {
      const token = demandToken(request, ctx);
      return {
        ...page(
          peopleView,
          { people: examplePeople, action: examplePeoplePath(token), mailbox: mailboxPath },
          { title: 'Sign in as one of the example people' },
        ),
        cookies: [{ name: exampleCookie, value: token }],
      };
    },
  },
  {
    method: 'POST',
    path: pattern(examplePeoplePath, 'token'),
    access: 'anyone',
    audit: 'accounts.sign-in-as-example',
    handle: async (request, ctx) => {
      demandToken(request, ctx);
      const address = (await request.form()).fields.get('address') ?? '';
      const session = await signInAsExample(ctx, address, request.browser);
      if (!session) throw notFound('The store has nobody of that name any more.');
      return redirect(accountPath, [sessionCookieOf(session)]);
    },
  },
  {
    method: 'GET',
    path: mailboxPath,
    access: 'anyone',
    audit: 'accounts.mailbox',
    handle: async (request, ctx) => {
      if (!isExampleVisitor(request, ctx)) throw notFound();
      const mails = await keptMail(ctx, shownMails);
      return page(
        mailboxView,
        {
          mails: mails.map((one) => ({
            to: one.to,
            subject: one.subject,
            when: moment(one.madeAt),
            body: one.body,
          })),
        },
        { title: 'The mailbox', crumbs: [{ text: 'Start', href: '/' }] },
      );
    },
  },
];
