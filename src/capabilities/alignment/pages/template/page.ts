import { listStandardTitles, readStandard, standardsByReference } from '#cap/standards';
import type { Context } from '#platform/context.ts';
import { page, view } from '#web/answer.ts';
import { WebProblem } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { chooseStandards, namedStandard } from '../../domain/standard-choice.ts';
import { checkPath, templateFilePath, templatePath } from '../../paths.ts';
import { criteriaAt } from '../../use-cases/current-criteria.ts';
import { heavyWork } from '../../use-cases/heavy-work.ts';

type TemplateModel = {
  readonly error: string | null;
  /** Rows of the choice: what was typed or chosen so far, and one empty one. */
  readonly given: string;
  readonly chosen: readonly { readonly title: string; readonly ksbs: number; readonly fictional: boolean }[];
  readonly downloads: readonly { readonly text: string; readonly href: string }[];
  readonly suggestions: readonly { readonly value: string; readonly text: string }[];
  readonly none: boolean;
};

const templateView = view<TemplateModel>('capabilities/alignment/pages/template/page.njk');

/** Milliseconds for writing one workbook. */
const writingLimit = 20_000;

/** Names in the address: one a parameter, or several in one with commas or blanks between. */
const namesIn = (request: PageRequest): readonly string[] =>
  request.query
    .getAll('standard')
    .flatMap((text) => text.split(/[\s,;]+/))
    .filter((name) => name !== '');

const choose = async (ctx: Context, names: readonly string[]) => {
  const references = names.flatMap((name) => namedStandard(name)?.reference ?? []);
  const records = await standardsByReference(ctx, references);
  const known = records.map(readStandard).flatMap((read) => (read.kind === 'ok' ? [read.value] : []));
  return chooseStandards(names, known);
};

const templateFile = (format: 'xlsx' | 'ods', type: string): Route => ({
  method: 'GET',
  path: `/check/workbook.${format}`,
  access: 'anyone',
  audit: `alignment.template-${format}`,
  perMinute: 30,
  handle: async (request, ctx) => {
    const { chosen, problems } = await choose(ctx, namesIn(request));
    if (chosen.length === 0 || problems.length > 0)
      throw new WebProblem(404, problems[0] ?? 'Name a standard to make a workbook for.');
    const bytes = await ctx.workers.run<Uint8Array>(heavyWork.template, { standards: chosen, format }, writingLimit);
    return {
      kind: 'file',
      name: `qualification-${chosen.map((one) => one.reference).join('-')}.${format}`,
      type,
      body: bytes,
    };
  },
});

export const templateRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: templatePath,
    access: 'anyone',
    audit: 'alignment.template-form',
    handle: async (request, ctx) => {
      const names = namesIn(request);
      const titles = await listStandardTitles(ctx);
      const { chosen, problems } = names.length > 0 ? await choose(ctx, names) : { chosen: [], problems: [] };
      const asked = request.query.has('standard');
      const error =
        problems[0] ?? (asked && names.length === 0 ? 'Enter the reference of a standard, such as ST0127' : null);
      const named = chosen.map((one) => `${one.reference}@${one.version}`);
      const fictional = new Set(titles.filter((one) => one.fictional).map((one) => one.reference));
      // Those that a Higher Technical Qualification can meet come as suggestions; any other may be typed.
      const levels = criteriaAt(ctx.clock()).standardLevels;
      const seen = new Set<string>();
      return page(
        templateView,
        {
          error,
          given: names.join(' '),
          chosen: chosen.map((one) => ({
            title: `${one.reference} ${one.title}, version ${one.version}`,
            ksbs: one.ksbs.length,
            fictional: fictional.has(one.reference),
          })),
          downloads:
            chosen.length > 0 && !error
              ? [
                  { text: 'Excel workbook (XLSX)', href: templateFilePath(named, 'xlsx') },
                  { text: 'OpenDocument workbook (ODS)', href: templateFilePath(named, 'ods') },
                ]
              : [],
          suggestions: titles
            .filter((one) => one.level !== null && levels.includes(one.level))
            .filter((one) => !seen.has(one.reference) && seen.add(one.reference))
            .map((one) => ({ value: one.reference, text: `${one.title}${one.fictional ? ' (fictional)' : ''}` })),
          none: titles.length === 0,
        },
        {
          title: 'Get a workbook',
          crumbs: [
            { text: 'Start', href: '/' },
            { text: 'Check a qualification', href: checkPath },
          ],
          faulty: error !== null,
        },
      );
    },
  },
  templateFile('xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  templateFile('ods', 'application/vnd.oasis.opendocument.spreadsheet'),
];
