import { z } from 'zod';
import { type DeliveryStep, type DeliverySteps, deliveryStep } from './delivery-steps.ts';

const difference = z.strictObject({
  /** Empty: every route. */
  routes: z.array(z.string()),
  levels: z.array(z.union([z.literal(4), z.literal(5)])).min(1),
  /** Completes "since". */
  why: z.string(),
  adds: z.array(deliveryStep),
  /** Ids of common steps that are not needed. */
  drops: z.array(z.string()),
  changes: z.array(z.strictObject({ step: z.string(), weeks: z.int().positive(), why: z.string() })),
});

/** `data/delivery-steps-by-route.json`: where getting ready differs from the common steps, from a date on. */
export const routeStepsFile = z.object({
  editions: z.array(z.object({ from: z.iso.date(), checked: z.iso.date(), differences: z.array(difference) })).min(1),
});

export type StepDifference = z.infer<typeof difference>;

export type PlannedFor = { readonly route: string; readonly level: number | null };

/** What differs for a qualification; of one whose level is not settled, what does at both. */
export const differencesFor = (
  all: readonly StepDifference[],
  { route, level }: PlannedFor,
): readonly StepDifference[] =>
  all.filter(
    (one) =>
      (one.routes.length === 0 || one.routes.includes(route)) &&
      (level === null ? one.levels.length > 1 : one.levels.some((other) => other === level)),
  );

/** The common steps with what differs: what waited for a step that is not needed waits for what that one waited for. */
export const withDifferences = (common: DeliverySteps, differences: readonly StepDifference[]): DeliverySteps => {
  const dropped = new Set(differences.flatMap((one) => one.drops));
  const changed = new Map(differences.flatMap((one) => one.changes.map((change) => [change.step, change])));
  const all: readonly DeliveryStep[] = [...common.steps, ...differences.flatMap((one) => one.adds)];
  const byId = new Map(all.map((step) => [step.id, step]));
  const needed = (after: readonly string[]): string[] => [
    ...new Set(after.flatMap((id) => (dropped.has(id) ? needed(byId.get(id)?.after ?? []) : [id]))),
  ];
  return {
    ...common,
    steps: all
      .filter((step) => !dropped.has(step.id))
      .map((step) => {
        const change = changed.get(step.id);
        const here = change ? { ...step, weeks: change.weeks, why: `${step.why}. ${change.why}` } : step;
        return { ...here, after: needed(here.after) };
      }),
  };
};
