import type { Plan } from '../domain/plan.ts';
import { learnersPath, offerPath, planPath, reportPath, tasksPath } from '../paths.ts';

export type PlanPart = 'plan' | 'tasks' | 'offer' | 'learners' | 'report';

export type PlanTab = { readonly href: string; readonly text: string; readonly current: boolean };

/** The parts of a plan, the same on the page of each. */
export const planTabs = ({ id }: Pick<Plan, 'id'>, current: PlanPart): readonly PlanTab[] =>
  (
    [
      ['plan', 'Plan', planPath(id)],
      ['tasks', 'Tasks', tasksPath(id)],
      ['offer', 'Offer it or not', offerPath(id)],
      ['learners', 'Learners', learnersPath(id)],
      ['report', 'Report for governors', reportPath(id)],
    ] as const
  ).map(([part, text, href]) => ({ href, text, current: part === current }));
