import { listed } from '#web/words.ts';
import type { PlannedFor } from '../domain/route-steps.ts';
import { deliveryStepsAt, stepDifferences } from '../use-cases/reference-data.ts';

const quoted = (titles: readonly string[]): string => listed(titles.map((one) => `“${one}”`));

/** Where a plan differs from the common steps for its route and level, a sentence for each reason. */
export const differenceWords = (today: string, planned: PlannedFor): readonly string[] => {
  const titles = new Map(deliveryStepsAt(today).steps.map((step) => [step.id, step.title]));
  const named = (ids: readonly string[]): string => quoted(ids.flatMap((id) => titles.get(id) ?? []));
  return stepDifferences(today, planned).map(({ why, adds, drops, changes }) => {
    const parts = [
      ...(adds.length > 0
        ? [`${quoted(adds.map((one) => one.title))} ${adds.length === 1 ? 'comes' : 'come'} in`]
        : []),
      ...(changes.length > 0 ? [`more time is given to ${named(changes.map((one) => one.step))}`] : []),
      ...(drops.length > 0 ? [`${named(drops)} are left out`] : []),
    ];
    return `Since ${why}: ${parts.join('; ')}.`;
  });
};
