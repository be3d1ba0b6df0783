import { z } from 'zod';
import { occupationalRoutes } from '#kernel/occupational-route.ts';
import { isoDay } from './event-words.ts';

/** Ways of attending, each with places of its own. */
export const ways = ['in person', 'online'] as const;
export type Way = (typeof ways)[number];

export const wayWords: Readonly<Record<Way, string>> = { 'in person': 'In person', online: 'Online' };

/** What an event says of itself. Addresses are https alone. */
export const eventText = z.object({
  title: z.string(),
  summary: z.string(),
  description: z.string().default(''),
  /** One line an item: "11:00 Welcome". */
  agenda: z.array(z.string()).default([]),
  speakers: z.array(z.string()).default([]),
  routes: z.array(z.enum(occupationalRoutes)).default([]),
  /** Who it is for, in words: "employers", "apprenticeship ambassadors". An audience is no route. */
  audience: z.string().default(''),
  place: z.string().default(''),
  /** How to get in, and what is there: for who comes in person. */
  placeInstructions: z.string().default(''),
  onlineInstructions: z.string().default(''),
  /** For who has a place online, and only when it is due. */
  joiningLink: z.string().default(''),
  /** Asked of whoever books, one answer each. */
  questions: z.array(z.string()).default([]),
  /** Where questions about the event, and calendar replies, go. */
  contact: z.string().default(''),
  recording: z.string().default(''),
  slides: z.string().default(''),
  /** A round of have your say in which it is evaluated; empty: none. */
  evaluation: z.string().default(''),
  /** Why it does not take place, for everyone who signed up. */
  cancelledBecause: z.string().default(''),
  /** Where the record comes from, for events that were not run here. */
  source: z.string().default(''),
});
export type EventText = z.infer<typeof eventText>;

export type EventState = 'draft' | 'published' | 'cancelled';

/** Beginning and end; `null` where only the month is known. */
export type EventTime = { readonly starts: Date; readonly ends: Date } | null;

export type Places = { readonly way: Way; readonly capacity: number; readonly taken: number; readonly waiting: number };

export type HeldEvent = {
  readonly id: string;
  readonly state: EventState;
  readonly text: EventText;
  readonly time: EventTime;
  /** "2021-09" */
  readonly month: string;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly series: string | null;
  readonly revision: number;
  readonly sequence: number;
  readonly publishedAt: Date | null;
  readonly changedAt: Date;
  readonly ways: readonly Places[];
};

/** Where an event stands for its readers. */
export type Phase = 'draft' | 'cancelled' | 'past' | 'on now' | 'upcoming';

/** Changed since it was published in what its readers were told of: when, where, how. */
export const isChanged = (event: Pick<HeldEvent, 'sequence'>): boolean => event.sequence > 0;

export const phaseOf = (event: HeldEvent, now: Date): Phase => {
  if (event.state !== 'published') return event.state;
  if (event.time === null) return event.month < now.toISOString().slice(0, 7) ? 'past' : 'upcoming';
  if (event.time.ends <= now) return 'past';
  return event.time.starts <= now ? 'on now' : 'upcoming';
};

/** What it lacks before it can be published, or stay so; empty: nothing. What was held elsewhere lacks nothing: it is over. */
export const lacking = (
  event: Pick<HeldEvent, 'text' | 'time'> & { readonly ways: readonly Pick<Places, 'way'>[] },
): readonly string[] =>
  event.text.source === ''
    ? [
        ...(event.time === null ? ['a day and its times'] : []),
        ...(event.ways.length === 0 ? ['places in person, online, or both'] : []),
        ...(event.ways.some((one) => one.way === 'in person') && event.text.place === '' ? ['a place'] : []),
        ...(event.text.contact === '' ? ['an address for questions'] : []),
      ]
    : [];

/** Whether it can be signed up for, and if not, why. */
export type SignUp =
  | { readonly kind: 'open' }
  | { readonly kind: 'not yet'; readonly opens: Date }
  | { readonly kind: 'over' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'none' };

export const signUpOf = (event: HeldEvent, now: Date): SignUp => {
  if (event.state === 'cancelled') return { kind: 'cancelled' };
  if (event.state === 'draft' || event.time === null || event.ways.length === 0) return { kind: 'none' };
  if (now >= (event.closesAt ?? event.time.starts) || now >= event.time.ends) return { kind: 'over' };
  if (event.opensAt !== null && now < event.opensAt) return { kind: 'not yet', opens: event.opensAt };
  return { kind: 'open' };
};

export const freePlaces = (places: Places): number => Math.max(0, places.capacity - places.taken);

/** Hours before the beginning from which the joining link is shown. */
export const joiningHours = 24;

/**
 * Whether somebody can have come: from the day on which it begins, in London. Attendance is evidence, and nobody has come to
 * what is still ahead.
 */
export const canHaveCome = (event: HeldEvent, now: Date): boolean =>
  event.state === 'published' && event.time !== null && isoDay(now) >= isoDay(event.time.starts);

export const joiningIsDue = (event: HeldEvent, now: Date): boolean =>
  event.state === 'published' &&
  event.time !== null &&
  now.getTime() >= event.time.starts.getTime() - joiningHours * 3_600_000 &&
  now < event.time.ends;
