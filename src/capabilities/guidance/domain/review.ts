/** Days before the review date on which the owner is reminded for the first time. */
const daysBefore = 14;
/** Days between reminders once the date has passed. */
const daysBetween = 7;
/** Days after the date from which the administrators are told too. */
const climbsAfter = 14;

export type ReminderDue = {
  /** 0: before it is due; 1, 2 …: the first, second … one since. */
  readonly step: number;
  readonly climbs: boolean;
};

const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

/**
 * Which reminder stands on a day for a page that is to be looked through by a date: one beforehand, then one a week for
 * as long as nothing happens, after two weeks to the administrators as well. `null`: it is too early for any.
 */
export const reminderOn = (reviewDue: string, today: string): ReminderDue | null => {
  const late = dayNumber(today) - dayNumber(reviewDue);
  if (late < -daysBefore) return null;
  if (late < 0) return { step: 0, climbs: false };
  return { step: 1 + Math.floor(late / daysBetween), climbs: late >= climbsAfter };
};

/** Months until a page wants to be looked through again, unless its editor says otherwise. */
export const reviewMonths = 6;

export const nextReview = (today: Date): string => {
  const due = new Date(today);
  due.setUTCMonth(due.getUTCMonth() + reviewMonths);
  return due.toISOString().slice(0, 10);
};
