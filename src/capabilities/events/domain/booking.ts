import type { Way } from './event.ts';
import { sameName } from './meeting-list.ts';

/**
 * Where a booking stands. `held`: the form was sent, and the address is not confirmed yet; `waiting`: on the waiting list;
 * `offered`: places have come free for it; `lapsed`: a hold or an offer that ran out; `cancelled`: by whoever made it;
 * `called off`: the event was cancelled. What takes places: docs/algorithms/places.md.
 */
export type BookingState = 'held' | 'waiting' | 'offered' | 'confirmed' | 'lapsed' | 'cancelled' | 'called off';

export const liveStates = ['held', 'waiting', 'offered', 'confirmed'] as const satisfies readonly BookingState[];
export const isLive = (state: BookingState): boolean => liveStates.some((one) => one === state);

export type Attendee = {
  /** 1: whoever made the booking. */
  readonly number: number;
  readonly name: string;
  readonly code: string;
  readonly attended: Way | null;
};

export type Booking = {
  readonly id: string;
  readonly event: string;
  readonly way: Way;
  readonly token: string;
  readonly state: BookingState;
  readonly places: number;
  readonly wanted: number;
  readonly partWillDo: boolean;
  /** `null`: forgotten. */
  readonly address: string | null;
  readonly organisation: string;
  readonly forEmployer: boolean;
  readonly consentToShare: boolean;
  readonly accessNeeds: string;
  readonly answers: readonly string[];
  readonly tag: string;
  readonly madeAt: Date;
  readonly until: Date | null;
  readonly confirmedAt: Date | null;
  readonly toldSequence: number;
  /** A place was confirmed once: its entry may stand in a calendar. */
  readonly inCalendar: boolean;
  readonly attendees: readonly Attendee[];
};

/** Minutes for which places are held before the address is confirmed: long enough to find the mail, short enough to be fair. */
export const holdMinutes = 30;

/** Minutes after which the link is mailed again to an address that is typed again: nobody's inbox is filled by someone else. */
export const linkAgainMinutes = 10;

/** People in one booking. A larger group asks the organiser. */
export const mostPeople = 10;

/** Characters of a name, and of an answer: a line or two, and no essay. */
export const longestLine = 200;
export const longestText = 1000;

const minute = 60_000;
const hour = 60 * minute;

export const holdUntil = (now: Date): Date => new Date(now.getTime() + holdMinutes * minute);

/** What a group that wants all its places at once is told of the choice in docs/algorithms/places.md; ends in a space. */
export const passedOver = ({ wanted, partWillDo }: Pick<Booking, 'wanted' | 'partWillDo'>): string =>
  wanted > 1 && !partWillDo
    ? `You asked for all ${wanted} at once: while fewer are free, they are offered to people behind you who want fewer, and you keep your rank. `
    : '';

/** A day; nearer to the event a quarter of what is left, at least half an hour, and never past its beginning. */
export const offerUntil = (now: Date, starts: Date): Date => {
  const left = starts.getTime() - now.getTime();
  const stands = left > 48 * hour ? 24 * hour : Math.max(left / 4, 30 * minute);
  return new Date(now.getTime() + Math.min(stands, Math.max(left, 0)));
};

/** Without letters and digits that are mistaken for one another on a phone. */
export const codeLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
export const codeLength = 6;

/** @param bytes random, one a letter. */
export const codeOf = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, codeLength), (byte) => codeLetters[byte % codeLetters.length]).join('');

/**
 * Who comes after a change of the names. Whoever keeps the name, however it is spelt, keeps the code and whether they came.
 * Everyone else is new, and has a code of their own: a code lets one person in.
 */
export const changedAttendees = (
  before: readonly Attendee[],
  names: readonly string[],
  newCode: () => string,
): readonly Attendee[] => {
  const left = [...before];
  const take = (at: number): Attendee | undefined => (at < 0 ? undefined : left.splice(at, 1)[0]);
  const exact = names.map((name) => take(left.findIndex((one) => one.name === name)));
  return names.map((name, at) => {
    const kept = exact[at] ?? take(left.findIndex((one) => sameName(one.name, name)));
    return { number: at + 1, name, code: kept?.code ?? newCode(), attended: kept?.attended ?? null };
  });
};

/** What somebody typed at the door, as codes are written. */
export const typedCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
