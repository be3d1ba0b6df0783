import { dayWords } from '#kernel/london-time.ts';
import type { Context } from '#platform/context.ts';
import { type Block, type DocumentToWrite, text } from '#platform/documents/document.ts';
import { breakEven, surplus } from '../domain/funding.ts';
import { isLate, isOpen, taskStatusWords } from '../domain/plan.ts';
import { strands, strandWords } from '../domain/strand.ts';
import { learnersPath, offerPath, planPath, reportPath, taskPath } from '../paths.ts';
import type { OpenedPlan } from './keep-plans.ts';
import { findCase, listWeeks, moneyOf } from './plan-case.ts';
import { providerNameOf } from './provider-name.ts';
import { type ReportLine, riskLines } from './report-risks.ts';
import { todayIn } from './today.ts';

export type Report = {
  /** Whose plan it is. */
  readonly provider: string;
  readonly title: string;
  readonly summary: string;
  readonly stand: readonly ReportLine[];
  readonly strands: readonly {
    readonly title: string;
    readonly done: number;
    readonly open: number;
    readonly late: number;
  }[];
  readonly late: readonly ReportLine[];
  readonly money: readonly ReportLine[];
  readonly risks: readonly ReportLine[];
};

const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP', maximumFractionDigits: 0 });

/** Lines that governors read; the rest is in the plan. */
const mostLate = 12;

/** Where a plan stands, on one page: what is done and late, money, and what first teach hangs on. */
export const makeReport = async (ctx: Context, opened: OpenedPlan): Promise<Report> => {
  const { plan, laid } = opened;
  const today = todayIn(ctx);
  const stored = await findCase(ctx, plan.id);
  const weeks = await listWeeks(ctx, plan.id);
  const open = laid.tasks.filter((one) => isOpen(one.task));
  const late = open.filter(isLate).toSorted((one, other) => one.slack - other.slack);
  const costs = laid.tasks.flatMap(({ task }) =>
    task.cost !== null && task.status !== 'not-needed' ? [{ cost: task.cost, done: task.status === 'done' }] : [],
  );
  const total = costs.reduce((sum, one) => sum + one.cost, 0);
  const spent = costs.filter((one) => one.done).reduce((sum, one) => sum + one.cost, 0);
  const newest = weeks.at(-1);
  const { likely } = stored;
  const money = moneyOf(stored);
  const even = money ? breakEven(money) : null;
  const here = { href: planPath(plan.id), place: 'The plan' };
  const learners = { href: learnersPath(plan.id), place: 'Learners' };
  const offer = { href: offerPath(plan.id), place: 'Offer it or not' };
  return {
    provider: providerNameOf(ctx, plan),
    title: plan.qualification,
    summary: `Delivery plan on ${dayWords(today)}. First teach ${dayWords(plan.firstTeach)}.`,
    stand: [
      {
        words: `${laid.tasks.length - open.length} of ${laid.tasks.length} tasks are done or not needed; ${late.length} are late or should have begun.`,
        ...here,
      },
      {
        words:
          laid.expectedTeach > plan.firstTeach
            ? `By the dates of the plan teaching can begin on ${dayWords(laid.expectedTeach)} at the earliest, not on ${dayWords(plan.firstTeach)}.`
            : 'First teach can be kept.',
        ...here,
      },
      ...(newest
        ? [
            {
              words: `By ${dayWords(newest.week)}: ${newest.applications} applications, ${newest.offers} offers, ${newest.accepted} accepted${likely === null ? '' : `, of ${likely} that are likely`}.`,
              ...learners,
            },
          ]
        : []),
    ],
    strands: strands.map((strand) => {
      const tasks = laid.tasks.filter((one) => one.task.strand === strand);
      return {
        title: strandWords[strand],
        done: tasks.filter((one) => !isOpen(one.task)).length,
        open: tasks.filter((one) => isOpen(one.task)).length,
        late: tasks.filter((one) => late.includes(one)).length,
      };
    }),
    late: [
      ...late.slice(0, mostLate).map((one) => ({
        words: `${one.task.title}: ${taskStatusWords[one.task.status].toLowerCase()}, ${one.late ? `was to be over by ${dayWords(one.task.ends)}` : `had to begin by ${dayWords(one.mustStart)}`}`,
        href: taskPath(plan.id, one.task.id),
        place: 'The task',
      })),
      ...(late.length > mostLate ? [{ words: `And ${late.length - mostLate} more.`, ...here }] : []),
    ],
    money: [
      {
        words:
          costs.length === 0
            ? 'No task has a cost yet.'
            : `${pounds.format(total)} expected for ${costs.length} tasks; ${pounds.format(spent)} of it for tasks that are done.`,
        ...here,
      },
      ...(money && even
        ? [
            {
              words:
                even.kind === 'from'
                  ? `A year pays for itself from ${even.learners} learners${likely === null ? '' : `; with the likely ${likely}, ${pounds.format(Math.abs(surplus(money, likely)))} ${surplus(money, likely) < 0 ? 'are missing' : 'are left'}`}.`
                  : 'No group is large enough for a year to pay for itself.',
              ...offer,
            },
          ]
        : []),
    ],
    risks: riskLines(opened, stored, newest),
  };
};

const paragraph = (words: string): Block => ({ kind: 'paragraph', content: [text(words)] });

const list = (ctx: Context, lines: readonly ReportLine[]): Block => ({
  kind: 'list',
  ordered: false,
  items: lines.map((line) => [
    {
      kind: 'paragraph',
      content: [
        text(`${line.words} `),
        { kind: 'link', href: `${ctx.address}${line.href}`, content: [text(line.place)] },
      ],
    },
  ]),
});

/** The report as a document, for PDF. */
export const reportDocument = (ctx: Context, report: Report, plan: string): DocumentToWrite => {
  const section = (title: string, body: readonly Block[]): readonly Block[] => [
    { kind: 'heading', level: 2, content: [text(title)] },
    ...body,
  ];
  const cell = (words: string | number) => [text(String(words))];
  return {
    title: report.title,
    summary: `${report.provider === '' ? '' : `${report.provider}. `}${report.summary}`,
    publisher: ctx.name,
    address: `${ctx.address}${reportPath(plan)}`,
    stand: report.summary,
    date: ctx.clock(),
    contents: false,
    images: {},
    blocks: [
      ...section('Where we are', [
        list(ctx, report.stand),
        {
          kind: 'table',
          caption: 'By strand',
          header: ['Strand', 'Done', 'Open', 'Late'].map(cell),
          rows: report.strands.map((one) => [one.title, one.done, one.open, one.late].map(cell)),
        },
      ]),
      ...section('What is late', report.late.length > 0 ? [list(ctx, report.late)] : [paragraph('Nothing is.')]),
      ...section('Money', [list(ctx, report.money)]),
      ...section('Risks', report.risks.length > 0 ? [list(ctx, report.risks)] : [paragraph('None stands out.')]),
    ],
  };
};

const pdfWork = {
  module: new URL('../../../platform/documents/write-pdf.ts', import.meta.url),
  name: 'writePdf',
} as const;
/** Milliseconds; a report takes a hundredth of it. */
const writeMs = 30_000;

export const reportPdf = async (ctx: Context, opened: OpenedPlan): Promise<Uint8Array> =>
  ctx.workers.run<Uint8Array>(pdfWork, reportDocument(ctx, await makeReport(ctx, opened), opened.plan.id), writeMs);
