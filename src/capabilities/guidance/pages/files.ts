import { isAllowed } from '#kernel/permission.ts';
import type { Context } from '#platform/context.ts';
import { readKeptFile } from '#platform/files/kept-file.ts';
import type { CellLook } from '#platform/sheets/sheet-to-write.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { writeXlsx } from '#platform/sheets/write-xlsx.ts';
import { type Answer, page, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { counted, day, thousands } from '#web/words.ts';
import { type Attachment, columnMeanings } from '../domain/attachment.ts';
import { filterChoices, type PageTable, type RowChange, rowsAsked, type TableQuestion } from '../domain/page-table.ts';
import { guidePagePath, tableChangesPath, tablePath } from '../paths.ts';
import { edit } from '../policy.ts';
import { openAttachment } from '../use-cases/attach-file.ts';
import { formatTypes, madeFormats, wholeGuide } from '../use-cases/make-formats.ts';
import { changesOfTable, readTable } from '../use-cases/read-table.ts';
import { datasetData } from './linked-data.ts';
import { crumbs, pageAsked } from './show-page.ts';

type Column = { readonly name: string; readonly sortHref: string; readonly sorted: '' | 'ascending' | 'descending' };

type TableModel = {
  readonly title: string;
  readonly source: string;
  readonly revisionWords: string;
  readonly note: string;
  readonly action: string;
  readonly words: string;
  readonly sort: string;
  readonly down: string;
  readonly filters: readonly {
    readonly id: string;
    readonly column: string;
    readonly values: readonly { readonly value: string; readonly chosen: boolean }[];
  }[];
  readonly foundWords: string;
  /** Told where not every row is shown; empty where all are. */
  readonly cutWords: string;
  readonly columns: readonly Column[];
  readonly rows: PageTable['rows'];
  readonly meanings: readonly { readonly column: string; readonly meaning: string }[];
  readonly downloads: readonly { readonly href: string; readonly text: string }[];
  readonly revisions: readonly { readonly words: string; readonly href: string; readonly changesHref: string }[];
  readonly clearHref: string;
};

const tableView = view<TableModel>('capabilities/guidance/pages/table/page.njk');
const changesView = view<{
  readonly summary: string;
  readonly columns: readonly string[];
  readonly columnWords: readonly string[];
  readonly rows: readonly {
    readonly kind: RowChange['kind'];
    readonly cells: readonly { readonly before: string; readonly after: string }[];
  }[];
}>('capabilities/guidance/pages/table/changes.njk');

const asWhole = (text: string | null): number | null => (text && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null);

const attachmentAsked = async (request: PageRequest, ctx: Context, revision: number | null) => {
  const guide = await pageAsked(request, ctx);
  const mayEdit = isAllowed(ctx.actor, edit);
  const found = await openAttachment(ctx, guide.id, request.params.name ?? '', revision, mayEdit);
  if (!found) throw notFound('There is no such file on this page of the guide.');
  return { guide, ...found };
};

/** Rows on one page: a browser takes a second for ten times as many. */
const mostRowsShown = 500;

const filterField = (column: string): string => `is-${column}`;

const questionOf = (query: URLSearchParams, table: PageTable): TableQuestion => ({
  words: query.get('q') ?? '',
  filters: new Map(table.columns.map((column) => [column, query.get(filterField(column)) ?? ''])),
  sort: query.get('sort') ?? '',
  downwards: query.get('down') === 'yes',
});

const tableAsked = async (request: PageRequest, ctx: Context) => {
  const asked = await attachmentAsked(request, ctx, asWhole(request.query.get('revision')));
  if (asked.shown.kind !== 'table') throw notFound('This file is no table.');
  const table = await readTable(ctx, asked.shown);
  return { ...asked, table, question: questionOf(request.query, table) };
};

const withQuery = (path: string, query: URLSearchParams, change: Readonly<Record<string, string>> = {}): string => {
  const next = new URLSearchParams([...query].filter(([, value]) => value !== ''));
  for (const [name, value] of Object.entries(change))
    if (value === '') next.delete(name);
    else next.set(name, value);
  return next.size === 0 ? path : `${path}?${next}`;
};

const revisionLine = (one: Attachment): string =>
  `Revision ${one.revision.number}, ${day(one.revision.madeAt)}${one.revision.note ? `: ${one.revision.note}` : ''}`;

const showTable: Route['handle'] = async (request, ctx) => {
  const { guide, shown, revisions, table, question } = await tableAsked(request, ctx);
  const path = tablePath(guide.id, shown.name);
  const rows = rowsAsked(table, question);
  const { query } = request;
  return page(
    tableView,
    {
      title: shown.revision.title,
      source: shown.revision.source,
      revisionWords: revisionLine(shown),
      note: shown.revision.note,
      action: path,
      words: question.words,
      sort: question.sort,
      down: question.downwards ? 'yes' : '',
      filters: filterChoices(table).map(({ column, values }, index) => ({
        id: `filter-${index + 1}`,
        column,
        values: values.map((value) => ({ value, chosen: question.filters.get(column) === value })),
      })),
      foundWords:
        rows.length === table.rows.length
          ? `${counted(rows.length, 'row')}.`
          : `${counted(rows.length, 'row')} of ${thousands(table.rows.length)}.`,
      cutWords:
        rows.length > mostRowsShown
          ? `The first ${mostRowsShown} are shown. Look for words or choose values to see others; a download has them all.`
          : '',
      columns: table.columns.map((name) => {
        const sorted: Column['sorted'] = question.sort !== name ? '' : question.downwards ? 'descending' : 'ascending';
        return {
          name,
          sorted,
          sortHref: withQuery(path, query, { sort: name, down: sorted === 'ascending' ? 'yes' : '' }),
        };
      }),
      rows: rows.slice(0, mostRowsShown),
      meanings: columnMeanings(shown.revision.columns),
      downloads: (['csv', 'json', 'xlsx'] as const).map((format) => ({
        href: withQuery(`${path}/${format}`, query),
        text: { csv: 'CSV', json: 'JSON', xlsx: 'Excel (XLSX)' }[format],
      })),
      revisions: revisions.map((one) => ({
        words: revisionLine(one),
        href: `${path}?revision=${one.revision.number}`,
        changesHref:
          one.revision.number > 1 && revisions.some((other) => other.revision.number === one.revision.number - 1)
            ? tableChangesPath(guide.id, shown.name, one.revision.number - 1, one.revision.number)
            : '',
      })),
      clearHref: path,
    },
    {
      title: shown.revision.title,
      crumbs: [...crumbs, { text: guide.current.title, href: guidePagePath(guide.id) }],
      canonicalPath: path,
      linkedData: datasetData(ctx, shown, path),
      wide: true,
    },
  );
};

const downloadTable: Route['handle'] = async (request, ctx): Promise<Answer> => {
  const { shown, table, question } = await tableAsked(request, ctx);
  const rows = rowsAsked(table, question).map((row) => row.cells);
  const { format } = request.params;
  const file = (ending: string, type: string, body: string | Uint8Array): Answer => ({
    kind: 'file',
    name: `${shown.name}.${ending}`,
    type,
    body,
  });
  if (format === 'csv') return file('csv', 'text/csv; charset=utf-8', writeCsv([table.columns, ...rows]));
  if (format === 'json') {
    const records = rows.map((cells) => Object.fromEntries(table.columns.map((name, at) => [name, cells[at] ?? ''])));
    const about = {
      title: shown.revision.title,
      source: shown.revision.source,
      revision: shown.revision.number,
      rows: records,
    };
    return file('json', 'application/json; charset=utf-8', `${JSON.stringify(about, null, 2)}\n`);
  }
  if (format !== 'xlsx') throw notFound('Tables are given as CSV, JSON and XLSX.');
  const header: CellLook[] = table.columns.map(() => 'header');
  const body = await writeXlsx({
    title: shown.revision.title,
    sheets: [
      {
        name: 'Table',
        rows: [table.columns, ...rows],
        looks: [header],
        columns: table.columns.map((name) => ({ width: Math.min(60, Math.max(14, name.length + 4)), asText: true })),
        frozen: { rows: 1, columns: 0 },
        choices: [],
        readyRows: 0,
      },
      {
        name: 'About',
        rows: [
          ['Title', shown.revision.title],
          ['Source', shown.revision.source],
          ['Revision', shown.revision.number],
          ...columnMeanings(shown.revision.columns).map((one) => [one.column, one.meaning]),
        ],
        looks: [],
        columns: [{ width: 24 }, { width: 90 }],
        frozen: { rows: 0, columns: 0 },
        choices: [],
        readyRows: 0,
      },
    ],
  });
  return file('xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body);
};

const showTableChanges: Route['handle'] = async (request, ctx) => {
  const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(request.params.range ?? '') ?? [];
  const before = await attachmentAsked(request, ctx, asWhole(from ?? null) ?? 0);
  const after = await attachmentAsked(request, ctx, asWhole(to ?? null) ?? 0);
  if (after.shown.kind !== 'table') throw notFound('This file is no table.');
  const change = await changesOfTable(ctx, before.shown, after.shown);
  const count = (kind: RowChange['kind']) => change.rows.filter((row) => row.kind === kind).length;
  return page(
    changesView,
    {
      summary: `${count('added')} added, ${count('removed')} removed, ${count('changed')} changed, ${change.same} the same.`,
      columns: change.columns,
      columnWords: [
        ...change.columnsAdded.map((name) => `The column “${name}” is new.`),
        ...change.columnsRemoved.map((name) => `The column “${name}” is gone.`),
      ],
      rows: change.rows.map((row) => ({
        kind: row.kind,
        cells: change.columns.map((_, at) =>
          row.kind === 'changed'
            ? { before: row.before[at] ?? '', after: row.after[at] ?? '' }
            : { before: row.cells[at] ?? '', after: row.cells[at] ?? '' },
        ),
      })),
    },
    {
      title: `What changed from revision ${before.shown.revision.number} to ${after.shown.revision.number}: ${after.shown.revision.title}`,
      crumbs: [...crumbs, { text: after.shown.revision.title, href: tablePath(after.guide.id, after.shown.name) }],
      wide: true,
    },
  );
};

/** Shown in the browser rather than saved: they can hold nothing that acts. */
const shownInline = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml', 'application/pdf']);

const sendFile: Route['handle'] = async (request, ctx) => {
  const { shown } = await attachmentAsked(request, ctx, asWhole(request.query.get('revision')));
  const file = await readKeptFile(ctx, shown.revision.file);
  if (!file) throw notFound('This file is not here any more.');
  return {
    kind: 'file',
    name: `${shown.name}.${shown.revision.ending}`,
    type: file.type,
    inline: shownInline.has(file.type),
    body: file.bytes,
  };
};

const sendFormat: Route['handle'] = async (request, ctx) => {
  const subject = request.params.page ?? '';
  const wanted = request.params.format;
  if (wanted !== 'pdf' && wanted !== 'docx') throw notFound('Pages are given as PDF and DOCX.');
  if (subject !== wholeGuide) await pageAsked(request, ctx);
  const made = (await madeFormats(ctx, subject)).find((one) => one.format === wanted);
  const file = made ? await readKeptFile(ctx, made.file) : undefined;
  if (!file) throw notFound('This file is still being made. Come back in a minute.');
  return {
    kind: 'file',
    name: subject === wholeGuide ? `guidance.${wanted}` : `${subject}.${wanted}`,
    type: formatTypes[wanted],
    inline: wanted === 'pdf',
    body: file.bytes,
  };
};

const pageAddress = '/guidance/:page';
export const fileRoutes: readonly Route[] = [
  { method: 'GET', path: `${pageAddress}/files/:name`, access: 'anyone', audit: 'guidance.file', handle: sendFile },
  {
    method: 'GET',
    path: `${pageAddress}/formats/:format`,
    access: 'anyone',
    audit: 'guidance.format',
    handle: sendFormat,
  },
  {
    method: 'GET',
    path: `${pageAddress}/tables/:name`,
    access: 'anyone',
    audit: 'guidance.table',
    perMinute: 120,
    handle: showTable,
  },
  {
    method: 'GET',
    path: `${pageAddress}/tables/:name/:format`,
    access: 'anyone',
    audit: 'guidance.table-download',
    perMinute: 60,
    handle: downloadTable,
  },
  {
    method: 'GET',
    path: `${pageAddress}/tables/:name/changes/:range`,
    access: 'anyone',
    audit: 'guidance.table-changes',
    handle: showTableChanges,
  },
];
