import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import type { Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import { employersPath } from '../../paths.ts';
import { employersOf, keepingFor } from '../../use-cases/keep-employers.ts';

type Model = {
  readonly keeps: boolean;
  readonly signedIn: boolean;
  readonly countWords: string;
  readonly rows: readonly { readonly name: string; readonly place: string }[];
};

const listView = view<Model>('capabilities/employers/pages/list/page.njk');

const showList = async (ctx: Context): Promise<Answer> => {
  const [keeping] = ctx.actor.kind === 'person' ? keepingFor(ctx.actor) : [];
  const found = keeping ? await employersOf(ctx, keeping.organisation) : [];
  return page(
    listView,
    {
      keeps: keeping !== undefined,
      signedIn: ctx.actor.kind === 'person',
      countWords: counted(found.length, 'employer'),
      rows: found.map((one) => ({
        name: one.name,
        place: [one.town, one.region ?? ''].filter((word) => word !== '').join(', '),
      })),
    },
    {
      title: 'Employers',
      crumbs: [{ text: 'Start', href: '/' }],
      description: 'A record of the employers you work with, and what employers ask for by place.',
      wide: keeping !== undefined,
    },
  );
};

export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: employersPath,
    access: 'anyone',
    audit: 'employers.list',
    handle: (_request, ctx) => showList(ctx),
  },
];
