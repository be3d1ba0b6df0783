import { randomBytes, randomUUID } from 'node:crypto';
import { londonTime } from '#kernel/london-time.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import type { Booking } from '../domain/booking.ts';
import { type EventText, eventText, type Way } from '../domain/event.ts';
import { setAttended } from '../store/attendance.ts';
import { addBooking } from '../store/bookings.ts';
import { addEvent, findEvent, setCapacity } from '../store/events.ts';
import { count } from '../store/places.ts';
import { attendeesOf } from './book.ts';
import { makeFindable } from './findable.ts';

type Guest = {
  readonly names: readonly string[];
  readonly organisation: string;
  readonly employer: boolean;
  readonly share?: boolean;
  readonly way: Way;
  readonly state?: 'confirmed' | 'waiting';
  readonly tag?: string;
  readonly needs?: string;
  /** Known for the examples that documentation and tests show. */
  readonly token?: string;
};
type Example = {
  readonly days: number;
  readonly starts: string;
  readonly ends: string;
  readonly text: Partial<EventText> & Pick<EventText, 'title' | 'summary'>;
  readonly places: Partial<Record<Way, number>>;
  readonly state: 'draft' | 'published';
  readonly guests: readonly Guest[];
  readonly attended?: boolean;
};

const contact = 'events@department.example';
const hall = 'Exchange Hall\n1 Example Street\nNorthfield';

/** Made up for this project: nobody here exists. Days are counted from the making of the store. */
const examples: readonly Example[] = [
  {
    days: 20,
    starts: '11:00',
    ends: '12:35',
    state: 'published',
    places: { 'in person': 40, online: 200 },
    text: {
      title: 'What employers ask of network technicians',
      summary:
        'Three employers show a problem of last month and what they would want a new colleague to know. Providers listen first and ask afterwards. A fictional event.',
      description:
        'For people who hire network technicians and for people who teach them.\nBring one problem that took your team longer than it should have.',
      agenda: ['11:00 Three problems', '11:40 What that asks of a course, in small groups', '12:15 Who does what next'],
      speakers: ['Grace Fenwick, Fenwick Networks Ltd', 'Amina Osei, Northfield College'],
      routes: ['Digital'],
      audience: 'employers of network technicians, and providers',
      place: hall,
      placeInstructions: 'Step-free from the street. A quiet room is beside the hall. Coffee from 10:30.',
      onlineInstructions: 'Captions are on. The small groups are not recorded.',
      joiningLink: 'https://meeting.department.example/network-technicians',
      questions: ['What would you like a new colleague to know on the first day?'],
      contact,
    },
    guests: [
      {
        names: ['Priya Shah', 'Owen Hughes'],
        organisation: 'Halden Data Centres',
        employer: true,
        share: true,
        way: 'in person',
        tag: 'northfield-college',
        token: 'example-booking',
      },
      {
        names: ['Lena Fischer'],
        organisation: 'Marlow Broadband',
        employer: true,
        way: 'online',
        tag: 'northfield-college',
      },
      {
        names: ['Tom Birch'],
        organisation: 'Northfield College',
        employer: false,
        way: 'in person',
        needs: 'A seat near the front: I lip-read.',
      },
    ],
  },
  {
    days: 34,
    starts: '16:00',
    ends: '17:00',
    state: 'published',
    places: { 'in person': 2 },
    text: {
      title: 'Visit: the building services workshop',
      summary:
        'See a heat pump taken apart and put together again, and say what is missing. A fictional event with few places.',
      routes: ['Construction and the built environment'],
      audience: 'employers in building services',
      place: 'Southgate Institute, workshop 4\n2 Example Road\nSouthgate',
      placeInstructions: 'Sturdy shoes. The workshop is on the ground floor.',
      contact,
    },
    guests: [
      {
        names: ['Iain Mackie', 'Ruby Lowe'],
        organisation: 'Lowe Building Services',
        employer: true,
        share: true,
        way: 'in person',
      },
      {
        names: ['Sara Nilsson'],
        organisation: 'Nilsson Heating',
        employer: true,
        way: 'in person',
        state: 'waiting',
        token: 'example-waiting',
      },
    ],
  },
  {
    days: 62,
    starts: '10:00',
    ends: '11:30',
    state: 'draft',
    places: { online: 300 },
    text: {
      title: 'Questions on placements, answered',
      summary: 'A draft of a fictional event: nobody but those who run events sees it.',
      audience: 'employers and providers',
      contact,
    },
    guests: [],
  },
  {
    days: -12,
    starts: '09:30',
    ends: '11:00',
    state: 'published',
    places: { online: 100, 'in person': 20 },
    attended: true,
    text: {
      title: 'Which digital skills are missing',
      summary: 'Employers named the skills that they look for longest. A fictional event that is over.',
      routes: ['Digital'],
      audience: 'employers',
      place: hall,
      slides: 'https://department.example/slides/missing-skills',
      contact,
    },
    guests: [
      {
        names: ['Grace Fenwick', 'Jo Adeyemi'],
        organisation: 'Fenwick Networks Ltd',
        employer: true,
        share: true,
        way: 'in person',
      },
      { names: ['Priya Shah'], organisation: 'Halden Data Centres', employer: true, share: true, way: 'online' },
      { names: ['Dele Akin'], organisation: 'Akin and Daughters', employer: true, share: false, way: 'online' },
      { names: ['Amina Osei'], organisation: 'Northfield College', employer: false, way: 'in person' },
    ],
  },
];

