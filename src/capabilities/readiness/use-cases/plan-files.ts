import { writeCalendar } from '#platform/calendars/write-calendar.ts';
import type { Context } from '#platform/context.ts';
import type { BookToWrite } from '#platform/sheets/sheet-to-write.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { daysAfter } from '../domain/calendar-day.ts';
import { isOpen, type LaidPlan, taskStatusWords } from '../domain/plan.ts';
import { strandWords } from '../domain/strand.ts';
import { taskPath } from '../paths.ts';

const header = [
  'Strand',
  'Task',
  'Why',
  'Usually done by',
  'Owner',
  'Status',
  'Starts',
  'Over by',
  'Must start',
  'Must be over by',
  'Slack, days',
  'Waits for',
  'Cost, pounds',
  'Evidence',
];

/** A plan as rows of a sheet, its first row the names of the columns. @param nameOf people's names by their ids. */
export const planRows = (
  laid: LaidPlan,
  nameOf: (person: string) => string,
): readonly (readonly (string | number | null)[])[] => {
  const titles = new Map(laid.tasks.map(({ task }) => [task.id, task.title]));
  return [
    header,
    ...laid.tasks.map(({ task, mustStart, mustEnd, slack }) => [
      strandWords[task.strand],
      task.title,
      task.why,
      task.who,
      task.owner ? nameOf(task.owner) : '',
      taskStatusWords[task.status],
      task.starts,
      task.ends,
      mustStart,
      mustEnd,
      isOpen(task) ? slack : null,
      task.after.map((one) => titles.get(one) ?? '').join('; '),
      task.cost,
      task.evidence,
    ]),
  ];
};

export const planCsv = (laid: LaidPlan, nameOf: (person: string) => string): Uint8Array =>
  writeCsv(planRows(laid, nameOf));

const xlsxWork = {
  module: new URL('../../../platform/sheets/write-xlsx.ts', import.meta.url),
  name: 'writeXlsx',
} as const;
/** Milliseconds; a plan of 2,000 tasks takes a tenth of it. */
const writeMs = 20_000;

/** Written on a thread of the pool: a plan of 2,000 tasks takes seconds. */
export const planXlsx = (
  ctx: Context,
  title: string,
  laid: LaidPlan,
  nameOf: (person: string) => string,
): Promise<Uint8Array> => {
  const widths = [18, 44, 44, 22, 18, 12, 12, 12, 12, 14, 10, 40, 12, 40];
  const book: BookToWrite = {
    title,
    sheets: [
      {
        name: 'Plan',
        rows: planRows(laid, nameOf),
        looks: [header.map(() => 'header' as const)],
        columns: widths.map((width) => ({ width })),
        frozen: { rows: 1, columns: 2 },
        choices: [],
        readyRows: 0,
      },
    ],
  };
  return ctx.workers.run<Uint8Array>(xlsxWork, book, writeMs);
};

export type CalendarOfPlan = {
  readonly title: string;
  readonly laid: LaidPlan;
  /** ISO. */
  readonly firstTeach: string;
  /** Of the plan, by which a program knows that first teach has moved. */
  readonly revision: number;
  /** The plan's id, for links to its tasks; `null`: it is not kept, and its tasks have no pages. */
  readonly plan: string | null;
  /** Whether it says why each task is there: what members write of it is not for whoever has a calendar's address. */
  readonly reasons: boolean;
};

/** The open tasks as all-day events, and the first lesson (RFC 5545). Days have no zone, so the file needs none. */
export const planCalendar = (
  ctx: Context,
  { title, laid, firstTeach, revision, plan, reasons }: CalendarOfPlan,
): string => {
  const { host } = new URL(ctx.address);
  return writeCalendar({
    name: title,
    product: 'delivery plan',
    entries: [
      ...laid.tasks
        .filter(({ task }) => isOpen(task))
        .map(({ task }) => ({
          uid: `${task.id}@${host}`,
          sequence: task.revision,
          // An all-day event ends on the day after its last (RFC 5545, 3.6.1), which is what `ends` says; one of no days lasts one.
          time: {
            kind: 'days' as const,
            first: task.starts,
            after: task.ends === task.starts ? daysAfter(task.ends, 1) : task.ends,
          },
          stamp: ctx.clock(),
          title: task.title,
          ...(reasons ? { description: task.why } : {}),
          categories: [strandWords[task.strand]],
          free: true,
          ...(plan === null ? {} : { url: `${ctx.address}${taskPath(plan, task.id)}` }),
        })),
      {
        uid: `first-teach-${plan ?? 'sketch'}@${host}`,
        sequence: revision,
        time: { kind: 'days', first: firstTeach, after: daysAfter(firstTeach, 1) },
        stamp: ctx.clock(),
        title: `First teach: ${title}`,
      },
    ],
  });
};
