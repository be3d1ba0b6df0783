import type { Context } from '#platform/context.ts';
import { findEntries, resultsPerPage, suggestTitles, type TextRun } from '#platform/search/find-entries.ts';
import { type Answer, page, view } from '../answer.ts';
import type { PageRequest, Route } from '../route.ts';
import { counted, thousands } from '../words.ts';

type Choice = { readonly value: string; readonly text: string; readonly chosen: boolean };

type Model = {
  readonly words: string;
  readonly asked: boolean;
  readonly corrected: string;
  readonly someWords: boolean;
  readonly totalWords: string;
  readonly kinds: readonly { readonly text: string; readonly href: string; readonly current: boolean }[];
  readonly kind: string;
  readonly routes: readonly Choice[];
  readonly levels: readonly Choice[];
  readonly found: readonly {
    readonly href: string;
    readonly title: readonly TextRun[];
    readonly excerpt: readonly TextRun[];
    readonly about: string;
  }[];
  readonly suggestions: readonly { readonly title: string; readonly href: string }[];
  readonly previousHref: string;
  readonly nextHref: string;
  readonly pageWords: string;
};

const searchView = view<Model>('web/pages/search/page.njk');

export const searchPath = '/search';

const withChange = (query: URLSearchParams, change: Readonly<Record<string, string>>): string => {
  const next = new URLSearchParams([...query].filter(([, value]) => value !== ''));
  for (const [name, value] of Object.entries(change)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  return `${searchPath}?${next}`;
};

const show = async (
  { query }: PageRequest,
  ctx: Context,
  kindNames: Readonly<Record<string, string>>,
): Promise<Answer> => {
  const words = (query.get('q') ?? '').trim();
  const number = /^[1-9]\d{0,3}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : 1;
  const level = /^\d$/.test(query.get('level') ?? '') ? Number(query.get('level')) : null;
  const question = { words, kind: query.get('kind') || null, route: query.get('route') || null, level };
  const answer = words === '' ? null : await findEntries(ctx, question, number);
  const kindName = (kind: string): string => kindNames[kind] ?? kind;
  const whole = (answer?.kinds ?? []).reduce((sum, one) => sum + one.count, 0);
  const pages = Math.ceil((answer?.total ?? 0) / resultsPerPage);
  return page(
    searchView,
    {
      words,
      asked: answer !== null,
      corrected: answer?.corrected ?? '',
      someWords: answer?.someWords ?? false,
      totalWords: counted(answer?.total ?? 0, 'result'),
      kinds: answer
        ? [
            {
              text: `Everything (${thousands(whole)})`,
              href: withChange(query, { kind: '', page: '' }),
              current: question.kind === null,
            },
            ...answer.kinds.map((one) => ({
              text: `${kindName(one.value)} (${thousands(one.count)})`,
              href: withChange(query, { kind: one.value, page: '' }),
              current: question.kind === one.value,
            })),
          ]
        : [],
      kind: question.kind ?? '',
      routes: (answer?.routes ?? []).map((value) => ({ value, text: value, chosen: value === question.route })),
      levels: (answer?.levels ?? []).map((value) => ({
        value: String(value),
        text: `Level ${value}`,
        chosen: value === level,
      })),
      found: (answer?.found ?? []).map((one) => ({
        href: one.href,
        title: one.title,
        excerpt: one.excerpt,
        about: [kindName(one.kind), one.route, one.level === null ? null : `level ${one.level}`]
          .filter(Boolean)
          .join(' · '),
      })),
      suggestions: answer && answer.total === 0 ? await suggestTitles(ctx, words) : [],
      previousHref: number > 1 ? withChange(query, { page: String(number - 1) }) : '',
      nextHref: number < pages ? withChange(query, { page: String(number + 1) }) : '',
      pageWords: pages > 1 ? `Page ${number} of ${pages}` : '',
    },
    {
      title: words === '' ? 'Search' : `Search: ${words}`,
      crumbs: [{ text: 'Start', href: '/' }],
      canonicalPath: searchPath,
    },
  );
};

/** @param kindNames what each kind of entry is called, for readers. */
export const searchRoutes = (kindNames: Readonly<Record<string, string>>): readonly Route[] => [
  {
    method: 'GET',
    path: searchPath,
    access: 'anyone',
    audit: 'search.find',
    perMinute: 120,
    handle: (request, ctx) => show(request, ctx, kindNames),
  },
  {
    method: 'GET',
    path: `${searchPath}/suggest`,
    access: 'anyone',
    audit: 'search.suggest',
    perMinute: 300,
    handle: async ({ query }, ctx) => ({
      kind: 'file',
      name: 'suggestions.json',
      type: 'application/json; charset=utf-8',
      inline: true,
      body: JSON.stringify(await suggestTitles(ctx, query.get('q') ?? '')),
    }),
  },
];
