import type { Context } from '#platform/context.ts';
import { day } from '#web/words.ts';
import { isOverdue, isThisWeek } from '../domain/next-step.ts';
import { employerPath, partPath } from '../paths.ts';
import type { OpenStep } from '../use-cases/next-steps.ts';
import { namesIn, todayOf } from './opened.ts';

/** An open step as lists show it. */
export type StepLine = {
  readonly id: string;
  readonly employer: string;
  readonly employerName: string;
  readonly employerHref: string;
  readonly href: string;
  readonly doneAction: string;
  readonly what: string;
  readonly owner: string | null;
  readonly ownerName: string;
  readonly due: string;
  readonly overdue: boolean;
  readonly thisWeek: boolean;
  readonly revision: number;
};

export const stepLines = async (
  ctx: Context,
  organisation: string,
  steps: readonly OpenStep[],
): Promise<readonly StepLine[]> => {
  const names = await namesIn(ctx, organisation);
  const today = todayOf(ctx);
  return steps.map((one) => ({
    id: one.id,
    employer: one.employer,
    employerName: one.employerName,
    employerHref: employerPath(one.employer),
    href: partPath(one.employer, 'next-steps', one.id),
    doneAction: `${partPath(one.employer, 'next-steps', one.id)}/done`,
    what: one.what,
    owner: one.owner,
    ownerName: names(one.owner),
    due: day(one.due),
    overdue: isOverdue(one, today),
    thisWeek: isThisWeek(one, today),
    revision: one.revision,
  }));
};