const addressOf = (guest: Guest): string => {
  const word = (text: string) => text.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return `${word(guest.names[0] ?? '')}@${word(guest.organisation)}.example`;
};

/** Fictional events with fictional people, for an example store. */
export const seedExampleEvents = (ctx: Context): Promise<void> =>
  ctx.transaction(async (inside) => {
    for (const [at, one] of examples.entries()) await addExample(inside, one, at);
    await recordAct(inside, { name: 'events.examples-seeded' });
  });

/** A day so far from now, ISO; the Monday after it where it is at a weekend. */
const workday = (ctx: Context, days: number): string => {
  const day = new Date(ctx.clock().getTime() + days * 86_400_000);
  const later = [1, 0, 0, 0, 0, 0, 2][day.getUTCDay()] ?? 0;
  return new Date(day.getTime() + later * 86_400_000).toISOString().slice(0, 10);
};

const addExample = async (ctx: Context, one: Example, at: number): Promise<void> => {
  const day = workday(ctx, one.days);
  const starts = londonTime(`${day} ${one.starts}`);
  const ends = londonTime(`${day} ${one.ends}`);
  if (!starts || !ends) throw new Error(`The example event ${at} has no time`);
  // Known, so that documentation and tests can point at them.
  const id = `00000000-0000-4000-8000-00000000e00${at + 1}`;
  const keep = {
    text: eventText.parse(one.text),
    time: { starts, ends },
    month: day.slice(0, 7),
    opensAt: null,
    closesAt: null,
  };
  await addEvent(ctx, id, keep, { state: one.state, series: null });
  for (const way of ['in person', 'online'] as const) await setCapacity(ctx, id, way, one.places[way] ?? null);
  for (const [order, guest] of one.guests.entries()) {
    const waits = guest.state === 'waiting';
    const booking: Booking = {
      id: randomUUID(),
      event: id,
      way: guest.way,
      token: guest.token ?? randomBytes(24).toString('base64url'),
      state: guest.state ?? 'confirmed',
      places: waits ? 0 : guest.names.length,
      wanted: guest.names.length,
      partWillDo: false,
      address: addressOf(guest),
      organisation: guest.organisation,
      forEmployer: guest.employer,
      consentToShare: guest.share ?? false,
      accessNeeds: guest.needs ?? '',
      answers: [],
      tag: guest.tag ?? '',
      madeAt: new Date(ctx.clock().getTime() + (order - one.guests.length) * 3_600_000),
      until: null,
      confirmedAt: ctx.clock(),
      toldSequence: 0,
      inCalendar: !waits,
      attendees: attendeesOf(guest.names),
    };
    await addBooking(ctx, booking);
    await count(ctx, id, guest.way, waits ? { waiting: 1 } : { taken: booking.places });
    if (one.attended)
      for (const person of booking.attendees) await setAttended(ctx, booking.id, person.number, guest.way);
  }
  const event = await findEvent(ctx, id);
  if (event) await makeFindable(ctx, event);
};
