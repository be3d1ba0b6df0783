import { z } from 'zod';

/** `data/clawback.json` */
export const clawbackFile = z.object({
  editions: z
    .array(
      z.object({
        from: z.iso.date(),
        fund: z.string(),
        shareThatIsEnough: z.number().positive().max(1),
        source: z.string(),
        /** Where the source can be read. */
        sourceHref: z.url().optional(),
      }),
    )
    .min(1),
});

export type ClawbackRule = z.infer<typeof clawbackFile>['editions'][number];

/** How many learners may come: whole numbers, low ≤ likely ≤ high. */
export type Forecast = { readonly low: number; readonly likely: number; readonly high: number };

export type Chance = { readonly learners: number; readonly chance: number };

/**
 * The chance of each number of learners. Of the low, the likely and the high figure nothing else is known, so the chances
 * rise evenly from the low to the likely one and fall evenly to the high one (a triangular distribution over whole
 * numbers, with the ends included).
 */
export const chancesOf = ({ low, likely, high }: Forecast): readonly Chance[] => {
  const weights: Chance[] = [];
  for (let learners = low; learners <= high; learners += 1) {
    const weight =
      learners <= likely ? (learners - low + 1) / (likely - low + 1) : (high - learners + 1) / (high - likely + 1);
    weights.push({ learners, chance: weight });
  }
  const total = weights.reduce((sum, one) => sum + one.chance, 0);
  return weights.map((one) => ({ learners: one.learners, chance: one.chance / total }));
};

/**
 * What is taken back of the money when fewer learners came than were promised: the difference between the share that is
 * enough (80 % in the Growth Fund) and the share that came, at 70 % a tenth.
 *
 * @returns a share of the money, from 0 to the share that is enough.
 */
export const clawbackShare = (promised: number, came: number, enough: number): number =>
  promised === 0 ? 0 : Math.max(0, enough - came / promised);

export type Promise = {
  readonly promised: number;
  /** Pounds that are expected to go back. */
  readonly expected: number;
  /** Chance that anything does. */
  readonly chance: number;
  /** Pounds in the low case. */
  readonly worst: number;
};

const pence = (pounds: number): number => Math.round(pounds * 100) / 100;

/** What each promise would cost, from the low figure to the high one. @param money pounds of the award. */
export const promisesOf = (forecast: Forecast, money: number, enough: number): readonly Promise[] => {
  const chances = chancesOf(forecast);
  const promises: Promise[] = [];
  // Of the numbers for which something goes back: their chance, and what they come to, each weighed by its chance. With
  // the promise they only grow, so that one pass serves all promises.
  let short = 0;
  let chance = 0;
  let learners = 0;
  for (let promised = forecast.low; promised <= forecast.high; promised += 1) {
    for (let one = chances[short]; one && clawbackShare(promised, one.learners, enough) > 0; one = chances[short]) {
      chance += one.chance;
      learners += one.chance * one.learners;
      short += 1;
    }
    promises.push({
      promised,
      expected: promised === 0 ? 0 : pence((chance * enough - learners / promised) * money),
      chance,
      worst: pence(clawbackShare(promised, forecast.low, enough) * money),
    });
  }
  return promises;
};

/** The most that can be promised without anything to give back even in the low case. */
export const safePromise = ({ low }: Forecast, enough: number): number => Math.floor(low / enough + 1e-9);

/** The share of the chances at or below a number. */
export const chanceOfAtMost = (forecast: Forecast, learners: number): number =>
  chancesOf(forecast)
    .filter((one) => one.learners <= learners)
    .reduce((sum, one) => sum + one.chance, 0);
