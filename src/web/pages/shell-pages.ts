import type { Context } from '#platform/context.ts';
import { page, view } from '../answer.ts';
import type { Door, PublicPage } from '../capability.ts';
import type { Route } from '../route.ts';

const home = view<{ readonly doors: readonly Door[] }>('web/pages/home/page.njk');
const cookies = view('web/pages/cookies/page.njk');
const accessibility = view('web/pages/accessibility/page.njk');

const inXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The site map protocol, version 0.9 (sitemaps.org): up to 50,000 addresses in one file. */
const sitemap = (address: string, pages: readonly PublicPage[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...pages
      .slice(0, 50_000)
      .map(
        ({ path, changedAt }) =>
          `<url><loc>${inXml(address + path)}</loc>${changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ''}</url>`,
      ),
    '</urlset>',
    '',
  ].join('\n');

/** The pages that belong to no capability. */
export const shellRoutes = (
  name: string,
  doors: readonly Door[],
  publicPages: (ctx: Context) => Promise<readonly PublicPage[]>,
): readonly Route[] => [
  {
    method: 'GET',
    path: '/robots.txt',
    access: 'anyone',
    audit: 'shell.robots',
    // An example store is nobody's source: what is fictional in it should not be found.
    handle: (_request, ctx) => ({
      kind: 'file',
      name: 'robots.txt',
      type: 'text/plain; charset=utf-8',
      inline: true,
      body:
        ctx.storeKind === 'example'
          ? 'User-agent: *\nDisallow: /\n'
          : `User-agent: *\nDisallow: /account\nDisallow: /admin\nDisallow: /sign-in\nSitemap: ${ctx.address}/sitemap.xml\n`,
    }),
  },
  {
    method: 'GET',
    path: '/sitemap.xml',
    access: 'anyone',
    audit: 'shell.sitemap',
    perMinute: 30,
    handle: async (_request, ctx) => ({
      kind: 'file',
      name: 'sitemap.xml',
      type: 'application/xml; charset=utf-8',
      inline: true,
      body: sitemap(ctx.address, [{ path: '/', changedAt: null }, ...(await publicPages(ctx))]),
    }),
  },
  {
    method: 'GET',
    path: '/',
    access: 'anyone',
    audit: 'shell.home',
    sameForAll: true,
    handle: () => page(home, { doors }, { title: name }),
  },
  {
    method: 'GET',
    path: '/cookies',
    access: 'anyone',
    audit: 'shell.cookies',
    sameForAll: true,
    handle: () => page(cookies, {}, { title: 'Cookies', crumbs: [] }),
  },
  {
    method: 'GET',
    path: '/accessibility',
    access: 'anyone',
    audit: 'shell.accessibility',
    sameForAll: true,
    handle: () => page(accessibility, {}, { title: 'Accessibility statement' }),
  },
];
