import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { Route } from '#web/route.ts';
import { subscribeRoutes } from '#web/subscribe-form.ts';
import { subscribePath } from '../paths.ts';
import { themes } from '../use-cases/themes.ts';
import { crumbs } from './reading.ts';

export const subscribingRoutes: readonly Route[] = subscribeRoutes({
  list: 'practice',
  path: subscribePath,
  crumbs,
  title: 'Be told of new examples',
  label: 'Of new examples on',
  groups: async () => [
    { title: 'Everything', choices: [{ value: 'all', text: 'Any theme', words: 'new examples of practice' }] },
    {
      title: 'A theme',
      choices: themes.map((one) => ({
        value: `theme:${one.id}`,
        text: one.title,
        words: `new examples of practice on “${one.title}”`,
      })),
    },
    {
      title: 'A route',
      choices: occupationalRoutes.map((route) => ({
        value: `route:${route}`,
        text: route,
        words: `new examples of practice for the route ${route}`,
      })),
    },
  ],
  asked: (query) => (query.has('theme') ? `theme:${query.get('theme')}` : null),
});
