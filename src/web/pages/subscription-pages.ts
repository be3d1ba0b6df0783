import type { Context } from '#platform/context.ts';
import { findSubscription } from '#platform/subscriptions/keep-subscriptions.ts';
import { confirmSubscribing, unsubscribe } from '#platform/subscriptions/subscribe.ts';
import { frequencyWords, subscriptionPath } from '#platform/subscriptions/subscription.ts';
import { type Answer, page, redirect, view } from '../answer.ts';
import type { PageRequest, Route } from '../route.ts';

type Model = {
  readonly title: string;
  readonly words: string;
  readonly state: 'asked' | 'live' | 'ended';
  readonly path: string;
};

const subscriptionView = view<Model>('web/pages/subscription/page.njk');

const show = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const token = request.params.token ?? '';
  const one = await findSubscription(ctx, token);
  const state = !one || one.endedAt ? 'ended' : one.confirmedAt ? 'live' : 'asked';
  const words = one
    ? `${one.address}: ${one.words}. ${frequencyWords[one.frequency]}.`
    : 'There is no subscription at this address. Nothing is sent.';
  const told = {
    asked: { title: 'Do you want to be told?', words },
    live: { title: 'You are told of this', words },
    ended: { title: 'You are not told', words: one ? `This has ended, and nothing is sent: ${one.words}.` : words },
  }[state];
  return page(
    subscriptionView,
    { ...told, state, path: subscriptionPath(token) },
    { title: told.title, crumbs: [{ text: 'Start', href: '/' }], status: one ? 200 : 404 },
  );
};

const address = '/subscriptions/:token';

export const subscriptionRoutes: readonly Route[] = [
  { method: 'GET', path: address, access: 'anyone', audit: 'subscriptions.show', perMinute: 60, handle: show },
  {
    method: 'POST',
    path: `${address}/confirm`,
    access: 'anyone',
    audit: 'subscriptions.confirm',
    perMinute: 60,
    handle: async (request, ctx) => {
      await confirmSubscribing(ctx, request.params.token ?? '');
      return redirect(subscriptionPath(request.params.token ?? ''));
    },
  },
  {
    // Mail programs send this by themselves, with no page before it (RFC 8058).
    method: 'POST',
    path: `${address}/unsubscribe`,
    access: 'anyone',
    audit: 'subscriptions.end',
    perMinute: 120,
    handle: async (request, ctx) => {
      await unsubscribe(ctx, request.params.token ?? '');
      return redirect(subscriptionPath(request.params.token ?? ''));
    },
  },
];
