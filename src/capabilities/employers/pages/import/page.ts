import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { largestFile } from '#web/form.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { counted } from '#web/words.ts';
import type { Table } from '../../domain/import-employers.ts';
import { employerPath, employersPath, importPath, templatePath } from '../../paths.ts';
import { keepEmployers } from '../../policy.ts';
import { employersAsCsv, employersAsXlsx } from '../../use-cases/employer-files.ts';
import { type EmployerImport, importEmployers, readTableOnPool } from '../../use-cases/import-employers.ts';
import { crumbs, organisationAsked } from '../opened.ts';

type FormModel = {
  readonly problems: readonly FormProblem[];
  readonly organisation: string;
  readonly organisationId: string;
  readonly action: string;
  readonly templates: readonly { readonly text: string; readonly href: string }[];
};
type ReportModel = {
  readonly problems: readonly FormProblem[];
  readonly organisation: string;
  readonly fileName: string;
  readonly rowProblems: readonly { readonly path: string; readonly message: string }[];
  readonly moreProblems: string;
  readonly sentence: string;
  readonly fresh: readonly string[];
  readonly moreFresh: string;
  readonly changed: readonly {
    readonly name: string;
    readonly href: string;
    readonly header: string;
    readonly before: string;
    readonly after: string;
  }[];
  readonly moreChanged: string;
  readonly alike: readonly {
    readonly name: string;
    readonly row: number;
    readonly like: string;
    readonly href: string;
  }[];
  readonly moreAlike: string;
  readonly unused: readonly string[];
  readonly canApply: boolean;
  readonly hidden: readonly (readonly [string, string])[];
  readonly action: string;
  readonly againHref: string;
};
const formView = view<FormModel>('capabilities/employers/pages/import/form.njk');
const reportView = view<ReportModel>('capabilities/employers/pages/import/report.njk');

/** Lines of each list on the page; the command line's --json has all of them. */
const mostLines = 200;

const formats = ['csv', 'xlsx'] as const;

