import type { Shown } from '#kernel/shown-counts.ts';
import type { Cell } from '#platform/sheets/sheet.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { writeXlsx } from '#platform/sheets/write-xlsx.ts';
import type { LocalNeed } from './local-need.ts';

const held = (count: Shown): Cell => count ?? 'held back';

const head = ['What', 'Name', 'Words', 'Region', 'Employers who ask', 'Providers that teach it', 'Offers'];

/** Everything that the page shows, one number a row. */
const rowsOf = (need: LocalNeed): readonly (readonly Cell[])[] => {
  const places = need.regions.map((one) => one.region);
  const lines = (
    what: string,
    one: { readonly count: number; readonly byRegion: readonly Shown[] },
    name: string,
    words: string,
    providers: Cell,
  ) => [
    [what, name, words, 'All', one.count, providers, null],
    ...one.byRegion.map((count, at) => [what, name, words, places[at] ?? '', held(count), null, null]),
  ];
  return [
    head,
    ['Route', need.route, `asked since ${need.since}, taught on ${need.on}`, 'All', held(need.employers), null, null],
    ...need.supply.map((one) => [
      'Region',
      one.region,
      '',
      one.region,
      // A region in which nobody asks is told as a nought.
      need.employers === null
        ? 'held back'
        : held(
            need.regions.find((each) => each.region === one.region)?.employers ??
              (need.regions.some((each) => each.region === one.region) ? null : 0),
          ),
      one.providers,
      one.offers,
    ]),
    ...need.regions.flatMap((one) =>
      one.towns.map((town) => ['Town', town.town, '', one.region, held(town.employers), null, null]),
    ),
    ...need.jobTitles.flatMap((one) => lines('Job title', one, one.name, '', null)),
    ...need.occupations.flatMap((one) => lines('Occupation', one, one.name, one.title, one.providers)),
    ...need.ksbs.flatMap((one) => lines('KSB', one, one.name, one.text, null)),
    ['Held back', 'Job titles', 'of which no number is shown', '', need.heldBack.jobTitles, null, null],
    ['Held back', 'Occupations', 'of which no number is shown', '', need.heldBack.occupations, null, null],
    ['Held back', 'KSBs', 'of which no number is shown', '', need.heldBack.ksbs, null, null],
  ];
};

export const localNeedCsv = (need: LocalNeed): Uint8Array => writeCsv(rowsOf(need));

export const localNeedXlsx = (need: LocalNeed): Promise<Uint8Array> =>
  writeXlsx({
    title: `What employers ask for: ${need.route}`,
    sheets: [
      {
        name: 'Local need',
        rows: rowsOf(need),
        looks: [head.map(() => 'header' as const)],
        columns: [14, 30, 50, 24, 18, 18, 10].map((width) => ({ width, asText: false })),
        frozen: { rows: 1, columns: 2 },
        choices: [],
        readyRows: 0,
      },
    ],
  });

/** The same as data; `null`: held back. */
export const localNeedJson = (need: LocalNeed): string => JSON.stringify(need, null, 1);
