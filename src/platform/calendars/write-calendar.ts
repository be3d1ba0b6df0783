import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';

/** One entry of a calendar (RFC 5545). */
export type CalendarEntry = {
  /** UID: the same for as long as it is the same thing, so that a later file updates it. */
  readonly uid: string;
  /** SEQUENCE: one more with each change. */
  readonly sequence: number;
  /** Instants, written in UTC, which is right across clock changes; or the first day and the day after the last, ISO. */
  readonly time:
    | { readonly kind: 'instants'; readonly starts: Date; readonly ends: Date }
    | { readonly kind: 'days'; readonly first: string; readonly after: string };
  readonly stamp: Date;
  readonly title: string;
  readonly description?: string;
  readonly place?: string;
  readonly url?: string;
  readonly categories?: readonly string[];
  readonly cancelled?: boolean;
  /** Whoever looks at the calendar is free meanwhile. */
  readonly free?: boolean;
  readonly organiser?: { readonly name: string; readonly address: string };
  readonly attendee?: { readonly name: string; readonly address: string };
};

export type CalendarToWrite = {
  readonly name: string;
  /** In PRODID: which part of the toolkit wrote it. */
  readonly product: string;
  /**
   * What a mail asks of the calendar (RFC 5546): REQUEST adds or updates, CANCEL takes out; both want organiser and attendee. A
   * file to download or to subscribe to has none, since what a method asks is wrong for a copy.
   */
  readonly method?: 'REQUEST' | 'CANCEL';
  readonly entries: readonly CalendarEntry[];
  /** Hours after which a calendar that subscribes asks again. */
  readonly refreshHours?: number;
};

const dayStart = (day: string): Date => new Date(`${day}T00:00:00Z`);

export const writeCalendar = ({ name, product, method, entries, refreshHours }: CalendarToWrite): string => {
  const calendar = ical({
    name,
    prodId: { company: 'HTQ Toolkit', product, language: 'EN' },
    ...(method ? { method: ICalCalendarMethod[method] } : {}),
    ...(refreshHours ? { ttl: refreshHours * 3600 } : {}),
  });
  for (const one of entries) {
    const { time } = one;
    calendar.createEvent({
      id: one.uid,
      sequence: one.sequence,
      stamp: one.stamp,
      timezone: 'UTC',
      summary: one.title,
      ...(time.kind === 'days'
        ? { start: dayStart(time.first), end: dayStart(time.after), allDay: true }
        : { start: time.starts, end: time.ends }),
      ...(one.description ? { description: one.description } : {}),
      ...(one.place ? { location: one.place } : {}),
      ...(one.url ? { url: one.url } : {}),
      ...(one.categories ? { categories: one.categories.map((category) => ({ name: category })) } : {}),
      ...(one.cancelled === undefined
        ? {}
        : { status: one.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED }),
      ...(one.free ? { transparency: ICalEventTransparency.TRANSPARENT } : {}),
      ...(one.organiser ? { organizer: { name: one.organiser.name, email: one.organiser.address } } : {}),
      ...(one.attendee
        ? {
            attendees: [
              {
                name: one.attendee.name,
                email: one.attendee.address,
                role: ICalAttendeeRole.REQ,
                status: ICalAttendeeStatus.ACCEPTED,
                rsvp: false,
              },
            ],
          }
        : {}),
    });
  }
  return calendar.toString();
};
