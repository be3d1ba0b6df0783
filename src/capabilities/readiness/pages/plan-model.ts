import { counted, day } from '#web/words.ts';
import { dayNumber } from '../domain/calendar-day.ts';
import { type DeliverySteps, nextIntake } from '../domain/delivery-steps.ts';
import {
  byPressure,
  daysOf,
  isLate,
  isOpen,
  type LaidPlan,
  type LaidTask,
  soonDays,
  startsSoon,
  taskStatusWords,
} from '../domain/plan.ts';
import { type Strand, strands, strandWords } from '../domain/strand.ts';
import { pounds } from './amount.ts';
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
  /** Past its own last day, and past the day on which it had to begin: each told beside its date. */
  readonly overdue: boolean;
  readonly overdueStart: boolean;
  /** Why it is pressing; empty: it is not. */
  readonly pressing: string;
  /** Later than advised, in words; empty: it is not. */
  readonly tight: string;
  /** Whether it can begin, and what for it waits; empty: it has begun. */
  readonly waits: string;
  /** When it begins, or was to. */
  readonly beginsWords: string;
  readonly critical: boolean;
  /** Titles of the tasks that it waits for, in one text; empty: it waits for none. */
  readonly after: string;
  /** How far it may slip; empty: it is over. */
  readonly slack: string;
  readonly cost: string;
};

export type PlanModel = {
  readonly figures: readonly { readonly value: string; readonly words: string }[];
  /** What a plan that is too late gives: each a sentence. Empty: first teach can be kept. */
  readonly tooLate: readonly string[];
  /** How each task that first teach hangs on can be made shorter, where first teach cannot be kept. */
  readonly gives: readonly string[];
  readonly now: readonly TaskLine[];
  /** What the list is called, and what stands there when it is empty. */
  readonly nowTitle: string;
  readonly nothingNow: string;
  /** Pressing ones that the list has no room for. */
  readonly more: number;
  readonly gantt: Gantt;
  readonly critical: readonly string[];
  readonly strands: readonly {
    readonly id: string;
    readonly strand: Strand;
    readonly title: string;
    /** Empty where the plan is too large for its page: its own list has them, page by page. */
    readonly tasks: readonly TaskLine[];
    readonly all: number;
    readonly open: number;
    readonly late: number;
  }[];
  /** Whether the plan is too large to be shown task by task. */
  readonly large: boolean;
};

/** Lines under "Now": more is no list of what to do next. */
const mostNow = 30;

/** Tasks that a plan's page shows one by one. */
const mostShown = 200;

const slackWords = (days: number): string => (days < 0 ? `${weeksWords(-days)} too late` : weeksWords(days));

const colours = { 'to-do': 'grey', doing: 'blue', done: 'green', 'not-needed': 'grey' } as const;

const weeksWords = (days: number): string => (days < 14 ? counted(days, 'day') : counted(Math.round(days / 7), 'week'));

/** Of time that has to be found: rounded up, since half a week is not saved by wishing. */
const weeksNeeded = (days: number): string => weeksWords(days < 14 ? days : Math.ceil(days / 7) * 7);

