import { type CalendarEntry, writeCalendar } from '#platform/calendars/write-calendar.ts';
import type { Context } from '#platform/context.ts';
import type { Booking } from '../domain/booking.ts';
import type { HeldEvent } from '../domain/event.ts';
import { tagged } from '../domain/promotion.ts';
import { bookingPath, eventPath } from '../paths.ts';
import { changesOf } from '../store/bookings.ts';

/** Hours after which a calendar that subscribes asks again. */
const refreshHours = 6;

/** "Exchange Hall, Northfield, or online" */
const placeOf = (event: HeldEvent): string => {
  const hall = event.text.place.replaceAll('\n', ', ');
  if (!event.ways.some((one) => one.way === 'online')) return hall;
  return event.ways.length === 1 ? 'Online' : `${hall}, or online`;
};

/** The event's entry: the same UID wherever it is handed out, so that each later file updates it. `null`: it has no day yet. */
const entryOf = (ctx: Context, event: HeldEvent, tag = ''): CalendarEntry | null =>
  event.time && {
    uid: `${event.id}@${new URL(ctx.address).host}`,
    sequence: event.sequence,
    time: { kind: 'instants', ...event.time },
    stamp: event.changedAt,
    title: event.text.title,
    description: event.text.summary,
    url: tagged(`${ctx.address}${eventPath(event.id)}`, tag),
    cancelled: event.state === 'cancelled',
    place: placeOf(event),
  };

/** Events as a calendar to subscribe to: what is changed or cancelled changes there. @param tag a provider's, for the links. */
export const eventsCalendar = (ctx: Context, events: readonly HeldEvent[], name: string, tag = ''): string =>
  writeCalendar({
    name,
    product: 'events',
    entries: events.flatMap((one) => entryOf(ctx, one, tag) ?? []),
    refreshHours,
  });

const bookingEntry = async (ctx: Context, event: HeldEvent, booking: Booking): Promise<CalendarEntry | null> => {
  const entry = entryOf(ctx, event);
  if (!entry) return null;
  const changes = await changesOf(ctx, booking.id);
  const address = `${ctx.address}${bookingPath(booking.token)}`;
  const link =
    booking.way === 'online' && event.text.joiningLink !== '' ? ' The joining link is there a day before.' : '';
  return {
    ...entry,
    sequence: entry.sequence + changes.sequence,
    stamp: changes.changed_at > entry.stamp ? changes.changed_at : entry.stamp,
    place: booking.way === 'in person' ? event.text.place.replaceAll('\n', ', ') : 'Online',
    description: `${event.text.summary}\n\nYour booking: ${address}.${link}`,
    url: address,
  };
};

/** What a booking puts into a calendar, to be downloaded; of one that is over, what takes it out again. */
export const bookingCalendar = async (ctx: Context, event: HeldEvent, booking: Booking): Promise<string> => {
  const cancelled = event.state === 'cancelled' || booking.state !== 'confirmed';
  const { calendar } = cancelled ? await mailedCalendar(ctx, event, booking, 'CANCEL') : {};
  if (calendar) return calendar.text;
  const entry = await bookingEntry(ctx, event, booking);
  return writeCalendar({
    name: event.text.title,
    product: 'events',
    entries: entry ? [{ ...entry, cancelled }] : [],
  });
};

/** The same for a mail: it adds and updates the entry, or takes it out. @returns nothing without a day or an organiser to name. */
export const mailedCalendar = async (
  ctx: Context,
  event: HeldEvent,
  booking: Booking,
  method: 'REQUEST' | 'CANCEL',
) => {
  const entry = await bookingEntry(ctx, event, booking);
  if (!entry || event.text.contact === '' || booking.address === null) return {};
  const text = writeCalendar({
    name: event.text.title,
    product: 'events',
    method,
    entries: [
      {
        ...entry,
        cancelled: method === 'CANCEL',
        organiser: { name: ctx.name, address: event.text.contact },
        attendee: { name: booking.attendees[0]?.name ?? booking.address, address: booking.address },
      },
    ],
  });
  return { calendar: { method, text } };
};

const compact = (date: Date): string => date.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

/** Addresses that add the event to a calendar on the web. They tell the calendar's owner nothing but the event. */
export const calendarLinks = (
  ctx: Context,
  event: HeldEvent,
): readonly { readonly text: string; readonly href: string }[] => {
  if (!event.time) return [];
  const { title, summary } = event.text;
  const address = `${ctx.address}${eventPath(event.id)}`;
  const google = new URLSearchParams({
    action: 'TEMPLATE',
    text: title,
    dates: `${compact(event.time.starts)}/${compact(event.time.ends)}`,
    ctz: 'Europe/London',
    details: `${summary}\n${address}`,
    location: placeOf(event),
  });
  const outlook = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: event.time.starts.toISOString(),
    enddt: event.time.ends.toISOString(),
    body: `${summary}\n${address}`,
    location: placeOf(event),
  });
  return [
    { text: 'Google Calendar', href: `https://calendar.google.com/calendar/render?${google}` },
    // Outlook reads + as a plus sign.
    {
      text: 'Outlook on the web',
      href: `https://outlook.office.com/calendar/0/deeplink/compose?${String(outlook).replaceAll('+', '%20')}`,
    },
  ];
};

/** The address by which Apple's Calendar, Outlook and others subscribe. */
export const subscriptionAddress = (ctx: Context, path: string): string =>
  `${ctx.address}${path}`.replace(/^https?:/, 'webcal:');