const showForm = (ctx: Context, asked: string | null, problems: readonly FormProblem[] = []): Answer => {
  const { organisation, name } = organisationAsked(ctx, asked);
  return page(
    formView,
    {
      problems,
      organisation: name,
      organisationId: organisation,
      action: importPath,
      templates: formats.map((format) => ({ text: format.toUpperCase(), href: templatePath(format) })),
    },
    {
      title: 'Bring in a spreadsheet',
      crumbs,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const more = (count: number): string => (count > mostLines ? `And ${count - mostLines} more.` : '');

const showReport = (
  asked: { readonly organisation: string; readonly name: string },
  file: { readonly name: string; readonly table: Table },
  report: EmployerImport,
  problems: readonly FormProblem[] = [],
): Answer => {
  const changes = report.changed.flatMap(({ employer, changes: all }) =>
    all.map((one) => ({ name: employer.name, href: employerPath(employer.id), ...one })),
  );
  const wrong = report.problems.length > 0;
  return page(
    reportView,
    {
      problems,
      organisation: asked.name,
      fileName: file.name,
      rowProblems: report.problems.slice(0, mostLines),
      moreProblems: more(report.problems.length),
      sentence: wrong
        ? `Nothing can be brought in yet: ${counted(report.problems.length, 'thing is', 'things are')} wrong in the file.`
        : report.fresh.length + report.changed.length + report.alike.length === 0
          ? `Nothing: ${counted(report.same, 'employer is', 'employers are')} in your list already, as the file has ${report.same === 1 ? 'it' : 'them'}.`
          : `${counted(report.fresh.length, 'employer')} would be new, ${report.changed.length} would change, and ${report.same} would stay as they are.`,
      fresh: report.fresh
        .slice(0, mostLines)
        .map(({ text }) => [text.name, text.town].filter((word) => word !== '').join(', ')),
      moreFresh: more(report.fresh.length),
      changed: changes.slice(0, mostLines),
      moreChanged: more(changes.length),
      alike: report.alike.slice(0, mostLines).map(({ row, duplicates }) => ({
        name: [row.text.name, row.text.town].filter((word) => word !== '').join(', '),
        row: row.row,
        like: [duplicates[0]?.employer.name ?? '', duplicates[0]?.employer.town ?? '']
          .filter((word) => word !== '')
          .join(', '),
        href: employerPath(duplicates[0]?.employer.id ?? ''),
      })),
      moreAlike: more(report.alike.length),
      unused: report.unused,
      canApply: !wrong && report.fresh.length + report.changed.length + report.alike.length > 0,
      hidden: [
        ['organisation', asked.organisation],
        ['name', file.name],
        ['table', JSON.stringify(file.table)],
        ['seen', report.seen],
      ],
      action: `${importPath}/apply`,
      againHref: `${importPath}?organisation=${asked.organisation}`,
    },
    {
      title: wrong ? 'The file cannot be brought in yet' : 'What the file would change',
      crumbs,
      wide: true,
      faulty: problems.length > 0,
      status: wrong ? 422 : problems.length > 0 ? 409 : 200,
    },
  );
};

const sentTable = z.array(z.array(z.string()));

const tableSent = (text: string): Table | null => {
  try {
    const read = sentTable.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
};

export const importRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: importPath,
    access: keepEmployers,
    audit: 'employers.import-form',
    handle: (request, ctx) => showForm(ctx, request.query.get('organisation')),
  },
  {
    method: 'POST',
    path: importPath,
    access: keepEmployers,
    audit: 'employers.import-look',
    perMinute: 20,
    handle: async (request, ctx) => {
      const { fields, files } = await request.form();
      const asked = organisationAsked(ctx, fields.get('organisation'));
      const wrong = (text: string) => showForm(ctx, asked.organisation, [{ field: 'file', text }]);
      const [sent] = files;
      if (!sent) return wrong('Choose a CSV, an Excel workbook (XLSX) or an OpenDocument sheet (ODS)');
      const table = await readTableOnPool(ctx, sent);
      if (table.kind === 'refused') return wrong(table.refusal);
      // The report carries the table in a field, which a form takes up to this length.
      if (Buffer.byteLength(JSON.stringify(table.value)) > largestFile)
        return wrong(
          'The file holds more text than can be brought in at once: take out columns that are not needed, or bring it in two parts',
        );
      const report = await importEmployers(ctx, asked.organisation, table.value, sent.name, {
        dry: true,
        alikeToo: false,
      });
      return showReport(asked, { name: sent.name, table: table.value }, report);
    },
  },
  {
    method: 'POST',
    path: `${importPath}/apply`,
    access: keepEmployers,
    audit: 'employers.import',
    perMinute: 20,
    handle: async (request, ctx) => {
      const { fields } = await request.form();
      const asked = organisationAsked(ctx, fields.get('organisation'));
      const table = tableSent(fields.get('table') ?? '');
      const name = (fields.get('name') ?? '').slice(0, 200) || 'a file';
      if (!table) return showForm(ctx, asked.organisation, [{ field: 'file', text: 'Choose the file again' }]);
      const alikeToo = fields.get('alike') === 'yes';
      const report = await importEmployers(ctx, asked.organisation, table, name, {
        dry: false,
        alikeToo,
        seen: fields.get('seen') ?? '',
      });
      // Sent twice, or with nothing left to do: what was asked for stands.
      const left = report.fresh.length + report.changed.length + (alikeToo ? report.alike.length : 0);
      const nothingLeft = report.problems.length === 0 && left === 0;
      if (report.written || nothingLeft)
        return redirect(`${employersPath}?organisation=${asked.organisation}&done=imported`);
      return showReport(asked, { name, table }, report, [
        { field: '', text: 'Your list changed meanwhile. Look at what the file would change now' },
      ]);
    },
  },
  ...formats.map(
    (format): Route => ({
      method: 'GET',
      path: templatePath(format),
      access: keepEmployers,
      audit: `employers.template-${format}`,
      handle: async () => ({
        kind: 'file',
        name: `employers-template.${format}`,
        type:
          format === 'csv'
            ? 'text/csv; charset=utf-8'
            : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        body: format === 'csv' ? employersAsCsv([]) : await employersAsXlsx([]),
      }),
    }),
  ),
];
