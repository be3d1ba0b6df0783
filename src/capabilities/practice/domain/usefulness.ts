/** How many said that an example was useful to them, in a month and under a theme. */
export type UsefulnessCount = {
  readonly theme: string;
  /** `2026-11` */
  readonly month: string;
  readonly useful: number;
  readonly not: number;
};

export type Sum = { readonly useful: number; readonly all: number };

export const sumOf = (counts: readonly UsefulnessCount[]): Sum => ({
  useful: counts.reduce((sum, one) => sum + one.useful, 0),
  all: counts.reduce((sum, one) => sum + one.useful + one.not, 0),
});

/** Months up to and with one, the oldest first. @param last `2026-11` */
export const monthsUntil = (last: string, count: number): readonly string[] => {
  const [year = 0, month = 0] = last.split('-').map(Number);
  return Array.from({ length: count }, (_, at) =>
    new Date(Date.UTC(year, month - count + at, 1)).toISOString().slice(0, 7),
  );
};
