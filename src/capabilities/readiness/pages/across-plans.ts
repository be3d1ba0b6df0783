import { counted, day } from '#web/words.ts';
import { isLate, isOpen, type LaidTask, startsSoon } from '../domain/plan.ts';
import { planPath, taskPath } from '../paths.ts';
import type { OpenedPlan } from '../use-cases/keep-plans.ts';
import { pounds } from './amount.ts';

export type PlanLine = {
  readonly title: string;
  readonly provider: string;
  readonly href: string;
  readonly teach: string;
  readonly done: string;
  readonly late: number;
  readonly soon: number;
  readonly cost: string;
  readonly reach: string;
};

/** What presses, whichever plan it is in. */
export type PressingLine = {
  readonly title: string;
  readonly href: string;
  readonly plan: string;
  readonly late: boolean;
  readonly words: string;
  /** Whose it is, or that it is nobody's. */
  readonly whose: string;
};

/** Lines of what presses over all plans; each plan's own page has the rest. */
const mostPressing = 30;

/** The day for which it presses: when it was to be over, had to begin, or begins. */
const dayPressing = (one: LaidTask): string =>
  one.late ? one.task.ends : one.shouldHaveStarted ? one.mustStart : one.task.starts;

/** A plan in the row of a table that has a provider's plans side by side. */
export const planLine = ({ plan, laid }: OpenedPlan, provider: string, today: string): PlanLine => {
  const isSoon = startsSoon(today);
  return {
    title: plan.qualification,
    provider,
    href: planPath(plan.id),
    teach: day(plan.firstTeach),
    done: `${laid.tasks.filter((one) => !isOpen(one.task)).length} of ${counted(laid.tasks.length, 'task')}`,
    late: laid.tasks.filter(isLate).length,
    soon: laid.tasks.filter((one) => !isLate(one) && isSoon(one)).length,
    cost: pounds(laid.tasks.reduce((sum, { task }) => sum + (task.status === 'not-needed' ? 0 : (task.cost ?? 0)), 0)),
    reach: laid.expectedTeach > plan.firstTeach ? `Not before ${day(laid.expectedTeach)}` : 'Can be kept',
  };
};

/** What is late and what begins soon over several plans, what is late first, by its day; nothing for one plan, whose page says it. */
export const pressingAcross = (
  plans: readonly OpenedPlan[],
  today: string,
  nameOf: (person: string) => string,
): { readonly lines: readonly PressingLine[]; readonly more: number } => {
  if (plans.length < 2) return { lines: [], more: 0 };
  const isSoon = startsSoon(today);
  const all = plans
    .flatMap(({ plan, laid }) => laid.tasks.filter((one) => isLate(one) || isSoon(one)).map((one) => ({ plan, one })))
    .toSorted(
      (left, right) =>
        Number(isLate(right.one)) - Number(isLate(left.one)) ||
        dayPressing(left.one).localeCompare(dayPressing(right.one)),
    );
  return {
    lines: all.slice(0, mostPressing).map(({ plan, one }) => ({
      title: one.task.title,
      href: taskPath(plan.id, one.task.id),
      plan: plan.qualification,
      late: isLate(one),
      whose: one.task.owner === null ? 'Nobody’s yet' : nameOf(one.task.owner),
      words: one.late
        ? `was to be over by ${day(one.task.ends)}`
        : one.shouldHaveStarted
          ? `should have begun by ${day(one.mustStart)}`
          : `${one.task.starts < today ? 'was to begin' : 'begins'} on ${day(one.task.starts)}`,
    })),
    more: Math.max(0, all.length - mostPressing),
  };
};
