import { mostYears } from './first-teach.ts';
import { type BreakEven, breakEven, type Money, surplus } from './funding.ts';
import type { Task } from './plan.ts';
import type { Forecast } from './recruitment.ts';

/** Pounds that getting ready costs: what is expected of every task that is needed, those that are done among them. */
export const setUpCost = (tasks: readonly Pick<Task, 'cost' | 'status'>[]): number =>
  Math.round(tasks.reduce((sum, task) => sum + (task.status === 'not-needed' ? 0 : (task.cost ?? 0)) * 100, 0)) / 100;

/** Years until what is left over in each has paid a sum back; `null`: it never does. */
export const yearsToPayBack = (sum: number, leftOver: number): number | null =>
  sum <= 0 ? 0 : leftOver <= 0 ? null : sum / leftOver;

/** Years beyond which nobody waits for a set-up to come back: as far as a plan looks ahead. */
export const longestPayback = mostYears;

export type Verdict =
  /** What a year brings and costs is not known yet. */
  | { readonly kind: 'no-figures' }
  | { readonly kind: 'never' }
  /** It depends on learners whom nobody has forecast. */
  | { readonly kind: 'no-forecast'; readonly from: number }
  /** The likely number of learners does not pay for a year. */
  | { readonly kind: 'short'; readonly missing: number }
  /** It pays for a year, and the set-up comes back: of itself, only with the fund's money, or not in time. */
  | {
      readonly kind: 'pays' | 'pays-with-award' | 'too-slow';
      readonly leftOver: number;
      readonly years: number;
      readonly yearsWithAward: number;
      /** Whether the low number pays for a year too. */
      readonly safe: boolean;
      readonly from: number;
    };

/** Whether it is worth offering, by the money alone. @param setUp and `award` in pounds. */
export const verdictOf = (
  money: Money | null,
  forecast: Forecast | null,
  setUp: number,
  award: number | null,
): Verdict => {
  if (!money) return { kind: 'no-figures' };
  const even: BreakEven = breakEven(money);
  if (even.kind === 'never') return { kind: 'never' };
  if (!forecast) return { kind: 'no-forecast', from: even.learners };
  const leftOver = surplus(money, forecast.likely);
  if (leftOver < 0) return { kind: 'short', missing: -leftOver };
  const years = yearsToPayBack(setUp, leftOver) ?? Number.POSITIVE_INFINITY;
  const yearsWithAward = yearsToPayBack(setUp - (award ?? 0), leftOver) ?? Number.POSITIVE_INFINITY;
  const kind = years <= longestPayback ? 'pays' : yearsWithAward <= longestPayback ? 'pays-with-award' : 'too-slow';
  return { kind, leftOver, years, yearsWithAward, safe: surplus(money, forecast.low) >= 0, from: even.learners };
};
