import { dayNumber, isoDay, workingDay } from './calendar-day.ts';
import { daysOf, isOpen, jobsOf, neededBefore, type Task } from './plan.ts';
import { latestOf, orderOf, soonestOf } from './schedule.ts';

/** What someone wants to change about when things happen. */
export type PlanChange =
  | { readonly kind: 'first-teach'; readonly firstTeach: string }
  | { readonly kind: 'task'; readonly task: string; readonly starts: string; readonly ends: string };

export type Move = { readonly task: Task; readonly starts: string; readonly ends: string };

/**
 * Which tasks move with a change, before anything is applied. With first teach, what has not begun is laid out anew; with a
 * task, what waits for it is pushed back as far as it must, and nothing is pulled forward.
 */
export const movesOf = (tasks: readonly Task[], change: PlanChange, today: string): readonly Move[] => {
  const places = new Map(tasks.map((task, place) => [task.id, place]));
  const jobs = jobsOf(tasks);
  const order = orderOf(jobs);
  if (order.kind === 'circle') throw new Error('The tasks of the plan wait for one another');
  const starts = tasks.map((task) => dayNumber(task.starts));
  const ends = tasks.map((task) => dayNumber(task.ends));
  if (change.kind === 'first-teach') {
    const latest = latestOf(jobs, order.order, dayNumber(change.firstTeach));
    const soonest = soonestOf(jobs, order.order, workingDay(dayNumber(today)));
    tasks.forEach((task, place) => {
      if (task.status !== 'to-do') return;
      const start = Math.max(latest.starts[place] ?? 0, soonest.starts[place] ?? 0);
      starts[place] = start;
      ends[place] = start + daysOf(task);
    });
  } else {
    const moved = places.get(change.task);
    if (moved !== undefined) {
      starts[moved] = dayNumber(change.starts);
      ends[moved] = dayNumber(change.ends);
    }
    for (const place of order.order) {
      const task = tasks[place];
      if (!task || place === moved || task.status !== 'to-do') continue;
      const free = Math.max(
        ...(jobs[place]?.after ?? []).map((one) =>
          isOpen(tasks[one] as Task) ? (ends[one] ?? 0) : Number.NEGATIVE_INFINITY,
        ),
      );
      if (free <= (starts[place] ?? 0)) continue;
      starts[place] = free;
      ends[place] = free + daysOf(task);
    }
  }
  return tasks.flatMap((task, place) => {
    const move = { task, starts: isoDay(starts[place] ?? 0), ends: isoDay(ends[place] ?? 0) };
    return move.starts === task.starts && move.ends === task.ends ? [] : [move];
  });
};

/** The open task that has to be over before another may begin on a day; `null`: none stands in its way. */
export const inTheWay = (tasks: readonly Task[], task: Pick<Task, 'after'>, starts: string): Task | null => {
  const before = new Set(neededBefore(tasks)(task.after));
  return tasks.find((one) => before.has(one.id) && isOpen(one) && one.ends > starts) ?? null;
};

/** Titles of the tasks that would wait for one another if `id` waited for `after`; `null`: none would. */
export const circleWith = (tasks: readonly Task[], id: string, after: readonly string[]): readonly string[] | null => {
  const places = new Map(tasks.map((task, place) => [task.id, place]));
  const order = orderOf(
    tasks.map((task) => ({ after: (task.id === id ? after : task.after).flatMap((one) => places.get(one) ?? []) })),
  );
  return order.kind === 'circle' ? order.circle.map((place) => tasks[place]?.title ?? '') : null;
};
