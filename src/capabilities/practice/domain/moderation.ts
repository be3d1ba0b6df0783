import { z } from 'zod';
import type { Person } from '#kernel/actor.ts';
import { daysAfter, londonDay } from '#kernel/london-time.ts';
import type { Example, ExampleText } from './example.ts';

/** `data/moderation-deadlines.json` */
export const deadlinesFile = z.object({
  deadlines: z
    .array(
      z.object({
        holdsFrom: z.iso.date(),
        answerWithinDays: z.int().positive(),
        firstReminderDaysBefore: z.int().min(0),
        daysBetweenReminders: z.int().positive(),
        administratorsAfterDaysLate: z.int().min(0),
      }),
    )
    .min(1),
});

export type Deadline = z.infer<typeof deadlinesFile>['deadlines'][number];

const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

/** The rule that held on the day on which something was sent in. What was sent before the first rule falls under that one. */
export const deadlineFor = (deadlines: readonly Deadline[], sentAt: Date): Deadline => {
  const sorted = deadlines.toSorted((one, other) => one.holdsFrom.localeCompare(other.holdsFrom));
  const found = sorted.findLast((one) => one.holdsFrom <= londonDay(sentAt)) ?? sorted[0];
  if (!found) throw new Error('There is no deadline for moderators');
  return found;
};

/** ISO date by which whoever sent it hears of it. */
export const answerBy = (deadline: Deadline, sentAt: Date): string =>
  daysAfter(londonDay(sentAt), deadline.answerWithinDays);

export type ModerationReminder = {
  /** 0: before the day; 1, 2 …: the first, second … since. */
  readonly step: number;
  /** The administrators are told too. */
  readonly climbs: boolean;
};

/** Which reminder stands on a day; `null`: it is too early for any. @param due ISO date, as `answerBy` gives it. */
export const moderationReminder = (deadline: Deadline, due: string, today: string): ModerationReminder | null => {
  const late = dayNumber(today) - dayNumber(due);
  if (late < -deadline.firstReminderDaysBefore) return null;
  if (late <= 0) return { step: 0, climbs: false };
  return {
    step: 1 + Math.floor((late - 1) / deadline.daysBetweenReminders),
    climbs: late >= deadline.administratorsAfterDaysLate,
  };
};

const plain = (name: string): string => name.trim().toLowerCase().replaceAll(/\s+/g, ' ');

/**
 * Whether an example is a moderator's own or their organisation's: they sent it, it was sent for an organisation of theirs, or it says
 * that it comes from one.
 */
export const isOwn = (one: Pick<Example, 'person' | 'organisation' | 'text'>, person: Person): boolean =>
  one.person === person.id ||
  person.memberships.some(
    (held) => held.organisation === one.organisation || plain(held.name) === plain(one.text.provider),
  );

/** What a moderator may change of the words. */
export type ChangedWords = Pick<
  ExampleText,
  | 'title'
  | 'provider'
  | 'summary'
  | 'steps'
  | 'differently'
  | 'costTime'
  | 'costPeople'
  | 'result'
  | 'resultKnown'
  | 'links'
>;

/** Who can be asked, left out: a moderator takes them out; to name someone else is the sender's alone. */
export const noContact = { contactName: '', contactAddress: '', contactAgreed: false } as const;

export type Redaction = {
  readonly at: Date;
  readonly reason: string;
  readonly before: ExampleText;
  /** `null`: from before this was kept. */
  readonly after: ExampleText | null;
};
