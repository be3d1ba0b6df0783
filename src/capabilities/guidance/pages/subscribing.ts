import { occupationalRoutes } from '#kernel/occupational-route.ts';
import type { Route } from '#web/route.ts';
import { type ScopeChoice, type ScopeGroup, subscribeRoutes } from '#web/subscribe-form.ts';
import type { GuidePage } from '../domain/guide-page.ts';
import { type Scope, scopeText } from '../domain/scope.ts';
import { guidancePath, subscribePath } from '../paths.ts';
import { sectionsToFollow } from '../use-cases/changed-sections.ts';
import { listPages } from '../use-cases/read-guide.ts';

const choice = (scope: Scope, text: string, words: string): ScopeChoice => ({
  value: scopeText(scope),
  text,
  words: `changes to ${words}`,
});

/** What someone can be told of. Only routes that some page is about are offered, since nothing would ever be told of the others. */
const groupsOf = (pages: readonly GuidePage[]): readonly ScopeGroup[] => {
  const standing = pages.filter((one) => one.withdrawn === null);
  const routes = new Set(standing.flatMap((one) => one.routes));
  return [
    { title: 'Everything', choices: [choice({ kind: 'guide' }, 'The whole guide', 'the whole guide')] },
    {
      title: 'A topic',
      choices: [...new Set(standing.map((one) => one.topic))].map((topic) =>
        choice({ kind: 'topic', topic }, `Everything on ${topic}`, `everything on ${topic}`),
      ),
    },
    {
      title: 'A route',
      choices: occupationalRoutes
        .filter((route) => routes.has(route))
        .map((route) =>
          choice({ kind: 'route', route }, `Everything on the route ${route}`, `everything on the route ${route}`),
        ),
    },
    ...standing.map(({ id: page, current }) => ({
      title: current.title,
      choices: [
        choice({ kind: 'page', page }, `The page “${current.title}”`, `the page “${current.title}”`),
        ...sectionsToFollow(current.body).map(({ id: section, words }) =>
          choice(
            { kind: 'section', page, section },
            `Its section “${words}”`,
            `the section “${words}” of “${current.title}”`,
          ),
        ),
      ],
    })),
  ].filter((group) => group.choices.length > 0);
};

export const subscribingRoutes: readonly Route[] = subscribeRoutes({
  list: 'guidance',
  path: subscribePath,
  crumbs: [{ text: 'Guidance', href: guidancePath }],
  title: 'Be told of changes',
  label: 'Of changes to',
  groups: async (ctx) => groupsOf(await listPages(ctx)),
  asked: (query) => (query.has('page') ? `page:${query.get('page')}` : null),
});
