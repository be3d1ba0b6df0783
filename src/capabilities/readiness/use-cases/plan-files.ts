import { writeCalendar } from '#platform/calendars/write-calendar.ts';
import type { Context } from '#platform/context.ts';
import type { BookToWrite } from '#platform/sheets/sheet-to-write.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { writeXlsx } from '#platform/sheets/write-xlsx.ts';
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

export const planXlsx = (title: string, laid: LaidPlan, nameOf: (person: string) => string): Promise<Uint8Array> => {
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
  return writeXlsx(book);
};

/**
 * The open tasks as all-day events, and the first lesson (RFC 5545). Days have no zone, so the file needs none.
 *
 * @param plan the plan's id for links to its tasks; `null`: it is not kept, and its tasks have no pages.
 */
export const planCalendar = (
  ctx: Context,
  title: string,
  laid: LaidPlan,
  firstTeach: string,
  plan: string | null,
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
          description: task.why,
          categories: [strandWords[task.strand]],
          free: true,
          ...(plan === null ? {} : { url: `${ctx.address}${taskPath(plan, task.id)}` }),
        })),
      {
        uid: `first-teach-${plan ?? 'sketch'}@${host}`,
        sequence: 0,
        time: { kind: 'days', first: firstTeach, after: daysAfter(firstTeach, 1) },
        stamp: ctx.clock(),
        title: `First teach: ${title}`,
      },
    ],
  });
};
