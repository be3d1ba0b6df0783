import { z } from 'zod';

/** `data/ways-in.json`: from where people come to an HTQ. */
export const waysInFile = z.object({
  kinds: z.array(z.object({ id: z.string(), title: z.string(), hint: z.string() })).min(1),
  source: z.string(),
});

export type WaysInKinds = z.infer<typeof waysInFile>;

/** One group of people who could come, such as a college's own T Level students in their second year. */
export type WayIn = {
  readonly id: string;
  /** The kind's id in the reference data. */
  readonly kind: string;
  readonly title: string;
  /** People in it in a year. */
  readonly people: number;
  /** Of a hundred of them, how many are expected to come. */
  readonly percent: number;
};

/** How many are expected from it in a year; a part of a person counts, since ways add up. */
export const expectedFrom = ({ people, percent }: Pick<WayIn, 'people' | 'percent'>): number =>
  (people * percent) / 100;

export const expectedInAll = (ways: readonly WayIn[]): number => ways.reduce((sum, one) => sum + expectedFrom(one), 0);
