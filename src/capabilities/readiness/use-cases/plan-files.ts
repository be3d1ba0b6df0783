import { dayWords } from '#kernel/london-time.ts';
import { slugOf } from '#kernel/slug.ts';
import { type CalendarEntry, writeCalendar } from '#platform/calendars/write-calendar.ts';
import type { Context } from '#platform/context.ts';
import type { BookToWrite, CellLook, SheetToWrite } from '#platform/sheets/sheet-to-write.ts';
import { writeCsv } from '#platform/sheets/write-csv.ts';
import { daysAfter } from '../domain/calendar-day.ts';
import { isLate, isOpen, type LaidPlan, type LaidTask, taskStatusWords } from '../domain/plan.ts';
import { strands, strandWords } from '../domain/strand.ts';
import { taskPath } from '../paths.ts';
import { todayIn } from './today.ts';

const costColumn = 'Cost, pounds';
const dayColumns = new Set(['Starts', 'Over by', 'Must start', 'Must be over by']);

/** Letters of a title in a file's name: more is cut by some systems. */
const longestSlug = 60;

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
  costColumn,
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

export type PlanBook = {
  readonly title: string;
  /** By name; empty where it is not kept. */
  readonly provider: string;
  /** ISO. */
  readonly firstTeach: string;
  readonly laid: LaidPlan;
};

const costOf = (tasks: readonly LaidTask[]): number =>
  tasks.reduce((sum, { task }) => sum + (task.status === 'not-needed' ? 0 : (task.cost ?? 0)), 0);

/** What the plan comes to, and its strands. */
const summarySheet = ({ title, provider, firstTeach, laid }: PlanBook, today: string): SheetToWrite => {
  const facts: readonly (readonly [string, string | number, CellLook])[] = [
    ...(provider === '' ? [] : ([['Provider', provider, 'plain']] as const)),
    ['First teach', firstTeach, 'day'],
    ['First day on which teaching could begin', laid.expectedTeach, 'day'],
    ['As at', today, 'day'],
    ['Tasks', laid.tasks.length, 'plain'],
    ['Done or not needed', laid.tasks.filter(({ task }) => !isOpen(task)).length, 'plain'],
    ['Late, or should have begun', laid.tasks.filter(isLate).length, 'plain'],
    ['Expected cost', costOf(laid.tasks), 'pounds'],
    ['Of it for tasks that are done', costOf(laid.tasks.filter(({ task }) => task.status === 'done')), 'pounds'],
  ];
  const head = ['Strand', 'Tasks', 'Done or not needed', 'Late', 'Expected cost'];
  const inStrands = strands.map((strand) => laid.tasks.filter(({ task }) => task.strand === strand));
  return {
    name: 'Summary',
    rows: [
      [title],
      ...facts.map(([name, value]) => [name, value]),
      [],
      head,
      ...inStrands.map((tasks, index) => [
        strandWords[strands[index] ?? 'learners'],
        tasks.length,
        tasks.filter(({ task }) => !isOpen(task)).length,
        tasks.filter(isLate).length,
        costOf(tasks),
      ]),
    ],
    looks: [
      ['title'],
      ...facts.map(([, , look]) => ['fixed' as const, look]),
      ['note', 'note', 'note', 'note', 'note'],
      head.map(() => 'header' as const),
      ...inStrands.map(() => ['fixed', 'plain', 'plain', 'plain', 'pounds'] as const),
    ],
    columns: [40, 24, 20, 10, 16].map((width) => ({ width })),
    frozen: { rows: 1, columns: 0 },
    choices: [],
    readyRows: 0,
  };
};

const taskSheet = (laid: LaidPlan, nameOf: (person: string) => string): SheetToWrite => {
  const widths = [18, 44, 44, 22, 18, 12, 13, 13, 13, 15, 10, 40, 14, 40];
  const looks = header.map(
    (name): CellLook => (dayColumns.has(name) ? 'day' : name === costColumn ? 'pounds' : 'plain'),
  );
  return {
    name: 'Plan',
    rows: planRows(laid, nameOf),
    looks: [header.map(() => 'header' as const), ...laid.tasks.map(() => looks)],
    columns: widths.map((width) => ({ width })),
    frozen: { rows: 1, columns: 2 },
    choices: [],
    readyRows: 0,
    filtered: true,
  };
};

/** Written on a thread of the pool: a plan of 2,000 tasks takes seconds. */
export const planXlsx = (ctx: Context, book: PlanBook, nameOf: (person: string) => string): Promise<Uint8Array> => {
  const written: BookToWrite = {
    title: book.title,
    sheets: [summarySheet(book, todayIn(ctx)), taskSheet(book.laid, nameOf)],
  };
  return ctx.workers.run<Uint8Array>(xlsxWork, written, writeMs);
};

/** The name of a plan's file, by what the plan is for. */
export const planFileName = (title: string, ending: string, kind = 'delivery-plan'): string =>
  `${[kind, slugOf(title).slice(0, longestSlug).replace(/-$/, '')].filter(Boolean).join('-')}.${ending}`;

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

/**
 * Deadlines, and the first lesson (RFC 5545): for each open task the day on which it is to be over, and the day on which it is
 * to begin where it has not. A bar over all its weeks would hide everything else in a calendar. Days have no zone, so the file
 * needs none.
 */
export const planCalendar = (
  ctx: Context,
  { title, laid, firstTeach, revision, plan, reasons }: CalendarOfPlan,
): string => {
  const { host } = new URL(ctx.address);
  const on = (day: string) => ({ kind: 'days' as const, first: day, after: daysAfter(day, 1) });
  const entriesOf = ({ task, mustStart, mustEnd }: LaidTask): readonly CalendarEntry[] => {
    const shared = {
      sequence: task.revision,
      stamp: ctx.clock(),
      categories: [strandWords[task.strand]],
      free: true,
      ...(plan === null ? {} : { url: `${ctx.address}${taskPath(plan, task.id)}` }),
    };
    const why = reasons && task.why !== '' ? `${task.why}. ` : '';
    return [
      ...(task.status === 'to-do'
        ? [
            {
              ...shared,
              uid: `${task.id}-begin@${host}`,
              time: on(task.starts),
              title: `Begin: ${task.title}`,
              description: `${why}For first teach it has to begin by ${dayWords(mustStart)}.`,
            },
          ]
        : []),
      {
        ...shared,
        uid: `${task.id}@${host}`,
        time: on(task.ends),
        title: `Over by today: ${task.title}`,
        description: `${why}For first teach it has to be over by ${dayWords(mustEnd)}.`,
      },
    ];
  };
  return writeCalendar({
    name: title,
    product: 'delivery plan',
    entries: [
      ...laid.tasks.filter(({ task }) => isOpen(task)).flatMap(entriesOf),
      {
        uid: `first-teach-${plan ?? 'sketch'}@${host}`,
        sequence: revision,
        time: on(firstTeach),
        stamp: ctx.clock(),
        title: `First teach: ${title}`,
      },
    ],
  });
};
