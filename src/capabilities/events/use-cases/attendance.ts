import { demand } from '#kernel/permission.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Attendee, Booking } from '../domain/booking.ts';
import { typedCode } from '../domain/booking.ts';
import { canHaveCome, freePlaces, type Way } from '../domain/event.ts';
import { type Column, columnsOf, minutesOf, sameName } from '../domain/meeting-list.ts';
import { runEvents } from '../policy.ts';
import { setAttended } from '../store/attendance.ts';
import { addBooking, findBooking, listOfEvent } from '../store/bookings.ts';
import { lockEvent } from '../store/events.ts';
import { count } from '../store/places.ts';
import { attendeesOf, newToken } from './book.ts';

/** Someone on the list of the day. */
export type OnTheList = { readonly booking: Booking; readonly person: Attendee };

/** Everyone who has a place, by name. */
export const dayList = async (ctx: Context, event: string): Promise<readonly OnTheList[]> => {
  demand(ctx.actor, runEvents);
  return (await listOfEvent(ctx, event, ['confirmed']))
    .flatMap((booking) => booking.attendees.map((person) => ({ booking, person })))
    .toSorted((one, other) => one.person.name.localeCompare(other.person.name, 'en-GB'));
};

/** `too early`: the day of the event has not come. */
export type CheckedIn =
  | { readonly kind: 'in' | 'was in'; readonly name: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'too early' };

/** Checks in whoever has the code. Twice is once. The event is locked: a booking that is changed meanwhile renumbers its people. */
export const checkIn = (ctx: Context, event: string, typed: string): Promise<CheckedIn> => {
  demand(ctx.actor, runEvents);
  const code = typedCode(typed);
  return ctx.transaction(async (inside) => {
    const held = await lockEvent(inside, event);
    const found = (await dayList(inside, event)).find(({ person }) => person.code === code);
    if (!held || !found) return { kind: 'unknown' };
    if (!canHaveCome(held, inside.clock())) return { kind: 'too early' };
    const { booking, person } = found;
    if (person.attended !== null) return { kind: 'was in', name: person.name };
    await setAttended(inside, booking.id, person.number, 'in person');
    await recordAct(inside, { name: 'events.checked-in', subject: { kind: 'booking', id: booking.id } });
    return { kind: 'in', name: person.name };
  });
};

/** Who waits and has confirmed the address, or has an offer that is not answered yet, the longest first. */
export const waitingList = async (ctx: Context, event: string): Promise<readonly Booking[]> => {
  demand(ctx.actor, runEvents);
  return (await listOfEvent(ctx, event, ['waiting', 'offered'])).filter((one) => one.confirmedAt !== null);
};

export type WalkIn = {
  /** The form's: sent twice, one person has come. */
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly forEmployer: boolean;
  readonly consentToShare: boolean;
};

/** Lets in someone who has no booking, where a place is free: at the door no place is sold twice either. */
export const letIn = (ctx: Context, event: string, one: WalkIn): Promise<'in' | 'too early' | 'full'> => {
  demand(ctx.actor, runEvents);
  return ctx.transaction(async (inside) => {
    const held = await lockEvent(inside, event);
    if (!held || !canHaveCome(held, inside.clock())) return 'too early';
    if (await findBooking(inside, one.id)) return 'in';
    const places = held.ways.find(({ way }) => way === 'in person');
    if (!places || freePlaces(places) < 1) return 'full';
    const now = inside.clock();
    await addBooking(inside, {
      ...one,
      event,
      way: 'in person',
      token: newToken(),
      state: 'confirmed',
      places: 1,
      wanted: 1,
      partWillDo: false,
      address: null,
      accessNeeds: '',
      answers: [],
      tag: '',
      madeAt: now,
      until: null,
      confirmedAt: now,
      toldSequence: held.sequence,
      inCalendar: false,
      attendees: attendeesOf([one.name]),
    });
    await count(inside, event, 'in person', { taken: 1 });
    await setAttended(inside, one.id, 1, 'in person');
    await recordAct(inside, { name: 'events.let-in', subject: { kind: 'booking', id: one.id } });
    return 'in';
  });
};

