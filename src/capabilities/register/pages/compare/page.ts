import type { Context } from '#platform/context.ts';
import { type Answer, page, view } from '#web/answer.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { day } from '#web/words.ts';
import { type Entry, isConfirmed, modeWords } from '../../domain/register-entry.ts';
import { comparePath, entryPath, registerPath } from '../../paths.ts';
import { readEntries, readProviders } from '../../use-cases/read-register.ts';
import { registerCrumbs } from '../entry/page.ts';
import { stateTag } from '../entry-words.ts';
import { type Band, makeBand, readAsked } from '../register-band.ts';

type Model = {
  readonly band: Band;
  readonly path: string;
  readonly heads: readonly { readonly title: string; readonly href: string }[];
  readonly rows: readonly {
    readonly title: string;
    readonly differ: boolean;
    readonly cells: readonly (readonly string[])[];
  }[];
  readonly note: string;
  readonly registerHref: string;
  /** The one that was ticked, which stays so; empty: none, or several. */
  readonly only: string;
};

const compareView = view<Model>('capabilities/register/pages/compare/page.njk');

/** Columns that fit beside each other. */
const most = 4;

const showComparison = async (request: PageRequest, ctx: Context): Promise<Answer> => {
  const asked = readAsked(ctx, request.query).asked;
  // Ticked boxes come one by one; the form with the dates keeps them together.
  const wanted = [
    ...new Set(
      [...request.query.getAll('id'), ...(request.query.get('ids') ?? '').split(',')].filter((one) => one !== ''),
    ),
  ];
  const kept = new URLSearchParams(request.query);
  kept.delete('id');
  kept.set('ids', wanted.join(','));
  const entries = await readEntries(ctx, asked.asOf, wanted.slice(0, most));
  const { on } = asked.asOf;
  const providers = await readProviders(ctx, asked.asOf, [
    ...new Set(entries.flatMap((one) => one.offers.map((offer) => offer.ukprn))),
  ]);
  const offersOf = (entry: Entry) => entry.offers.filter((one) => isConfirmed(one, on));
  const row = (title: string, cells: (entry: Entry) => readonly string[]) => {
    const all = entries.map(cells);
    return { title, cells: all, differ: new Set(all.map((one) => one.join('\n'))).size > 1 };
  };
  return page(
    compareView,
    {
      band: await makeBand(ctx, comparePath, kept),
      path: comparePath,
      heads: entries.map((one) => ({
        title: one.title,
        href: `${entryPath(one.id)}${asked.query.size > 0 ? `?${asked.query}` : ''}`,
      })),
      rows: [
        row('State', (one) => [stateTag(one.state.kind).text]),
        row('Occupations', (one) => one.approvals.map((each) => `${each.occupationTitle} (${each.occupation})`)),
        row('Level', (one) => [String(one.level)]),
        row('Credits', (one) => [one.credits === null ? 'Not said' : String(one.credits)]),
        row('Awarding organisation', (one) => [one.awardingOrganisation]),
        row('First teach', (one) => one.approvals.map((each) => day(each.firstTeach))),
        row('Providers', (one) => [
          ...new Set(offersOf(one).map((offer) => providers.get(offer.ukprn)?.name ?? offer.ukprn)),
        ]),
        row('Ways of study', (one) => [...new Set(offersOf(one).map((offer) => modeWords[offer.mode]))]),
        row('Ways in', (one) => [...new Set(offersOf(one).flatMap((offer) => offer.entryRoutes))]),
      ],
      note:
        wanted.length > most
          ? `The first ${most} of the ${wanted.length} that were ticked are compared.`
          : entries.length < wanted.length
            ? 'What the register did not hold on this day is left out.'
            : '',
      registerHref: registerPath(
        new URLSearchParams([...asked.query, ...entries.map((one): [string, string] => ['tick', one.id])]),
      ),
      only: entries.length === 1 ? (entries[0]?.title ?? '') : '',
    },
    { title: 'Compare qualifications', crumbs: registerCrumbs, wide: true },
  );
};

export const compareRoutes: readonly Route[] = [
  { method: 'GET', path: comparePath, access: 'anyone', audit: 'register.compare', handle: showComparison },
];
