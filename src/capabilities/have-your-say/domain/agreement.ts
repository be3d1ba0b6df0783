/** A text that two people coded, without seeing what the other chose. */
export type TwiceCoded = { readonly first: readonly string[]; readonly second: readonly string[] };

export type Agreement = {
  readonly theme: string;
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
  /** Cohen's kappa (1960): agreement beyond what chance would give; `null` where chance alone gives all of it. */
  readonly kappa: number | null;
};

/** (observed - expected) / (1 - expected), from the four cells of one theme. */
export const cohensKappa = (both: number, onlyFirst: number, onlySecond: number, neither: number): number | null => {
  const all = both + onlyFirst + onlySecond + neither;
  if (all === 0) return null;
  const observed = (both + neither) / all;
  const expected =
    ((both + onlyFirst) * (both + onlySecond) + (onlySecond + neither) * (onlyFirst + neither)) / (all * all);
  return expected === 1 ? null : (observed - expected) / (1 - expected);
};

export const agreementOn = (texts: readonly TwiceCoded[], theme: string): Agreement => {
  let both = 0;
  let onlyFirst = 0;
  let onlySecond = 0;
  for (const { first, second } of texts) {
    if (first.includes(theme)) {
      if (second.includes(theme)) both += 1;
      else onlyFirst += 1;
    } else if (second.includes(theme)) onlySecond += 1;
  }
  const neither = texts.length - both - onlyFirst - onlySecond;
  return { theme, both, onlyFirst, onlySecond, neither, kappa: cohensKappa(both, onlyFirst, onlySecond, neither) };
};

/** Bands by Landis and Koch (1977), as words for those who have not met kappa. */
export const kappaWords = (kappa: number | null): string => {
  if (kappa === null) return 'cannot be said: both chose it for all texts, or for none';
  if (kappa < 0) return 'worse than chance';
  if (kappa <= 0.2) return 'slight';
  if (kappa <= 0.4) return 'fair';
  if (kappa <= 0.6) return 'moderate';
  if (kappa <= 0.8) return 'substantial';
  return 'almost perfect';
};
