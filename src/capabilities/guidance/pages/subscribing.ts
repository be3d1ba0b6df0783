import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { Context } from '#platform/context.ts';
import { readAddress } from '#platform/mail/address.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import type { GuidePage } from '../domain/guide-page.ts';
import { frequencies, frequencyWords, type Scope } from '../domain/subscription.ts';
import { guidancePath, subscribePath, subscriptionPath } from '../paths.ts';
import { sectionsToFollow } from '../use-cases/changed-sections.ts';
import { listPages } from '../use-cases/read-guide.ts';
import { confirm, lookAtSubscription, scopeWords, subscribe, unsubscribe } from '../use-cases/subscribe.ts';

type FormModel = {
  readonly problems: readonly FormProblem[];
  readonly sent: boolean;
  readonly scopes: ReturnType<typeof scopesOf>;
  readonly scope: string;
  readonly frequencies: readonly { readonly value: string; readonly text: string }[];
  readonly frequency: string;
  readonly address: string;
};
type SubscriptionModel = {
  readonly title: string;
  readonly words: string;
  readonly state: 'asked' | 'live' | 'ended';
  readonly path: string;
};

const formView = view<FormModel>('capabilities/guidance/pages/subscribe/form.njk');
const subscriptionView = view<SubscriptionModel>('capabilities/guidance/pages/subscribe/subscription.njk');

const crumbs = [{ text: 'Guidance', href: guidancePath }];

type ScopeChoice = { readonly value: string; readonly text: string; readonly scope: Scope };

/**
 * What someone can be told of: `guide`, `topic:Funding`, `route:Digital`, `page:funding`, `section:funding#for-learners`. Only
 * routes that some page is about are offered, since nothing would ever be told of the others.
 */
const scopesOf = (
  pages: readonly GuidePage[],
): readonly { readonly title: string; readonly choices: readonly ScopeChoice[] }[] => {
  const standing = pages.filter((one) => one.withdrawn === null);
  const routes = new Set(standing.flatMap((one) => one.routes));
  return [
    {
      title: 'Everything',
      choices: [{ value: 'guide', text: 'The whole guide', scope: { kind: 'guide' } as const }],
    },
    {
      title: 'A topic',
      choices: [...new Set(standing.map((one) => one.topic))].map((topic) => ({
        value: `topic:${topic}`,
        text: `Everything on ${topic}`,
        scope: { kind: 'topic' as const, topic },
      })),
    },
    {
      title: 'A route',
      choices: occupationalRoutes
        .filter((route) => routes.has(route))
        .map((route) => ({
          value: `route:${route}`,
          text: `Everything on the route ${route}`,
          scope: { kind: 'route' as const, route },
        })),
    },
    ...standing.map((one) => ({
      title: one.current.title,
      choices: [
        {
          value: `page:${one.id}`,
          text: `The page “${one.current.title}”`,
          scope: { kind: 'page' as const, page: one.id },
        },
        ...sectionsToFollow(one.current.body).map(({ id, words }) => ({
          value: `section:${one.id}#${id}`,
          text: `Its section “${words}”`,
          scope: { kind: 'section' as const, page: one.id, section: id },
        })),
      ],
    })),
  ].filter((group) => group.choices.length > 0);
};

const showForm = async (
  request: PageRequest,
  ctx: Context,
  more: Partial<Pick<FormModel, 'problems' | 'sent' | 'scope' | 'frequency' | 'address'>> = {},
): Promise<Answer> => {
  const pages = await listPages(ctx);
  const problems = more.problems ?? [];
  const title = more.sent ? 'Check your email' : 'Be told of changes';
  return page(
    formView,
    {
      problems,
      sent: more.sent ?? false,
      scopes: scopesOf(pages),
      scope: more.scope ?? (request.query.has('page') ? `page:${request.query.get('page')}` : 'guide'),
      frequencies: frequencies.map((value) => ({ value, text: frequencyWords[value] })),
      frequency: more.frequency ?? 'at-once',
      address: more.address ?? '',
    },
    { title, crumbs, faulty: problems.length > 0, status: problems.length > 0 ? 422 : 200 },
  );
};

const showSubscription = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const token = request.params.token ?? '';
  const one = await lookAtSubscription(ctx, token);
  const state = !one || one.endedAt ? 'ended' : one.confirmedAt ? 'live' : 'asked';
  const what = one ? await scopeWords(ctx, one.scope) : '';
  const told = {
    asked: {
      title: 'Do you want to be told of changes?',
      words: `Changes to ${what} are told to ${one?.address ?? ''}: ${one ? frequencyWords[one.frequency].toLowerCase() : ''}.`,
    },
    live: {
      title: 'You are told of changes',
      words: `Changes to ${what} are told to ${one?.address ?? ''}: ${one ? frequencyWords[one.frequency].toLowerCase() : ''}.`,
    },
    ended: {
      title: 'You are not told of changes',
      words: 'This subscription has ended, or there is none at this address. Nothing is sent.',
    },
  }[state];
  return page(
    subscriptionView,
    { ...told, state, path: subscriptionPath(token) },
    { title: told.title, crumbs, status: one ? 200 : 404 },
  );
};

const address = '/subscriptions/:token';

export const subscribingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: subscribePath,
    access: 'anyone',
    audit: 'guidance.subscribe-form',
    handle: (request, ctx) => showForm(request, ctx),
  },
  {
    method: 'POST',
    path: subscribePath,
    access: 'anyone',
    audit: 'guidance.subscribe',
    perMinute: 10,
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const typed = fields.get('address') ?? '';
      const scopeValue = fields.get('scope') ?? '';
      const frequency = frequencies.find((one) => one === fields.get('frequency')) ?? 'at-once';
      const to = readAddress(typed);
      const scope = scopesOf(await listPages(ctx))
        .flatMap((group) => group.choices)
        .find((one) => one.value === scopeValue)?.scope;
      const problems: FormProblem[] = [
        ...(scope ? [] : [{ field: 'scope', text: 'Choose what you want to be told of' }]),
        ...(to === null ? [{ field: 'address', text: 'Enter an email address such as name@college.ac.uk' }] : []),
      ];
      if (to === null || !scope)
        return showForm(request, ctx, { problems, scope: scopeValue, frequency, address: typed });
      await subscribe(ctx, to, scope, frequency);
      return showForm(request, ctx, { sent: true });
    },
  },
  {
    method: 'GET',
    path: address,
    access: 'anyone',
    audit: 'guidance.subscription',
    perMinute: 60,
    handle: showSubscription,
  },
  {
    method: 'POST',
    path: `${address}/confirm`,
    access: 'anyone',
    audit: 'guidance.confirm-subscription',
    perMinute: 60,
    handle: async (request, ctx) => {
      await confirm(ctx, request.params.token ?? '');
      return redirect(subscriptionPath(request.params.token ?? ''));
    },
  },
  {
    // Mail programs send this by themselves, with no page before it (RFC 8058).
    method: 'POST',
    path: `${address}/unsubscribe`,
    access: 'anyone',
    audit: 'guidance.unsubscribe',
    perMinute: 120,
    handle: async (request, ctx) => {
      await unsubscribe(ctx, request.params.token ?? '');
      return redirect(subscriptionPath(request.params.token ?? ''));
    },
  },
];
