import { signedIn } from '#kernel/permission.ts';
import { page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import { kindWords, type Organisation } from '../../domain/organisation.ts';
import { organisationPath, organisationsPath } from '../../paths.ts';
import { findOrganisations } from '../../use-cases/find-organisations.ts';
import { localPath } from '../sign-in/local-path.ts';

export const organisationFacts = (one: Organisation): readonly string[] => [
  kindWords[one.kind],
  ...(one.ukprn ? [`UKPRN ${one.ukprn}`] : []),
  ...(one.providerType ? [one.providerType] : []),
  ...[one.town, one.postcode, one.region].filter((fact) => fact !== null).slice(0, 2),
];

type Model = {
  readonly words: string;
  /** Where someone was who has to belong to one first; empty: nowhere. */
  readonly backHref: string;
  readonly countWords: string;
  readonly found: readonly {
    readonly name: string;
    readonly href: string;
    readonly fictional: boolean;
    readonly facts: readonly string[];
  }[];
};

const listView = view<Model>('capabilities/accounts/pages/organisations/page.njk');

/** Rows on the page; whoever looks for more types another word. */
const shown = 50;

export const organisationsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: organisationsPath,
    access: signedIn,
    audit: 'accounts.organisations',
    handle: async (request, ctx) => {
      const words = (request.query.get('q') ?? '').trim().slice(0, 200);
      const { found, more } = await findOrganisations(ctx, words, shown);
      return page(
        listView,
        {
          words,
          backHref: request.query.has('back') ? localPath(request.query.get('back')) : '',
          countWords: more
            ? `The first ${shown}. Type more of the name to find others.`
            : counted(found.length, 'organisation'),
          found: found.map((one) => ({
            name: one.name,
            href: organisationPath(one.id),
            fictional: one.fictional,
            facts: organisationFacts(one),
          })),
        },
        { title: 'Organisations', crumbs: [{ text: 'Start', href: '/' }] },
      );
    },
  },
];
