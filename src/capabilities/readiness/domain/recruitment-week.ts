/** How recruitment stood at the end of a day, counted from the beginning. */
export type RecruitmentWeek = {
  /** ISO. */
  readonly week: string;
  readonly applications: number;
  readonly offers: number;
  /** Who hold their place: people who change their mind leave it, so it may fall. */
  readonly accepted: number;
};

export type WeekFault =
  | { readonly kind: 'to-come' }
  /** Another week has this day. */
  | { readonly kind: 'there-already' }
  /** What only grows would be fewer than in an earlier week, or more than in a later one. */
  | {
      readonly kind: 'fewer' | 'more';
      readonly field: 'applications' | 'offers';
      readonly than: RecruitmentWeek;
    };

/**
 * Why a week cannot be noted so; `null`: it can.
 *
 * @param others the plan's other weeks, in their order: without the one that is put right.
 * @param today ISO.
 */
export const weekFault = (
  week: RecruitmentWeek,
  others: readonly RecruitmentWeek[],
  today: string,
): WeekFault | null => {
  if (week.week > today) return { kind: 'to-come' };
  if (others.some((one) => one.week === week.week)) return { kind: 'there-already' };
  const before = others.findLast((one) => one.week < week.week);
  const after = others.find((one) => one.week > week.week);
  for (const field of ['applications', 'offers'] as const) {
    if (before && week[field] < before[field]) return { kind: 'fewer', field, than: before };
    if (after && week[field] > after[field]) return { kind: 'more', field, than: after };
  }
  return null;
};
