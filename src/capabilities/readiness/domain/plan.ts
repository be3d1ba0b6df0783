import { dayNumber, isoDay } from './calendar-day.ts';
import { type Job, layOut, orderOf, type Schedule } from './schedule.ts';
import type { Strand } from './strand.ts';

export const taskStatuses = ['to-do', 'doing', 'done', 'not-needed'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export const taskStatusWords: Readonly<Record<TaskStatus, string>> = {
  'to-do': 'To do',
  doing: 'Under way',
  done: 'Done',
  'not-needed': 'Not needed',
};

/** One thing to do. Its dates are ISO; it is over by the morning of `ends`, so what follows may begin on that day. */
export type Task = {
  readonly id: string;
  /** The step of the reference data that it comes from, `unit:CODE` or `example:ID:PLACE`; `null`: the college's own. */
  readonly step: string | null;
  readonly strand: Strand;
  readonly title: string;
  readonly why: string;
  /** Who usually does it, in words. */
  readonly who: string;
  /** Page of the guidance that it rests on; empty: none. */
  readonly guidance: string;
  /** Id of the person whose it is; `null`: nobody's yet. */
  readonly owner: string | null;
  readonly starts: string;
  readonly ends: string;
  /** Days before first teach by which it has to be over. */
  readonly endsBefore: number;
  readonly status: TaskStatus;
  readonly doneOn: string | null;
  /** Ids of the tasks that it waits for. */
  readonly after: readonly string[];
  /** Pounds that it is expected to cost; `null`: not known. */
  readonly cost: number | null;
  readonly evidence: string;
  /** Grows with each change: a form that was opened before says an older one. */
  readonly revision: number;
};

export type Plan = {
  readonly id: string;
  /** Id of the provider. */
  readonly organisation: string;
  readonly qualification: string;
  readonly level: number | null;
  readonly awardingOrganisation: string;
  readonly route: string;
  /** ISO date. */
  readonly firstTeach: string;
  readonly learners: number | null;
  readonly madeBy: string | null;
  readonly madeAt: Date;
  /** Grows whenever dates of the plan change. */
  readonly revision: number;
  readonly rolledFrom: string | null;
};

export const isOpen = (task: Task): boolean => task.status === 'to-do' || task.status === 'doing';

export const daysOf = (task: Pick<Task, 'starts' | 'ends'>): number => dayNumber(task.ends) - dayNumber(task.starts);

/**
 * What a task really waits for, by ids, given what it says it waits `after`. A task that is not needed holds nothing up; what
 * waits for it waits for what it waited for, so that leaving a step out does not turn the rest round.
 */
export const neededBefore = (tasks: readonly Task[]): ((after: readonly string[]) => readonly string[]) => {
  const unneeded = new Map(tasks.flatMap((task) => (task.status === 'not-needed' ? [[task.id, task]] : [])));
  if (unneeded.size === 0) return (after) => after;
  const known = new Map<string, readonly string[]>();
  const through = (after: readonly string[]): readonly string[] => [
    ...new Set(
      after.flatMap((id) => {
        const skipped = unneeded.get(id);
        if (!skipped) return [id];
        const found = known.get(id) ?? through(skipped.after);
        known.set(id, found);
        return found;
      }),
    ),
  ];
  return through;
};

/** The tasks as the schedule sees them, each in its place. */
export const jobsOf = (tasks: readonly Task[]): readonly Job[] => {
  const places = new Map(tasks.map((task, place) => [task.id, place]));
  const before = neededBefore(tasks);
  return tasks.map((task) => ({
    days: daysOf(task),
    after: before(task.after).flatMap((id) => places.get(id) ?? []),
    endsBefore: task.endsBefore,
    doneOn: isOpen(task) ? null : dayNumber(task.doneOn ?? task.ends),
    begun: task.status === 'to-do' ? null : dayNumber(task.starts),
  }));
};

export type LaidTask = {
  readonly task: Task;
  /** ISO: the latest day on which it may begin, and by which it has to be over, for first teach to be kept. */
  readonly mustStart: string;
  readonly mustEnd: string;
  /** Days; below nought it is too late already. */
  readonly slack: number;
  readonly critical: boolean;
  /** Open and past its own last day. */
  readonly late: boolean;
  /** Not begun though it had to be. */
  readonly shouldHaveStarted: boolean;
};

export type LaidPlan = {
  readonly tasks: readonly LaidTask[];
  /** In the order in which they follow one another. */
  readonly critical: readonly Task[];
  /** ISO: the first day on which teaching could begin, as things stand. */
  readonly earliestTeach: string;
};

/**
 * Where a plan stands on a day.
 *
 * @throws Error where tasks wait for one another in a circle, which no plan that was saved does.
 */
export const layOutPlan = (tasks: readonly Task[], firstTeach: string, today: string): LaidPlan => {
  const jobs = jobsOf(tasks);
  const order = orderOf(jobs);
  if (order.kind === 'circle') throw new Error('The tasks of the plan wait for one another');
  const schedule = layOut(jobs, order.order, dayNumber(firstTeach), dayNumber(today));
  const critical = new Set(schedule.critical);
  return {
    tasks: tasks.map((task, place) => laidTask(task, place, schedule, critical.has(place), today)),
    critical: schedule.critical.flatMap((place) => tasks[place] ?? []),
    earliestTeach: isoDay(schedule.earliestTeach),
  };
};

const laidTask = (task: Task, place: number, schedule: Schedule, critical: boolean, today: string): LaidTask => {
  const mustStart = isoDay(schedule.latestStart[place] ?? 0);
  return {
    task,
    mustStart,
    mustEnd: isoDay(schedule.latestEnd[place] ?? 0),
    slack: schedule.slack[place] ?? 0,
    critical,
    late: isOpen(task) && task.ends < today,
    shouldHaveStarted: task.status === 'to-do' && mustStart < today,
  };
};

/** What has to begin in the month of a day: planned for it or before, or due in it or before, and not begun. */
export const startsThisMonth = (one: LaidTask, today: string): boolean =>
  one.task.status === 'to-do' &&
  (one.task.starts.slice(0, 7) <= today.slice(0, 7) || one.mustStart.slice(0, 7) <= today.slice(0, 7));