/** Takes back that someone came: the wrong line was pressed. */
export const takeBackCheckIn = (ctx: Context, event: string, booking: string, number: number): Promise<boolean> => {
  demand(ctx.actor, runEvents);
  return ctx.transaction(async (inside) => {
    await lockEvent(inside, event);
    const found = (await dayList(inside, event)).find(
      (one) => one.booking.id === booking && one.person.number === number,
    );
    if (!found) return false;
    await setAttended(inside, booking, number, null);
    await recordAct(inside, { name: 'events.check-in-taken-back', subject: { kind: 'booking', id: booking } });
    return true;
  });
};

export type Imported =
  | {
      readonly kind: 'imported';
      readonly came: number;
      /** Rows that nobody on the list answers to: people who came without a booking, or under another name. */
      readonly unknown: readonly string[];
      readonly tooShort: number;
    }
  | { readonly kind: 'no columns'; readonly header: readonly string[] }
  | { readonly kind: 'too early' };

/** Minutes from which somebody counts as having come: less is a wrong link, or a test of the sound. */
const leastMinutes = 5;

/**
 * Takes the list of a meeting tool: who was there, by address or by name. Several rows of one person, who left and came
 * back, are one. Who is no longer in a later list stays: lists are added up.
 */
export const importAttendance = (
  ctx: Context,
  event: string,
  rows: readonly (readonly string[])[],
): Promise<Imported> => {
  demand(ctx.actor, runEvents);
  const table = columnsOf(rows);
  if (!table) return Promise.resolve({ kind: 'no columns', header: rows[0] ?? [] });
  return ctx.transaction(async (inside) => {
    const held = await lockEvent(inside, event);
    if (!held || !canHaveCome(held, inside.clock())) return { kind: 'too early' };
    const list = await dayList(inside, event);
    const came = new Map<string, { minutes: number | null; one: OnTheList | null; words: string }>();
    for (const row of table.rows) {
      const cell = (column: Column): string => (row[table.columns[column] ?? -1] ?? '').trim();
      const [name, address] = [cell('name'), cell('address').toLowerCase()];
      if (name === '' && address === '') continue;
      const one = whoIs(list, name, address);
      const key = one ? `${one.booking.id} ${one.person.number}` : `${name} ${address}`;
      const minutes = minutesOf(cell('minutes'));
      const before = came.get(key);
      const sum =
        before?.minutes === undefined ? minutes : minutes === null ? before.minutes : (before.minutes ?? 0) + minutes;
      came.set(key, { minutes: sum, one, words: name || address });
    }
    let noted = 0;
    let tooShort = 0;
    const unknown: string[] = [];
    const how: Way = 'online';
    for (const { minutes, one, words } of came.values()) {
      if (minutes !== null && minutes < leastMinutes) tooShort += 1;
      else if (!one) unknown.push(words);
      else {
        if (one.person.attended === null) await setAttended(inside, one.booking.id, one.person.number, how);
        noted += 1;
      }
    }
    await recordAct(inside, {
      name: 'events.attendance-imported',
      subject: { kind: 'event', id: event },
      after: { came: noted, unknown: unknown.length, tooShort },
    });
    return { kind: 'imported', came: noted, unknown, tooShort };
  });
};

/** By the address, and where that names nobody by the name, if only one person has it. */
const whoIs = (list: readonly OnTheList[], name: string, address: string): OnTheList | null => {
  const ofAddress = address === '' ? [] : list.filter(({ booking }) => booking.address === address);
  const named = (some: readonly OnTheList[]) => some.filter(({ person }) => sameName(person.name, name));
  const [byBoth] = named(ofAddress);
  if (byBoth) return byBoth;
  const [first] = ofAddress.filter(({ person }) => person.number === 1);
  if (first) return first;
  const byName = named(list);
  return byName.length === 1 ? (byName[0] ?? null) : null;
};
