import { page, view } from '../answer.ts';
import type { Door } from '../capability.ts';
import type { Route } from '../route.ts';

const home = view<{ readonly doors: readonly Door[] }>('web/pages/home/page.njk');
const cookies = view('web/pages/cookies/page.njk');
const accessibility = view('web/pages/accessibility/page.njk');

/** The pages that belong to no capability. */
export const shellRoutes = (name: string, doors: readonly Door[]): readonly Route[] => [
  {
    method: 'GET',
    path: '/',
    access: 'anyone',
    audit: 'shell.home',
    handle: () => page(home, { doors }, { title: name }),
  },
  {
    method: 'GET',
    path: '/cookies',
    access: 'anyone',
    audit: 'shell.cookies',
    handle: () => page(cookies, {}, { title: 'Cookies', crumbs: [] }),
  },
  {
    method: 'GET',
    path: '/accessibility',
    access: 'anyone',
    audit: 'shell.accessibility',
    handle: () => page(accessibility, {}, { title: 'Accessibility statement' }),
  },
];