const pressingWords = (one: LaidTask, today: string): string => {
  if (!isOpen(one.task)) return '';
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
  steps: DeliverySteps,
  owners: (person: string) => string = () => '',
): PlanModel => {
  // A plan has few days and many tasks: each day is put into words once.
  const known = new Map<string, string>();
  const dayOf = (date: string): string => {
    const words = known.get(date) ?? day(date);
    known.set(date, words);
    return words;
  };
  const titles = new Map(laid.tasks.map(({ task }) => [task.id, task.title]));
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
    overdue: one.late,
    overdueStart: one.shouldHaveStarted,
    tight: one.tightBy > 0 && !isLate(one) ? `${weeksWords(one.tightBy)} later than advised` : '',
    waits: one.task.status === 'to-do' ? waitsWords(one) : '',
    pressing: pressingWords(one, today),
    beginsWords: `${one.task.starts < today ? 'Was to begin' : 'Begins'} on ${dayOf(one.task.starts)}`,
    critical: isOpen(one.task) && one.critical,
    after: one.task.after.map((id) => titles.get(id) ?? '').join('; '),
    slack: isOpen(one.task) ? slackWords(one.slack) : '',
    cost: one.task.cost === null ? '' : pounds(one.task.cost),
  });
  const large = laid.tasks.length > mostShown;
  const open = laid.tasks.filter((one) => isOpen(one.task));
  const late = open.filter(isLate);
  const isSoon = startsSoon(today);
  const soon = open.filter((one) => !isLate(one) && isSoon(one));
  const next = open
    .filter((one) => one.task.status === 'to-do')
    .toSorted((one, other) => one.task.starts.localeCompare(other.task.starts))[0];
  return {
    figures: [
      { value: `${laid.tasks.length - open.length} of ${laid.tasks.length}`, words: 'tasks done or not needed' },
      { value: String(late.length), words: 'late, or should have begun' },
      { value: String(soon.length), words: `to begin within ${soonDays} days` },
      { value: weeksWords(Math.max(0, dayNumber(firstTeach) - dayNumber(today))), words: 'until first teach' },
    ],
    tooLate: tooLateWords(laid, firstTeach, steps),
    gives: givesOf(laid, firstTeach, steps),
    nowTitle: `Late, and to begin within ${soonDays} days`,
    nothingNow: next
      ? `Nothing is late, and nothing has to begin within ${soonDays} days. The next to begin is “${next.task.title}”, on ${day(next.task.starts)}.`
      : 'Nothing is late, and nothing is left to begin.',
    now: [...late, ...soon].toSorted(byPressure).slice(0, mostNow).map(line),
    more: Math.max(0, late.length + soon.length - mostNow),
    large,
    gantt: ganttOf(laid, firstTeach, today),
    critical: laid.critical.map((task) => task.title),
    strands: strands.flatMap((strand) => {
      const tasks = laid.tasks.filter((one) => one.task.strand === strand);
      return tasks.length > 0
        ? [
            {
              id: `strand-${strand}`,
              strand,
              title: strandWords[strand],
              tasks: large ? [] : tasks.map(line),
              all: tasks.length,
              open: tasks.filter((one) => isOpen(one.task)).length,
              late: tasks.filter((one) => isOpen(one.task) && isLate(one)).length,
            },
          ]
        : [];
    }),
  };
};

const waitsWords = ({ waitsFor }: LaidTask): string => {
  const [first, ...rest] = waitsFor;
  if (!first) return 'can begin now';
  return rest.length === 0 ? `waits for “${first.title}”` : `waits for “${first.title}” and ${rest.length} more`;
};

const monthWords = (month: string): string => day(`${month}-01`).replace(/^\D*\d+ /, '');

const tooLateWords = (laid: LaidPlan, firstTeach: string, steps: DeliverySteps): readonly string[] => {
  const short = dayNumber(laid.expectedTeach) - dayNumber(firstTeach);
  if (short <= 0) return [];
  const sooner = laid.earliestTeach < laid.expectedTeach ? laid.earliestTeach : null;
  return [
    `By these dates teaching can begin on ${day(laid.expectedTeach)} at the earliest, ${weeksWords(short)} after the ${day(firstTeach)} that you set.`,
    ...(sooner === null
      ? []
      : sooner <= firstTeach
        ? ['If what is open began as soon as it can, that day could be kept: lay it out anew.']
        : [`If what is open began as soon as it can, it could be ${day(sooner)}: lay it out anew.`]),
    ...(sooner !== null && sooner <= firstTeach
      ? []
      : [
          `Either find ${weeksNeeded(short)} in what it hangs on, or begin with the next usual group: ${monthWords(nextIntake(steps, sooner ?? laid.expectedTeach))}. Say so before anyone applies.`,
        ]),
  ];
};

const givesOf = (laid: LaidPlan, firstTeach: string, steps: DeliverySteps): readonly string[] => {
  if (laid.expectedTeach <= firstTeach) return [];
  const shorter = new Map(steps.steps.map((step) => [step.id, step.gives]));
  return laid.critical.map((task) => {
    const how = shorter.get(task.step ?? '');
    return `${task.title} (${weeksWords(daysOf(task))})${how ? `: you could ${how}` : ''}`;
  });
};
