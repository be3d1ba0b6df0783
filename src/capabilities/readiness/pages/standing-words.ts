import { counted, day } from '#web/words.ts';
import { isOpen, type LaidTask } from '../domain/plan.ts';

/** Where one task stands, a sentence each. */
export const standingWords = (one: LaidTask): readonly string[] => {
  const { task, waitsFor } = one;
  const [first, ...rest] = waitsFor;
  if (!isOpen(task)) return [];
  const pushed = one.expectedEnd === task.ends ? '' : `As things stand it is over by ${day(one.expectedEnd)}. `;
  return [
    `For first teach it has to begin by ${day(one.mustStart)} and be over by ${day(one.mustEnd)}.`,
    one.slack < 0
      ? `${pushed}That is ${counted(-one.slack, 'day')} too late.`
      : one.slack === 0
        ? `${pushed}It may not slip at all.`
        : `${pushed}From there it may slip by ${counted(one.slack, 'day')}.`,
    ...(one.tightBy > 0 ? [`Advised is to have it over ${counted(one.tightBy, 'day')} sooner.`] : []),
    ...(one.critical ? ['First teach hangs on it.'] : []),
    ...(first
      ? [
          `${task.status === 'doing' ? 'It is under way, though it was to wait' : 'It waits'} for “${first.title}”${rest.length > 0 ? ` and ${counted(rest.length, 'other task')}` : ''}.`,
        ]
      : []),
  ];
};

/** What is said of a task that is done though what it waits for is not; empty: nothing is odd. */
export const oddWords = (one: LaidTask, all: readonly LaidTask[]): readonly string[] => {
  if (one.task.status !== 'done') return [];
  const before = all.find((other) => isOpen(other.task) && one.task.after.includes(other.task.id));
  return before ? [`It is marked done, though it was to wait for “${before.task.title}”, which is still open.`] : [];
};
