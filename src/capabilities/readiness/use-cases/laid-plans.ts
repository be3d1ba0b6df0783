import { LRUCache } from 'lru-cache';
import type { Context, Database } from '#platform/context.ts';
import type { LaidPlan, Task } from '../domain/plan.ts';

/** A plan's tasks as they stood at a revision of it, laid out on a day. */
type LaidAt = {
  readonly revision: number;
  readonly today: string;
  readonly tasks: readonly Task[];
  readonly laid: LaidPlan;
};

/** Plans kept laid out; the largest, of 2,000 tasks, takes about 3 MB. */
const mostKept = 50;

const kept = new WeakMap<Database, LRUCache<string, LaidAt>>();

/** The plans of a store that were looked at last, by id, as they were laid out then. */
export const laidPlansIn = ({ db }: Context): LRUCache<string, LaidAt> => {
  const found = kept.get(db) ?? new LRUCache<string, LaidAt>({ max: mostKept });
  kept.set(db, found);
  return found;
};
