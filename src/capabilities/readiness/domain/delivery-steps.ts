import { z } from 'zod';
import { strands } from './strand.ts';

export const deliveryStep = z.strictObject({
  id: z.string(),
  strand: z.enum(strands),
  title: z.string(),
  why: z.string(),
  who: z.string(),
  /** How long it takes. */
  weeks: z.int().positive(),
  /** Ids of the steps that it waits for. */
  after: z.array(z.string()),
  /** Weeks before first teach by which it is better over, whatever waits for it. */
  endsBefore: z.int().nonnegative(),
  /** The page of the guidance that it rests on, by its id. */
  guidance: z.string(),
  /** The theme of the practice library that has examples of it. */
  theme: z.string().optional(),
  /** Done once, it holds for later years too. */
  once: z.boolean().default(false),
  /** How it can be made shorter where first teach hangs on it: what comes after "you could". */
  gives: z.string().optional(),
  source: z.string(),
});

/** What a step is for each unit of a qualification; `{unit}` in its title stands for the unit. */
const unitStep = deliveryStep.omit({ id: true }).extend({
  /** From a day of each year until another, MM-DD, when teachers are away: units are prepared before, where there is time. */
  keepClear: z.strictObject({ from: z.string(), until: z.string() }).optional(),
});

/** `data/delivery-steps.json`: what getting ready takes, from a date on. */
export const deliveryStepsFile = z.object({
  editions: z
    .array(
      z.object({
        from: z.iso.date(),
        checked: z.iso.date(),
        /** Months, 1 to 12, in which groups usually begin. */
        intakes: z.array(z.int().min(1).max(12)).min(1),
        unitStep,
        steps: z.array(deliveryStep).min(1),
      }),
    )
    .min(1),
});

export type DeliveryStep = z.infer<typeof deliveryStep>;
export type DeliverySteps = z.infer<typeof deliveryStepsFile>['editions'][number];

/** The edition in force on a day, by ISO date: the last that begins by then, else the first. */
export const stepsOn = (editions: readonly DeliverySteps[], day: string): DeliverySteps => {
  const sorted = editions.toSorted((one, other) => one.from.localeCompare(other.from));
  const inForce = sorted.findLast((one) => one.from <= day) ?? sorted[0];
  if (!inForce) throw new Error('data/delivery-steps.json has no edition');
  return inForce;
};

/** Day of a month after which a group no longer begins in it: teaching starts by then. */
const intakeGrace = 27;

/** "2027-09": the first usual month of beginning that starts on a day or after it, ISO date. */
export const nextIntake = ({ intakes }: Pick<DeliverySteps, 'intakes'>, day: string): string => {
  const first = new Date(`${day}T00:00:00Z`);
  const month = first.getUTCMonth() + (first.getUTCDate() > intakeGrace ? 1 : 0);
  for (let ahead = 0; ; ahead += 1) {
    const tried = new Date(Date.UTC(first.getUTCFullYear(), month + ahead, 1));
    if (intakes.includes(tried.getUTCMonth() + 1)) return tried.toISOString().slice(0, 7);
  }
};
