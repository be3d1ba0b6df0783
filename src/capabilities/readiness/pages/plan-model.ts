import { counted, day } from '#web/words.ts';
import { dayNumber } from '../domain/calendar-day.ts';
import { isOpen, type LaidPlan, type LaidTask, startsThisMonth, taskStatusWords } from '../domain/plan.ts';
import { strands, strandWords } from '../domain/strand.ts';
import { type Gantt, ganttOf } from './gantt.ts';

export type TaskLine = {
  readonly title: string;
  readonly href: string;
  readonly why: string;
  readonly who: string;
  readonly guidanceHref: string;
  readonly status: string;
  readonly colour: string;
  readonly starts: string;
  readonly ends: string;
  readonly mustStart: string;
  /** Why it is pressing; empty: it is not. */
  readonly pressing: string;
  /** When it begins, or was to. */
  readonly beginsWords: string;
  readonly critical: boolean;
};

export type PlanModel = {
  readonly figures: readonly { readonly value: string; readonly words: string }[];
  /** What a plan that is too late gives: each a sentence. Empty: first teach can be kept. */
  readonly tooLate: readonly string[];
  readonly now: readonly TaskLine[];
  /** Pressing ones that the list has no room for. */
  readonly more: number;
  readonly gantt: Gantt;
  readonly critical: readonly string[];
  readonly strands: readonly { readonly id: string; readonly title: string; readonly tasks: readonly TaskLine[] }[];
};

/** Lines under "Now": more is no list of what to do next. */
const mostNow = 30;

const colours = { 'to-do': 'grey', doing: 'blue', done: 'green', 'not-needed': 'grey' } as const;

const weeksWords = (days: number): string => (days < 14 ? counted(days, 'day') : counted(Math.round(days / 7), 'week'));

/** Of time that has to be found: rounded up, since half a week is not saved by wishing. */
const weeksNeeded = (days: number): string => weeksWords(days < 14 ? days : Math.ceil(days / 7) * 7);

const pressingWords = (one: LaidTask, today: string): string => {
  if (one.late) return `Was to be over by ${day(one.task.ends)}`;
  if (one.shouldHaveStarted)
    return `Should have begun ${weeksWords(dayNumber(today) - dayNumber(one.mustStart))} ago, by ${day(one.mustStart)}`;
  return '';
};

/** @param hrefOf the page of a task; empty: it has none, since the plan is not kept. */
export const planModel = (
  laid: LaidPlan,
  firstTeach: string,
  today: string,
  hrefOf: (task: string) => string,
  owners: (person: string) => string = () => '',
): PlanModel => {
  // A plan has few days and many tasks: each day is put into words once.
  const known = new Map<string, string>();
  const dayOf = (date: string): string => {
    const words = known.get(date) ?? day(date);
    known.set(date, words);
    return words;
  };
  const line = (one: LaidTask): TaskLine => ({
    title: one.task.title,
    href: hrefOf(one.task.id),
    why: one.task.why,
    who: one.task.owner ? owners(one.task.owner) : one.task.who,
    guidanceHref: one.task.guidance === '' ? '' : `/guidance/${one.task.guidance}`,
    status: taskStatusWords[one.task.status],
    colour: colours[one.task.status],
    starts: dayOf(one.task.starts),
    ends: dayOf(one.task.ends),
    mustStart: dayOf(one.mustStart),
    pressing: pressingWords(one, today),
    beginsWords: `${one.task.starts < today ? 'Was to begin' : 'Begins'} on ${dayOf(one.task.starts)}`,
    critical: one.critical,
  });
  const open = laid.tasks.filter((one) => isOpen(one.task));
  const late = open.filter((one) => one.late || one.shouldHaveStarted);
  const isLate = new Set(late);
  const soon = open.filter((one) => !isLate.has(one) && startsThisMonth(one, today));
  return {
    figures: [
      { value: `${laid.tasks.length - open.length} of ${laid.tasks.length}`, words: 'tasks done or not needed' },
      { value: String(late.length), words: 'late, or should have begun' },
      { value: String(soon.length), words: 'to begin this month' },
      { value: weeksWords(Math.max(0, dayNumber(firstTeach) - dayNumber(today))), words: 'until first teach' },
    ],
    tooLate: tooLateWords(laid, firstTeach),
    now: [...late, ...soon].slice(0, mostNow).map(line),
    more: Math.max(0, late.length + soon.length - mostNow),
    gantt: ganttOf(laid, firstTeach, today),
    critical: laid.critical.map((task) => task.title),
    strands: strands.flatMap((strand) => {
      const tasks = laid.tasks.filter((one) => one.task.strand === strand);
      return tasks.length > 0 ? [{ id: `strand-${strand}`, title: strandWords[strand], tasks: tasks.map(line) }] : [];
    }),
  };
};

const tooLateWords = (laid: LaidPlan, firstTeach: string): readonly string[] => {
  const short = dayNumber(laid.earliestTeach) - dayNumber(firstTeach);
  if (short <= 0) return [];
  return [
    `With these lead times teaching could begin on ${day(laid.earliestTeach)}, ${weeksWords(short)} after the ${day(firstTeach)} that you set.`,
    `To keep that date, ${weeksNeeded(short)} ${short === 1 ? 'has' : 'have'} to come out of what first teach hangs on: ${laid.critical.map((task) => task.title).join('; ')}.`,
    'What can give: do two of them at once, buy in what you would have made, begin with fewer choices or borrowed equipment; or move first teach, and say so before anyone applies.',
  ];
};
