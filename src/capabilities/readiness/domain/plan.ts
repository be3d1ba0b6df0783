import { dayNumber, daysAfter, isoDay, workingDay } from './calendar-day.ts';
import { criticalOf, type Job, latestOf, orderOf, slackOf, soonestOf } from './schedule.ts';
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
  /** Days before first teach by which it is better over: by the lead times that the plan began with, or as the college planned it. */
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
  /** Grows with every change of the plan's tasks or of first teach: what is the same revision has the same tasks. */
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
    notBefore: null,
    doneOn: isOpen(task) ? null : dayNumber(task.doneOn ?? task.ends),
    begun: task.status === 'to-do' ? null : dayNumber(task.starts),
  }));
};

/** Days from the end of a task to first teach, for `endsBefore`: a college's own task keeps its distance when first teach moves. */
export const distanceOf = (ends: string, firstTeach: string): number =>
  Math.max(0, dayNumber(firstTeach) - dayNumber(ends));

export type LaidTask = {
  readonly task: Task;
  /** ISO: the latest day on which it may begin, and by which it has to be over, so that all that waits for it is over by first teach. */
  readonly mustStart: string;
  readonly mustEnd: string;
  /** ISO: when it is over as things stand: by its own dates, unless what it waits for or today pushes it back. */
  readonly expectedEnd: string;
  /** Days by which it may slip from there without moving first teach; below nought it is too late already. 0 when done. */
  readonly slack: number;
  readonly critical: boolean;
  /** Open and past its own last day. */
  readonly late: boolean;
  /** Not begun though first teach wanted it begun. */
  readonly shouldHaveStarted: boolean;
  /** Days by which it is over later than advised; 0: it is not, or nothing is advised. */
  readonly tightBy: number;
  /** The open tasks that it waits for: none, and it can begin. */
  readonly waitsFor: readonly Task[];
};

export type LaidPlan = {
  readonly tasks: readonly LaidTask[];
  /** What first teach hangs on, in the order in which they follow one another. */
  readonly critical: readonly Task[];
  /** ISO: the first day on which teaching could begin by the plan's own dates, as things stand. */
  readonly expectedTeach: string;
  /** ISO: the same if each open task began as soon as it can. */
  readonly earliestTeach: string;
};

/**
 * Where a plan stands on a day. What has to happen follows from what waits for what; the lead times that are advised beyond
 * that (`endsBefore`) place tasks when a plan is made, and being later than advised is told, but is no reason to move first teach.
 *
 * @throws Error where tasks wait for one another in a circle, which no plan that was saved does.
 */
export const layOutPlan = (tasks: readonly Task[], firstTeach: string, today: string): LaidPlan => {
  const advised = jobsOf(tasks);
  const order = orderOf(advised);
  if (order.kind === 'circle') throw new Error('The tasks of the plan wait for one another');
  const [teach, now] = [dayNumber(firstTeach), dayNumber(today)];
  const jobs = advised.map((job) => ({ ...job, endsBefore: 0 }));
  const latest = latestOf(jobs, order.order, teach);
  const earliest = soonestOf(jobs, order.order, now);
  const planned = jobs.map((job, place) => ({ ...job, notBefore: dayNumber(tasks[place]?.starts ?? today) }));
  const expected = soonestOf(planned, order.order, now);
  const slack = slackOf(jobs, latest, expected);
  // A plan in time hangs on its longest way; one whose dates are too late, on what makes them so.
  const chain =
    expected.teach > teach
      ? criticalOf(planned, order.order, slack, expected)
      : criticalOf(jobs, order.order, slackOf(jobs, latest, earliest), earliest);
  const critical = new Set(chain);
  // A plan has few days and many tasks: each day is written out once.
  const written = new Map<number, string>();
  const iso = (number: number): string => {
    const day = written.get(number) ?? isoDay(number);
    written.set(number, day);
    return day;
  };
  return {
    tasks: tasks.map((task, place) => {
      const mustStart = iso(latest.starts[place] ?? 0);
      const end = expected.ends[place] ?? 0;
      return {
        task,
        mustStart,
        mustEnd: iso(latest.ends[place] ?? 0),
        expectedEnd: iso(end),
        slack: slack[place] ?? 0,
        critical: critical.has(place),
        late: isOpen(task) && task.ends < today,
        shouldHaveStarted: task.status === 'to-do' && mustStart < today,
        tightBy:
          isOpen(task) && task.step !== null && task.endsBefore > 0 ? Math.max(0, end + task.endsBefore - teach) : 0,
        waitsFor: isOpen(task)
          ? (jobs[place]?.after ?? []).flatMap((one) => (tasks[one] && isOpen(tasks[one]) ? [tasks[one]] : []))
          : [],
      };
    }),
    critical: chain.flatMap((place) => tasks[place] ?? []),
    expectedTeach: isoDay(expected.teach > teach ? workingDay(expected.teach) : expected.teach),
    earliestTeach: isoDay(earliest.teach > teach ? workingDay(earliest.teach) : earliest.teach),
  };
};

/** Late in either way: past its own last day, or not begun though first teach wanted it begun. */
export const isLate = (one: LaidTask): boolean => one.late || one.shouldHaveStarted;

/** Days ahead that "soon" looks: a month, from any day of one. */
export const soonDays = 30;

/** What has to begin soon: planned or due within a month of a day, and not begun. */
export const startsSoon = (today: string): ((one: LaidTask) => boolean) => {
  const horizon = daysAfter(today, soonDays);
  return (one) => one.task.status === 'to-do' && (one.task.starts <= horizon || one.mustStart <= horizon);
};

/** Late ones first, of those what can begin before what waits for another, then by the day on which they must begin. */
export const byPressure = (one: LaidTask, other: LaidTask): number =>
  Number(isLate(other)) - Number(isLate(one)) ||
  Number(one.waitsFor.length > 0) - Number(other.waitsFor.length > 0) ||
  one.mustStart.localeCompare(other.mustStart);
