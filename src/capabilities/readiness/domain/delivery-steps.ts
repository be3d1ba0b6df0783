import { z } from 'zod';
import { strands } from './strand.ts';

const step = z.strictObject({
  id: z.string(),
  strand: z.enum(strands),
  title: z.string(),
  why: z.string(),
  who: z.string(),
  /** How long it takes. */
  weeks: z.int().positive(),
  /** Ids of the steps that it waits for. */
  after: z.array(z.string()),
  /** Weeks before first teach by which it has to be over, whatever waits for it. */
  endsBefore: z.int().nonnegative(),
  /** The page of the guidance that it rests on, by its id. */
  guidance: z.string(),
  /** The theme of the practice library that has examples of it. */
  theme: z.string().optional(),
  /** Done once, it holds for later years too. */
  once: z.boolean().default(false),
  source: z.string(),
});

/** What a step is for each unit of a qualification; `{unit}` in its title stands for the unit. */
const unitStep = step.omit({ id: true });

/** `data/delivery-steps.json`: what getting ready takes, from a date on. */
export const deliveryStepsFile = z.object({
  editions: z
    .array(z.object({ from: z.iso.date(), checked: z.iso.date(), unitStep, steps: z.array(step).min(1) }))
    .min(1),
});

export type DeliveryStep = z.infer<typeof step>;
export type DeliverySteps = z.infer<typeof deliveryStepsFile>['editions'][number];

/** The edition in force on a day, by ISO date: the last that begins by then, else the first. */
export const stepsOn = (editions: readonly DeliverySteps[], day: string): DeliverySteps => {
  const sorted = editions.toSorted((one, other) => one.from.localeCompare(other.from));
  const inForce = sorted.findLast((one) => one.from <= day) ?? sorted[0];
  if (!inForce) throw new Error('data/delivery-steps.json has no edition');
  return inForce;
};
